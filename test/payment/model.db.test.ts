// Payment against a model: whatever is asked in whatever order, with answers that get lost, our books, the model's and the provider's agree.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { captureFor, refund, releaseMoney } from '../../src/modules/payment/index.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import type { Mishap } from '../../src/sandbox/answer-api.ts'
import { type Paying, payingWorld } from './paying.ts'

const AMOUNT = 1_000n

/** What one demand of 1,000 must look like when nothing is on its way any more. */
interface Model {
  readonly card: boolean
  page: 'waiting' | 'paid' | 'over'
  due: bigint
  granted: bigint
  authorised: bigint
  captured: bigint
  refunded: bigint
  voided: bigint
  asked: number
}

interface Real {
  readonly paying: Paying
  readonly demand_id: string
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
const atLeastZero = (a: bigint) => (a < 0n ? 0n : a)

function giveBack(model: Model): void {
  const kept = model.captured - model.refunded
  const target = atLeastZero(model.due - model.granted)
  model.refunded += least(atLeastZero(kept - target), kept)
  if (model.card)
    model.voided += atLeastZero(model.authorised - model.captured - model.voided - atLeastZero(target - kept))
}

// Runs everything, failed calls again after their waits, until nobody waits for an answer.
async function settle({ paying, demand_id }: Real): Promise<void> {
  for (let rounds = 0; rounds < 6; rounds++) {
    await paying.drain()
    const { capturing, refunding, voiding } = await paying.balance(demand_id)
    if (capturing + refunding + voiding === 0n) return
    paying.world.clock.advance(5 * MINUTE_MS)
  }
}

async function agree(model: Model, real: Real): Promise<void> {
  await settle(real)
  const balance = await real.paying.balance(real.demand_id)
  const { authorised, captured, refunded, voided } = model
  expect(balance).toMatchObject({ authorised, captured, refunded, voided, capturing: 0n, refunding: 0n, voiding: 0n })
  const payment = real.paying.sandbox.ledger.payment(balance.provider_ref ?? '')
  expect(payment?.captured).toBe(Number(captured))
  expect(payment?.refunded).toBe(Number(refunded))
  if (model.card) expect(payment?.voided).toBe(Number(voided))
  const condition = await real.paying.condition(real.demand_id)
  if (model.page === 'waiting') expect(condition).toBe('pending')
  if (model.page === 'over') expect(condition).toBe('failed')
  expect(await real.paying.world.brokenInvariants()).toEqual([])
}

type Act = (model: Model, real: Real) => Promise<void>

class Step implements fc.AsyncCommand<Model, Real> {
  readonly #name: string
  readonly #may: (model: Model) => boolean
  readonly #act: Act
  constructor(name: string, may: (model: Model) => boolean, act: Act) {
    this.#name = name
    this.#may = may
    this.#act = act
  }
  check(model: Readonly<Model>): boolean {
    return this.#may(model)
  }
  async run(model: Model, real: Real): Promise<void> {
    await this.#act(model, real)
    await agree(model, real)
  }
  toString(): string {
    return this.#name
  }
}

const always = () => true

const approve = new Step(
  'approve',
  (model) => model.page === 'waiting',
  async (model, { paying, demand_id }) => {
    await paying.choose(demand_id, 'approve')
    model.page = 'paid'
    if (model.card) model.authorised = AMOUNT
    else model.captured = AMOUNT
    giveBack(model)
  },
)

const decline = new Step(
  'decline',
  (model) => model.page === 'waiting',
  async (model, { paying, demand_id }) => {
    await paying.choose(demand_id, 'decline')
    model.page = 'over'
    model.due = 0n
  },
)

const late = new Step(
  'late',
  (model) => model.page === 'waiting',
  async (model, { paying, demand_id }) => {
    await paying.choose(demand_id, 'late')
    paying.world.clock.advance(2 * HOUR_MS)
    await paying.drain()
    paying.sandbox.tellLate()
    model.page = 'over'
    model.due = 0n
    if (model.card) model.authorised = AMOUNT
    else model.captured = AMOUNT
    giveBack(model)
  },
)

const lose = (mishap: Mishap) =>
  new Step(mishap, always, async (_model, { paying }) => paying.sandbox.misbehave(mishap))

const capture = (amount: bigint) =>
  new Step(`capture ${amount}`, always, async (model, { paying, demand_id }) => {
    const key = `capture-${++model.asked}`
    const asked = paying.world.transaction((tx) => captureFor(tx, [{ demand_id, worth: amount, key }]))
    const left = amount - model.captured
    const part = model.card && left > 0n ? least(left, model.due - model.captured) : 0n
    const held = model.authorised - model.captured - model.voided
    if ((model.page === 'over' && left > 0n) || (model.card && part > held))
      return expect(asked).rejects.toMatchObject({ code: 'capture_exceeds_authorised' })
    await asked
    if (part > 0n) model.captured += part
  })

const release = (keep: bigint) =>
  new Step(`keep ${keep}`, always, async (model, { paying, demand_id }) => {
    const key = `release-${++model.asked}`
    await paying.world.transaction((tx) =>
      releaseMoney(tx, [{ demand_id, keep_amount: keep, reason: 'cancelled', key }]),
    )
    const before = model.due
    model.due = least(keep, model.due)
    if (model.due < before || model.due === 0n) giveBack(model)
    if (model.due === 0n && model.captured === 0n) model.page = 'over'
  })

const giveRefund = (amount: bigint) =>
  new Step(`refund ${amount}`, always, async (model, { paying, demand_id }) => {
    const key = `refund-${++model.asked}`
    const asked = paying.world.transaction((tx) => refund(tx, [{ demand_id, amount, reason: 'returned', key }]))
    if (amount > model.captured - model.refunded)
      return expect(asked).rejects.toMatchObject({ code: 'refund_exceeds_captured' })
    await asked
    model.granted += amount
    model.refunded += amount
  })

const amounts = fc.bigInt({ min: 1n, max: AMOUNT })
const commands = fc.commands(
  [
    fc.constant(approve),
    fc.constant(approve),
    fc.constant(decline),
    fc.constant(late),
    fc.constantFrom<Mishap[]>('lost_before', 'lost_after', 'refuse_500').map(lose),
    amounts.map(capture),
    fc.bigInt({ min: 0n, max: AMOUNT }).map(release),
    amounts.map(giveRefund),
  ],
  { maxCommands: 12 },
)

test.each(['card', 'wallet'] as const)(
  'M3 M9 whatever is asked of a %s payment and whichever answers are lost, three sets of books agree',
  { timeout: 1_200_000 },
  async (method) => {
    await using paying = await payingWorld()
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const setup = async () => {
          paying.sandbox.behave()
          const demand_id = await paying.demand(method, AMOUNT)
          const model: Model = {
            card: method === 'card',
            page: 'waiting',
            due: AMOUNT,
            granted: 0n,
            authorised: 0n,
            captured: 0n,
            refunded: 0n,
            voided: 0n,
            asked: 0,
          }
          return { model, real: { paying, demand_id } }
        }
        const { model, real } = await setup()
        await fc.asyncModelRun(() => ({ model, real }), sequence)
      }),
      { numRuns: process.env.ORDO_LONG === '1' ? 1_000 : 20 },
    )
  },
)
