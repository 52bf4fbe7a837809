// Rates that have failed: cards, carriers and currency rates that do not fit or are all gone are replaced by the last of theirs that did, once for each change of the facts.
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact, type FactHead, pastFacts } from '../../platform/facts.ts'
import { cardsIn, carriersIn } from '../shipping/index.ts'
import { type Ground, groundKinds, groundOf, ratesIn } from './prepare-ground.ts'

type Facts = ReadonlyMap<string, readonly Fact[]>

export interface Mended {
  /** The facts to decide by. */
  readonly facts: Facts
  /** null where the rates are good. */
  readonly trouble: { readonly cause: string; readonly keys: readonly string[] } | null
  /** Kind and key of what is a last good value. */
  readonly stale: ReadonlySet<string>
}

const readers = { carrier: carriersIn, rate_card: cardsIn, currency_rate: ratesIn }
type Kind = keyof typeof readers
/** So far back a value that fits is looked for. */
const VERSIONS_AT_MOST = 10
const mended = new WeakMap<Facts, { readonly currency: string; readonly found: Mended }>()

/** The facts with rates that can be decided by; one statement for each kind that has failed, and none while the facts are the same. */
export async function mendRates(tx: Tx, facts: Facts, currency: string): Promise<Mended> {
  const known = mended.get(facts)
  if (known !== undefined && known.currency === currency) return known.found
  const found = await mend(tx, facts, currency)
  mended.set(facts, { currency, found })
  return found
}

/** What is decided on now. */
export interface Standing {
  readonly facts: Facts
  readonly ground: Ground
  readonly rates: Mended
}

/** The facts of now with last good rates where those of now have failed, and the ground made of them. */
export async function standNow(tx: Tx, currency: string, heads?: readonly FactHead[]): Promise<Standing> {
  const rates = await mendRates(tx, await currentFacts(tx, groundKinds, heads), currency)
  return { facts: rates.facts, ground: groundOf(rates.facts, currency), rates }
}

async function mend(tx: Tx, facts: Facts, currency: string): Promise<Mended> {
  const lists = new Map(facts)
  const stale = new Set<string>()
  const causes: string[] = []
  const replace = async (kind: Kind, missing: (good: readonly Fact[]) => readonly string[] | null) => {
    const list = facts.get(kind) ?? []
    const good = list.filter((fact) => fits(kind, fact))
    const broken = list.filter((fact) => !good.includes(fact)).map((fact) => fact.key)
    const gone = missing(good)
    if (broken.length > 0) causes.push(`${kind} does not fit its schema: ${broken.join(', ')}`)
    if (broken.length === 0 && gone !== null && gone.length === 0) return
    const past = await pastFacts(tx, kind, gone === null ? null : [...broken, ...gone], VERSIONS_AT_MOST)
    const last = [...Map.groupBy(past, (fact) => fact.key).values()].flatMap(
      (versions) => versions.find((fact) => fits(kind, fact)) ?? [],
    )
    const there = new Set(good.map((fact) => fact.key))
    const back = last.filter((fact) => !there.has(fact.key))
    const returned = back.filter((fact) => !broken.includes(fact.key)).map((fact) => fact.key)
    if (returned.length > 0) causes.push(`${kind} is gone: ${returned.join(', ')}`)
    for (const fact of back) stale.add(`${kind} ${fact.key}`)
    lists.set(
      kind,
      [...good, ...back].sort((a, b) => (a.key < b.key ? -1 : 1)),
    )
  }
  await replace('carrier', () => [])
  // a merchant without any card has none by choice or by accident: which it is its past tells
  await replace('rate_card', (good) => (good.length === 0 ? null : []))
  await replace('currency_rate', (good) => {
    const there = new Set(good.map((fact) => fact.key))
    const currencies = [...cardsIn(lists).values()].map((card) => card.currency)
    const wanted = new Set(currencies.filter((one) => one !== currency).map((one) => `${one}/${currency}`))
    return [...wanted].filter((pair) => !there.has(pair))
  })
  if (causes.length === 0) return { facts, trouble: null, stale }
  return { facts: lists, trouble: { cause: causes.join('; '), keys: [...stale] }, stale }
}

function fits(kind: Kind, fact: Fact): boolean {
  try {
    readers[kind](new Map([[kind, [fact]]]))
    return true
  } catch {
    return false
  }
}
