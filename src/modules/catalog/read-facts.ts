// Networks, locations and channels as they stand now: from memory while nothing has changed, one statement to know that.
import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { ChannelFact, LocationFact, NetworkFact } from '../../contracts/catalog.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact } from '../../platform/facts.ts'

/** What a fact says of its version: decisions keep it. */
export interface Versioned {
  readonly version_id: string
  readonly valid_from: Date
}
export type Network = NetworkFact & Versioned & { readonly network_id: string }
export type Location = LocationFact & Versioned & { readonly location_id: string }
export type Channel = ChannelFact & Versioned & { readonly channel: string }

export const networkValidator = Compile(NetworkFact)
export const locationValidator = Compile(LocationFact)
export const channelValidator = Compile(ChannelFact)

/** The kinds of facts that the catalogue owns, for steps that read several kinds with one statement. */
export const catalogKinds = ['channel', 'location', 'network'] as const

// Facts in memory are the same array until one changes, so what was read from an array stays right as long as the array lives.
function reader<Schema extends TSchema, Entry>(
  kind: string,
  validator: Validator<Record<never, never>, Schema>,
  entry: (fact: Fact, value: Static<Schema>) => Entry,
) {
  const known = new WeakMap<readonly Fact[], ReadonlyMap<string, Entry>>()
  return (facts: ReadonlyMap<string, readonly Fact[]>): ReadonlyMap<string, Entry> => {
    const list = facts.get(kind) ?? []
    const before = known.get(list)
    if (before !== undefined) return before
    const entries = new Map<string, Entry>()
    for (const fact of list) {
      if (!validator.Check(fact.value)) throw new Error(`the fact ${kind} ${fact.key} does not fit its schema`)
      entries.set(fact.key, entry(fact, fact.value))
    }
    known.set(list, entries)
    return entries
  }
}

const versionOf = ({ version_id, valid_from }: Fact): Versioned => ({ version_id, valid_from })

/** The networks among facts that were read with others, by id. */
export const networksIn = reader(
  'network',
  networkValidator,
  (fact, value): Network => ({
    ...value,
    ...versionOf(fact),
    network_id: fact.key,
  }),
)

/** The locations among facts that were read with others, by id, open and closed. */
export const locationsIn = reader(
  'location',
  locationValidator,
  (fact, value): Location => ({
    ...value,
    ...versionOf(fact),
    location_id: fact.key,
  }),
)

/** The channels among facts that were read with others, by id. */
export const channelsIn = reader(
  'channel',
  channelValidator,
  (fact, value): Channel => ({
    ...value,
    ...versionOf(fact),
    channel: fact.key,
  }),
)

export async function networks(tx: Tx): Promise<ReadonlyMap<string, Network>> {
  return networksIn(await currentFacts(tx, catalogKinds))
}

export async function locations(tx: Tx): Promise<ReadonlyMap<string, Location>> {
  return locationsIn(await currentFacts(tx, catalogKinds))
}

export async function channels(tx: Tx): Promise<ReadonlyMap<string, Channel>> {
  return channelsIn(await currentFacts(tx, catalogKinds))
}
