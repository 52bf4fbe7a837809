// The sandbox provider's own books: payments and operations, each idempotency key once, kept in a file where one is given.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

export const Status = Type.Enum(['waiting', 'authorised', 'captured', 'refunded', 'voided', 'closed', 'declined'])
export type Status = Static<typeof Status>

/** One thing that was asked under one key, and what became of it. Amounts are minor units. */
export const Operation = Type.Object({
  operation_id: Type.String(),
  key: Type.String(),
  kind: Type.Enum(['page', 'capture', 'void', 'refund']),
  payment_id: Type.String(),
  reference: Type.String(),
  status: Status,
  amount: Type.Integer(),
  currency: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type Operation = Static<typeof Operation>

export const Payment = Type.Object({
  payment_id: Type.String(),
  page_key: Type.String(),
  reference: Type.String(),
  method: Type.String(),
  capture: Type.Enum(['later', 'now']),
  amount: Type.Integer(),
  currency: Type.String(),
  locale: Type.String(),
  deadline_at: Type.Union([Type.String(), Type.Null()]),
  notify_url: Type.String(),
  return_url: Type.Union([Type.String(), Type.Null()]),
  authorised: Type.Integer(),
  captured: Type.Integer(),
  voided: Type.Integer(),
  refunded: Type.Integer(),
  /** The customer has paid and the bank has not said so yet: closing the page does not stop it. */
  late: Type.Boolean(),
})
export type Payment = Static<typeof Payment>

const Line = Type.Union([Type.Object({ payment: Payment }), Type.Object({ operation: Operation })])

export class Ledger {
  readonly #payments = new Map<string, Payment>()
  readonly #operations = new Map<string, Operation>()
  readonly #file: string | null

  constructor(file: string | null) {
    this.#file = file
    if (file === null || !existsSync(file)) return
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      if (text.trim() === '') continue
      const line: unknown = JSON.parse(text)
      if (!Value.Check(Line, line)) continue
      if ('payment' in line) this.#payments.set(line.payment.payment_id, line.payment)
      else this.#operations.set(line.operation.key, line.operation)
    }
  }

  payment(payment_id: string): Payment | undefined {
    return this.#payments.get(payment_id)
  }

  /** What was asked under this key; undefined where it never arrived. */
  operation(key: string): Operation | undefined {
    return this.#operations.get(key)
  }

  payments(): Payment[] {
    return [...this.#payments.values()]
  }

  operations(): Operation[] {
    return [...this.#operations.values()]
  }

  savePayment(payment: Payment): void {
    this.#payments.set(payment.payment_id, payment)
    this.#append({ payment })
  }

  saveOperation(operation: Operation): void {
    this.#operations.set(operation.key, operation)
    this.#append({ operation })
  }

  #append(line: Static<typeof Line>): void {
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(line)}\n`)
  }
}
