// Networks, locations and channels as they stand now: from memory while nothing has changed, one statement to know that.
import { Compile } from 'typebox/compile'
import { ChannelFact, LocationFact, NetworkFact } from '../../contracts/catalog.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'

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

const versionOf = ({ version_id, valid_from }: Fact): Versioned => ({ version_id, valid_from })

/** The networks among facts that were read with others, by id. */
export const networksIn = factReader(
  'network',
  networkValidator,
  (fact, value): Network => ({
    ...value,
    ...versionOf(fact),
    network_id: fact.key,
  }),
)

/** The locations among facts that were read with others, by id, open and closed. */
export const locationsIn = factReader(
  'location',
  locationValidator,
  (fact, value): Location => ({
    ...value,
    ...versionOf(fact),
    location_id: fact.key,
  }),
)

/** The channels among facts that were read with others, by id. */
export const channelsIn = factReader(
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
