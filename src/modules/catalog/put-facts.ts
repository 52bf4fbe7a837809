// A network, location or channel changes by a new version from now or later on; what was valid before stays readable.
import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import type { ChannelFact, LocationFact, NetworkFact } from '../../contracts/catalog.ts'
import type { Tx } from '../../platform/db.ts'
import { holdRevision, setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { catalogProblem } from './problems.ts'
import { channelValidator, locations, locationValidator, networks, networkValidator } from './read-facts.ts'

export interface ChangeNote {
  readonly valid_from?: Date
  readonly reason?: string
}

const ERRORS_AT_MOST = 20

/** Throws fact_does_not_fit with what is wrong where. */
export function checkFact<Schema extends TSchema>(
  validator: Validator<Record<never, never>, Schema>,
  kind: string,
  key: string,
  value: unknown,
): void {
  if (validator.Check(value)) return
  const errors = validator.Errors(value).slice(0, ERRORS_AT_MOST)
  throw catalogProblem(
    'fact_does_not_fit',
    { kind, key },
    errors.map((error) => ({ code: 'invalid', pointer: error.instancePath, detail: error.message })),
  )
}

/** Throws fact_in_the_past where a version would be valid before this moment. */
export function checkValidFrom(tx: Tx, note: ChangeNote): void {
  if (note.valid_from !== undefined && note.valid_from < tx.now) throw catalogProblem('fact_in_the_past')
}

/** Sets networks; answers the version ids in order. */
export async function putNetworks(
  tx: Tx,
  entries: ReadonlyMap<string, NetworkFact>,
  note: ChangeNote = {},
): Promise<string[]> {
  checkValidFrom(tx, note)
  for (const [key, value] of entries) checkFact(networkValidator, 'network', key, value)
  return setFacts(
    tx,
    [...entries].map(([key, value]) => ({ kind: 'network', key, value, ...note })),
  )
}

/** Sets locations and says so by location.changed, so that the stock of a network knows which of its sites are open. */
export async function putLocations(
  tx: Tx,
  entries: ReadonlyMap<string, LocationFact>,
  note: ChangeNote = {},
): Promise<string[]> {
  checkValidFrom(tx, note)
  const known = await networks(tx)
  const before = await locations(tx)
  for (const [key, value] of entries) {
    checkFact(locationValidator, 'location', key, value)
    if (!known.has(value.network)) throw catalogProblem('unknown_network', { network: value.network })
    if (!isTimeZone(value.time_zone)) throw catalogProblem('unknown_time_zone', { time_zone: value.time_zone })
  }
  const ids = await setFacts(
    tx,
    [...entries].map(([key, value]) => ({ kind: 'location', key, value, ...note })),
  )
  await publish(
    tx,
    [...entries].map(([location_id, value], index) => ({
      type: 'location.changed',
      subject: ids[index] ?? '',
      version: 1,
      data: {
        location_id,
        network: value.network,
        state: value.state,
        state_before: before.get(location_id)?.state ?? null,
        valid_from: (note.valid_from ?? tx.now).toISOString(),
      },
    })),
  )
  return ids
}

/** Sets channels; each must be in a network that exists. */
export async function putChannels(
  tx: Tx,
  entries: ReadonlyMap<string, ChannelFact>,
  note: ChangeNote = {},
): Promise<string[]> {
  checkValidFrom(tx, note)
  const known = await networks(tx)
  for (const [key, value] of entries) {
    checkFact(channelValidator, 'channel', key, value)
    if (!known.has(value.network)) throw catalogProblem('unknown_network', { network: value.network })
  }
  return setFacts(
    tx,
    [...entries].map(([key, value]) => ({ kind: 'channel', key, value, ...note })),
  )
}

/**
 * Sets a location that was read at `revision`, null where it is new; answers its version and the revision that it has now. Of two who read the same
 * one is refused. Throws revision_required, revision_stale, and what putLocations throws.
 */
export async function editLocation(
  tx: Tx,
  location_id: string,
  revision: number | null,
  value: LocationFact,
  note: ChangeNote,
): Promise<{ version_id: string; revision: number }> {
  const next = await holdRevision(tx, 'location', location_id, revision)
  return { version_id: await putLocation(tx, location_id, value, note), revision: next }
}

export async function putLocation(
  tx: Tx,
  location_id: string,
  value: LocationFact,
  note?: ChangeNote,
): Promise<string> {
  const [id = ''] = await putLocations(tx, new Map([[location_id, value]]), note)
  return id
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
