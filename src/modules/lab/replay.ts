// A replay in memory: both sides go through the orders of a comparison with the stock, the capacity and the facts of each time.
import { setImmediate } from 'node:timers/promises'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import {
  type Demand,
  decideAll,
  demandOf,
  type Ground,
  groundOf,
  guide,
  guideInForce,
  locateDemands,
  timesOf,
} from '../allocation/index.ts'
import { isLimited } from '../capacity/index.ts'
import { type Location, rememberedSkus } from '../catalog/index.ts'
import { type FormerOrder, loadFormer } from '../orders/index.ts'
import { FactsOverTime } from './facts-over-time.ts'
import { PLACES_AT_MOST } from './limits.ts'
import { decidedOutcome, keptOutcome, type SideOutcome, unsent } from './outcomes.ts'
import { SideState, takenIn } from './side-state.ts'
import { type Side, sideOf } from './sides.ts'
import type { ComparisonRecord } from './store.ts'
import {
  bookedBetween,
  changesBetween,
  freeAsOf,
  keptOf,
  type QueuedRow,
  queuedAfter,
  stretchesOf,
  type TurnUnits,
  type TurnWork,
  wantedSkus,
} from './store-replay.ts'
import { type LabSums, sumsIn } from './sums.ts'

/** Why a replay cannot go on: a code of `failureOf`. */
export class ReplayFailed extends Error {}

/** An order as both sides decide it. */
export interface ReplayedOrder {
  readonly order_id: string
  readonly at: Date
  readonly promised_at: Date | null
  /** Where it went then is not known any more. */
  readonly is_lost: boolean
  readonly a: SideOutcome
  readonly b: SideOutcome
}

// What was kept then may be of a shape that nothing reads any more: trying again would not help.
function readable<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    throw new ReplayFailed('facts_unreadable', { cause })
  }
}

type Facts = ReadonlyMap<string, readonly Fact[]>
interface Moment {
  readonly tx: Tx
  readonly at: Date
  readonly facts: Facts
  readonly ground: Ground
  readonly demands: readonly Demand[]
}

export class Replay {
  private readonly comparison: ComparisonRecord
  private readonly facts: FactsOverTime
  private readonly sides: { readonly a: Side; readonly b: Side }
  private readonly states: { readonly a: SideState; readonly b: SideState }
  private readonly of_that_time: boolean
  private skus: readonly string[] = []
  /** Up to here changes of stock, and work of others, have been taken up. */
  private reached: Date
  private work_reached: Date | null = null
  private constructor(comparison: ComparisonRecord, opens_at: Date, sums: LabSums) {
    this.comparison = comparison
    const now = comparison.facts === 'now' || sums.notes.includes('facts_missing')
    this.facts = new FactsOverTime(now ? comparison.started_at : null)
    this.sides = { a: sideOf(comparison.side_a), b: sideOf(comparison.side_b) }
    this.of_that_time = comparison.stock === 'of_that_time'
    this.states = { a: new SideState(!this.of_that_time), b: new SideState(!this.of_that_time) }
    this.reached = later(opens_at, -1)
  }

  /** Begins a replay, or takes it up where its stretches have come; throws ReplayFailed. */
  static async open(tx: Tx, comparison: ComparisonRecord): Promise<Replay> {
    const { comparison_id, opens_at, done } = comparison
    if (opens_at === null) throw new Error('a replay that has not begun')
    const replay = new Replay(comparison, opens_at, sumsIn(comparison.result))
    replay.skus = (await wantedSkus(tx, comparison_id)).map(({ sku }) => sku)
    if (replay.of_that_time) {
      const free = await freeAsOf(tx, replay.skus, replay.reached, PLACES_AT_MOST + 1)
      if (free.length > PLACES_AT_MOST) throw new ReplayFailed('too_much_stock')
      for (const { location_id, sku, units } of free) replay.addUnits(location_id, sku, units)
    }
    if (done === 0) return replay
    const [last] = await queuedAfter(tx, comparison_id, done - 1, 1)
    if (last === undefined) throw new Error('a replay whose queue has gone')
    for (const row of await replay.unitsUntil(tx, [last.at])) replay.addUnits(row.location_id, row.sku, row.units)
    for (const { taken } of await stretchesOf(tx, comparison_id)) {
      const { a, b } = takenIn(taken)
      replay.states.a.retake(a)
      replay.states.b.retake(b)
    }
    return replay
  }

