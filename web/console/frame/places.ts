// Locations and channels for filters and names, and the location that this reader works at.
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ask } from '../../shared/api.ts'

const HOUR_MS = 3_600_000

export function useLocations() {
  const { data } = useQuery({ queryKey: ['locations'], queryFn: () => ask('GET /locations'), staleTime: HOUR_MS })
  return data?.items ?? []
}

export function useChannels() {
  const { data } = useQuery({ queryKey: ['channels'], queryFn: () => ask('GET /channels'), staleTime: HOUR_MS })
  return data?.items ?? []
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
