// Locations and channels for filters and names, and the location that this reader works at.
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ask } from '../../shared/api.ts'
import { useText } from '../text.ts'

const HOUR_MS = 3_600_000

export function useLocations() {
  const { data } = useQuery({ queryKey: ['locations'], queryFn: () => ask('GET /locations'), staleTime: HOUR_MS })
  return data?.items ?? []
}

/** The name of a channel in the reader's language. */
export function useChannelName(): (channel: string) => string {
  const channels = useChannels()
  const { either } = useText()
  return (channel) => {
    const known = channels.find((one) => one.channel === channel)
    return known === undefined ? channel : either(known.name, known.name_zh ?? null)
  }
}

export function useChannels() {
  const { data } = useQuery({ queryKey: ['channels'], queryFn: () => ask('GET /channels'), staleTime: HOUR_MS })
  return data?.items ?? []
}

/** The name of a carrier, with its service where one is given, in the reader's language. */
export function useCarrierName(): (carrier: string, service?: string) => string {
  const { data } = useQuery({ queryKey: ['carriers'], queryFn: () => ask('GET /carriers'), staleTime: HOUR_MS })
  const { either } = useText()
  return (carrier, service = '') => {
    const known = data?.items.find((one) => one.carrier === carrier)
    const offered = known?.services.find((one) => one.service === service)
    const name = known === undefined ? carrier : either(known.name, known.name_zh ?? null)
    return `${name} ${offered === undefined ? service : either(offered.name, offered.name_zh ?? null)}`.trim()
  }
}

/** A sentence of the server with its services, which it names by carrier and code, as their names. */
export function useNamedServices(): (says: string) => string {
  const name = useCarrierName()
  return (says) =>
    says.replaceAll(/\(([^()/\s]+)\/([^()/\s]+)\)/g, (_, carrier, service) => `(${name(carrier, service)})`)
}

/** The names of colleagues by their id. */
export function useStaffNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({ queryKey: ['staff-names'], queryFn: () => ask('GET /staff/names'), staleTime: HOUR_MS })
  return new Map(data?.items.map((one) => [one.staff_id, one.name]))
}

const KEPT = 'ordo.location'
const listeners = new Set<() => void>()

/** The location chosen in the top bar; empty for all. */
export function useChosenLocation(): readonly [string, (location_id: string) => void] {
  const chosen = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => localStorage.getItem(KEPT) ?? '',
  )
  const choose = (location_id: string) => {
    if (location_id === '') localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, location_id)
    for (const listener of listeners) listener()
  }
  return [chosen, choose]
}
