// Orders that come without coordinates from a channel that used to send them: the area is where its last orders said, about a kilometre exact.
import { MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import { degradationsIn, type Trouble } from '../modes/index.ts'
import { channelsKnown, type KnownPlace, knownPlaces } from './store-degraded.ts'
import type { Demand } from './types.ts'

export interface Located {
  readonly demands: readonly Demand[]
  /** Orders whose place is that of their area. */
  readonly stale: ReadonlySet<string>
  /** null: nothing was seen of it. */
  readonly seen: Trouble | 'good' | null
}

const areaOf = ({ channel, to }: Demand) => `${channel} ${to.country} ${to.postcode ?? ''}`
const isLacking = ({ to }: Demand) => to.lat === null || to.lon === null

/** Channels of a tenant of which any place is known; one that never sent coordinates is no trouble and costs no statement. */
const channels = new Map<string, { readonly known: ReadonlySet<string>; readonly good_until: number }>()
const HOLD_MS = 5 * MINUTE_MS
const TENANTS_AT_MOST = 10_000

/** Gives orders without coordinates those of their area. */
export async function locateDemands(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
): Promise<Located> {
  const lacking = demands.filter((demand) => isLacking(demand) && demand.to.postcode !== null)
  const failing = new Set(degradationsIn(facts).get('geo')?.keys ?? [])
  const fine: Located = { demands, stale: new Set(), seen: null }
  const good = failing.size > 0 && demands.some((demand) => failing.has(demand.channel) && !isLacking(demand))
  const known = lacking.length === 0 ? new Set<string>() : await knownChannels(tx)
  const asked = lacking.filter((demand) => known.has(demand.channel))
  const places = asked.length === 0 ? [] : await knownPlaces(tx, asked.map(areaAsked))
  if (places.length === 0) return good ? { ...fine, seen: 'good' } : fine
  const at = new Map(
    places.map((place): [string, KnownPlace] => [`${place.channel} ${place.country} ${place.postcode}`, place]),
  )
  const stale = new Set<string>()
  const located = demands.map((demand): Demand => {
    const place = isLacking(demand) ? at.get(areaOf(demand)) : undefined
    if (place === undefined) return demand
    stale.add(demand.order_id)
    return { ...demand, to: { ...demand.to, lat: place.lat, lon: place.lon } }
  })
  const keys = [...new Set(places.map((place) => place.channel))]
  return {
    demands: located,
    stale,
    seen: {
      cause: `orders come without coordinates from ${keys.join(', ')}`,
      keys,
      orders: stale.size,
      certain: false,
    },
  }
}

function areaAsked({ channel, to }: Demand): { channel: string; country: string; postcode: string } {
  return { channel, country: to.country, postcode: to.postcode ?? '' }
}

async function knownChannels(tx: Tx): Promise<ReadonlySet<string>> {
  const held = channels.get(tx.tenant)
  if (held !== undefined && held.good_until > tx.now.getTime()) return held.known
  if (channels.size > TENANTS_AT_MOST) channels.clear()
  const known = new Set(await channelsKnown(tx))
  channels.set(tx.tenant, { known, good_until: tx.now.getTime() + HOLD_MS })
  return known
}