  /** Decides these orders, which follow those before; answers them as both sides do. */
  async run(tx: Tx, rows: readonly QueuedRow[]): Promise<ReplayedOrder[]> {
    const instants = [...new Set(rows.map((row) => row.at.getTime()))].map((ms) => new Date(ms))
    const units = Map.groupBy(await this.unitsUntil(tx, instants), (row) => row.turn)
    const ids = rows.map((row) => row.order_id)
    const orders = await loadFormer(tx, rows)
    const kept = new Map(
      this.sides.a.side.of === 'happened' ? (await keptOf(tx, ids)).map((row) => [row.order_id, row.detail]) : [],
    )
    const replayed: ReplayedOrder[] = []
    let work: ReadonlyMap<number, readonly TurnWork[]> | null = null
    let turn = -1
    for (const batch of Map.groupBy(rows, (row) => row.batch).values()) {
      // requests that wait are served in between
      await setImmediate()
      const [{ at } = { at: this.reached }] = batch
      const facts = await this.facts.at(tx, at)
      const ground = readable(() => groundOf(facts, this.comparison.currency))
      work ??= Map.groupBy(await this.workUntil(tx, ground, instants), (row) => row.turn)
      while (turn < instants.length - 1 && (instants[turn + 1] ?? at) <= at) {
        turn += 1
        for (const row of units.get(turn) ?? []) this.addUnits(row.location_id, row.sku, row.units)
        for (const row of work.get(turn) ?? []) for (const state of Object.values(this.states)) state.addWork(row)
      }
      const mine = batch.flatMap((row) => orders.get(row.order_id) ?? [])
      replayed.push(...(await this.decideBatch({ tx, at, facts, ground }, mine, kept)))
    }
    return replayed
  }

  /** What both sides took since this was asked last. */
  takenSince() {
    return { a: this.states.a.takenSince(), b: this.states.b.takenSince() }
  }

  private async decideBatch(
    moment: Omit<Moment, 'demands'>,
    former: readonly FormerOrder[],
    kept: ReadonlyMap<string, unknown>,
  ): Promise<ReplayedOrder[]> {
    const { tx, at, facts, ground } = moment
    const skus = await rememberedSkus(
      tx,
      facts,
      former.flatMap(({ order }) => order.lines.map((line) => line.sku)),
    )
    const { demands } = await locateDemands(
      tx,
      facts,
      former.map(({ order }) =>
        demandOf(
          ground,
          order,
          [],
          (sku) => skus.get(sku),
          (line) => line.ordered,
        ),
      ),
    )
    const a =
      this.sides.a.side.of === 'happened'
        ? happened(demands, kept)
        : await decideSide({ ...moment, demands }, this.sides.a, this.states.a)
    // a batch takes each side some tenths of a second where stock is scarce
    await setImmediate()
    const b = await decideSide({ ...moment, demands }, this.sides.b, this.states.b)
    return demands.flatMap(({ order_id, promised_at }, index): ReplayedOrder[] => {
      const [one, other] = [a.get(order_id), b.get(order_id)]
      const is_lost = former[index]?.is_lost ?? false
      return one === undefined || other === undefined ? [] : [{ order_id, at, promised_at, is_lost, a: one, b: other }]
    })
  }

  private addUnits(location_id: string, sku: string, units: number): void {
    for (const state of Object.values(this.states)) state.addUnits(location_id, sku, units)
  }

  private async unitsUntil(tx: Tx, instants: readonly Date[]): Promise<TurnUnits[]> {
    if (!this.of_that_time) return []
    const after = this.reached
    this.reached = instants.at(-1) ?? after
    return changesBetween(tx, this.comparison.comparison_id, this.skus, after, instants)
  }

  // No statement where no location has limits.
  private async workUntil(tx: Tx, ground: Ground, instants: readonly Date[]): Promise<TurnWork[]> {
    const places = placesOf(ground)
    if (!places.some(isLimited)) return []
    const after = this.work_reached
    this.work_reached = instants.at(-1) ?? after
    return bookedBetween(
      tx,
      this.comparison.comparison_id,
      places.map((location) => location.location_id),
      { after, since: later(this.comparison.opens_at ?? tx.now, -DAY_MS) },
      instants,
    )
  }
}

function placesOf(ground: Ground): readonly Location[] {
  return [...ground.networks.values()].flatMap(({ sites }) => sites.map((site) => site.location))
}

async function decideSide(
  { at, facts, ground, demands }: Moment,
  { side, version_id, document }: Side,
  state: SideState,
): Promise<ReadonlyMap<string, SideOutcome>> {
  const asked =
    side.of === 'then' || version_id === null
      ? guideInForce(facts, demands, at).then((ruled) => ruled.guided)
      : guide({ version_id, document }, demands, at)
  const guided = await asked.catch(() => {
    throw new ReplayFailed('rules_failed')
  })
  const free = state.freeAt(ground, placesOf(ground), at)
  const decisions = decideAll(ground, guided, free, at)
  state.note(decisions, free, at)
  const times = timesOf(at, free.booked)
  return new Map(
    decisions.map((decision) => [
      decision.demand.order_id,
      decidedOutcome(decision, decision.plan === null ? null : times.arrives(decision.plan)),
    ]),
  )
}

function happened(demands: readonly Demand[], kept: ReadonlyMap<string, unknown>): ReadonlyMap<string, SideOutcome> {
  return new Map(
    demands.map((demand) => {
      const detail = kept.get(demand.order_id)
      return [demand.order_id, detail === undefined ? unsent(demand) : readable(() => keptOutcome(detail))]
    }),
  )
}
