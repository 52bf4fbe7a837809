// What the sandbox provider does with a payment: opens its page, decides, captures, voids, refunds; each key once.
import type { Ledger, Operation, Payment, Status } from './ledger.ts'

export interface NewPage {
  readonly reference: string
  readonly method: string
  readonly capture: 'later' | 'now'
  readonly amount: number
  readonly currency: string
  readonly locale: string
  readonly deadline_at: string | null
  readonly notify_url: string
  readonly return_url: string | null
}

/** Opens the payment page of a key; asked again it answers the same page. */
export function openPage(ledger: Ledger, key: string, page: NewPage, url: string, newId: () => string): Operation {
  const known = ledger.operation(key)
  if (known !== undefined) return known
  const payment_id = `pay_${newId()}`
  const nothing = { authorised: 0, captured: 0, voided: 0, refunded: 0, late: false }
  ledger.savePayment({ ...page, ...nothing, payment_id, page_key: key })
  const operation: Operation = {
    operation_id: `op_${newId()}`,
    key,
    kind: 'page',
    payment_id,
    reference: page.reference,
    status: 'waiting',
    amount: page.amount,
    currency: page.currency,
    url: `${url}/pay/${payment_id}`,
    reason: null,
  }
  ledger.saveOperation(operation)
  return operation
}

/** The customer (or the bank) has decided; answers the page's operation, or undefined where it was decided before. */
export function decide(ledger: Ledger, payment: Payment, approved: boolean): Operation | undefined {
  const page = ledger.operation(payment.page_key)
  if (page === undefined || (page.status !== 'waiting' && !(page.status === 'closed' && payment.late))) return undefined
  if (!approved) return save(ledger, { ...page, status: 'declined', reason: 'declined_by_customer' })
  const taken = payment.capture === 'now'
  ledger.savePayment({
    ...payment,
    late: false,
    authorised: payment.amount,
    captured: taken ? payment.amount : 0,
  })
  return save(ledger, { ...page, status: taken ? 'captured' : 'authorised' })
}

export interface Move {
  readonly kind: 'capture' | 'void' | 'refund'
  readonly key: string
  readonly payment_id: string
  readonly amount: number
}

/** Moves money of a payment once per key; a void of nothing closes the page. What cannot be is declined with its reason. */
export function move(ledger: Ledger, asked: Move, newId: () => string): Operation {
  const known = ledger.operation(asked.key)
  if (known !== undefined) return known
  const payment = ledger.payment(asked.payment_id)
  const page = payment === undefined ? undefined : ledger.operation(payment.page_key)
  const made = { operation_id: `op_${newId()}`, ...asked, url: null }
  const owner = { reference: payment?.reference ?? '', currency: payment?.currency ?? '' }
  if (payment === undefined || page === undefined)
    return save(ledger, { ...made, ...owner, status: 'declined', reason: 'no_such_payment' })
  if (asked.kind === 'void' && asked.amount === 0) {
    const open = page.status === 'waiting'
    if (open) save(ledger, { ...page, status: 'closed' })
    const closed = open || page.status === 'closed' || page.status === 'declined'
    return save(ledger, {
      ...made,
      ...owner,
      status: closed ? 'closed' : 'declined',
      reason: closed ? null : 'already_paid',
    })
  }
  const next = apply(payment, asked)
  if (next === null) return save(ledger, { ...made, ...owner, status: 'declined', reason: 'amount_exceeded' })
  ledger.savePayment(next)
  return save(ledger, { ...made, ...owner, status: DONE[asked.kind], reason: null })
}

const DONE = { capture: 'captured', void: 'voided', refund: 'refunded' } as const satisfies Record<Move['kind'], Status>

function apply(payment: Payment, { kind, amount }: Move): Payment | null {
  const held = payment.authorised - payment.captured - payment.voided
  if (amount <= 0) return null
  if (kind === 'capture') return amount > held ? null : { ...payment, captured: payment.captured + amount }
  if (kind === 'void') return amount > held ? null : { ...payment, voided: payment.voided + amount }
  const left = payment.captured - payment.refunded
  return amount > left ? null : { ...payment, refunded: payment.refunded + amount }
}

function save(ledger: Ledger, operation: Operation): Operation {
  ledger.saveOperation(operation)
  return operation
}
