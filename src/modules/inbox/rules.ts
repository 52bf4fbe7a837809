// What an item weighs, until when, whose it is and why it stands where it stands: pure.
import type { InboxPolicy, ItemKind } from '../../contracts/inbox.ts'
import { minorDigits } from '../../platform/money.ts'

const HOUR_MS = 3_600_000
/** What is due sooner, or overdue, counts as due in a quarter of an hour. */
const LEAST_HOURS = 0.25

/** An open thing as its source tells of it. */
export interface OpenThing {
  readonly kind: ItemKind
  readonly order_id: string | null
  readonly value: bigint | null
  readonly currency: string | null
  readonly due_at: Date | null
  readonly opened_at: Date
  readonly queue: string | null
}

export interface Weighed {
  readonly mass: number
  readonly due_at: Date
}

/** Converts minor units to those of the base currency; null where no rate is known. */
export type ToBase = (currency: string) => ((minor: number) => number) | null

/** Money at stake in minor units of the base currency. */
export function stakeOf(thing: OpenThing, policy: InboxPolicy, toBase: ToBase): number {
  const convert = thing.currency === null ? null : toBase(thing.currency)
  const base = thing.value === null || convert === null ? policy.unknown_value_minor : convert(Number(thing.value))
  return Math.max(base, policy.least_value_minor)
}

/** Money × weight of the kind, and when an answer is owed. */
export function weigh(thing: OpenThing, policy: InboxPolicy, toBase: ToBase): Weighed {
  return {
    mass: Math.max(1, stakeOf(thing, policy, toBase) * policy.weights[thing.kind]),
    due_at: thing.due_at ?? new Date(thing.opened_at.getTime() + policy.hours[thing.kind] * HOUR_MS),
  }
}

/** The place in the list that the database computes too: 8 places to a factor of e, the smallest first. */
export function rankOf({ mass, due_at }: Weighed, at: Date): number {
  const hours = Math.max(LEAST_HOURS, (due_at.getTime() - at.getTime()) / HOUR_MS)
  return -Math.floor(8 * Math.log(Math.max(mass, 1) / hours))
}

export interface Route {
  readonly queue: string | null
  /** Who may be given it by rule; null: nobody is. */
  readonly skill: string | null
}

/** The queue of a thing: where a rule of allocation parked it, else the first route that fits its kind, goods and money. */
export function routeOf(thing: OpenThing, classes: readonly string[], stake: number, policy: InboxPolicy): Route {
  const route = policy.routes.find(
    ({ kinds, handling_classes, from_value_minor }) =>
      (kinds.length === 0 || kinds.includes(thing.kind)) &&
      (handling_classes.length === 0 || handling_classes.some((name) => classes.includes(name))) &&
      stake >= from_value_minor,
  )
  const queue = thing.queue ?? route?.queue ?? null
  return { queue, skill: policy.queues.find((one) => one.queue === queue)?.skill ?? null }
}

/** Gives each item that asks for a skill to whoever has it and has least to do; ties go by id, so that the same input gives the same answer. */
export function share(
  wanted: readonly { readonly item_id: string; readonly skill: string }[],
  people: readonly { readonly staff_id: string; readonly skill: string; readonly load: number }[],
): { readonly item_id: string; readonly assignee: string }[] {
  const load = new Map(people.map((one) => [one.staff_id, one.load]))
  return wanted.flatMap(({ item_id, skill }) => {
    let least: string | null = null
    for (const one of people) {
      if (one.skill !== skill) continue
      if (least === null || isLess(one.staff_id, least, load)) least = one.staff_id
    }
    if (least === null) return []
    load.set(least, (load.get(least) ?? 0) + 1)
    return [{ item_id, assignee: least }]
  })
}

function isLess(a: string, b: string, load: ReadonlyMap<string, number>): boolean {
  const difference = (load.get(a) ?? 0) - (load.get(b) ?? 0)
  return difference < 0 || (difference === 0 && a < b)
}

/** Why an item stands where it stands, as a sentence. */
export function whyOf(
  item: {
    readonly kind: ItemKind
    readonly value: bigint | null
    readonly currency: string | null
    readonly due_at: Date
  },
  policy: InboxPolicy,
  now: Date,
): { en: string; zh: string } {
  const { value, currency } = item
  const weight = policy.weights[item.kind]
  const money = value === null || currency === null ? null : moneyOf(value, currency)
  const hours = (item.due_at.getTime() - now.getTime()) / HOUR_MS
  const [en, zh] =
    hours < 0
      ? ['¼ hour, as it is overdue', '1/4 小时（已超时）']
      : hours < LEAST_HOURS
        ? ['¼ hour, the least that counts', '1/4 小时（最低值）']
        : ['the hours left', '剩余小时数']
  return {
    en: `${money ?? 'value not known'} × weight ${weight} ÷ ${en}`,
    zh: `${money ?? '金额未知'} × 权重 ${weight} ÷ ${zh}`,
  }
}

// As the screens write it, in both languages.
function moneyOf(value: bigint, currency: string): string {
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return shown.format(Number(value) / 10 ** minorDigits(currency))
}
