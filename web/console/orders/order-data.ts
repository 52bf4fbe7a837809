// What the order page reads, each part by its own route so that one that fails leaves the others standing.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../shared/api.ts'

const LIVE_MS = 8_000

export function useOrder(id: string) {
  return useQuery({
    queryKey: ['order', id],
    queryFn: () => ask('GET /orders/:id', { params: { id } }),
    refetchInterval: LIVE_MS,
  })
}

export function useOrderEvents(id: string) {
  return useQuery({
    queryKey: ['order', id, 'events'],
    queryFn: () => ask('GET /orders/:id/events', { params: { id } }),
    refetchInterval: LIVE_MS,
  })
}

export function useOrderMoney(id: string, isAllowed: boolean) {
  return useQuery({
    queryKey: ['order', id, 'money'],
    queryFn: () => ask('GET /orders/:id/money', { params: { id } }),
    refetchInterval: LIVE_MS,
    enabled: isAllowed,
  })
}

export function useOrderAllocation(id: string) {
  return useQuery({
    queryKey: ['order', id, 'allocation'],
    queryFn: () => ask('GET /orders/:id/allocation', { params: { id } }),
  })
}

export function useOrderFulfilments(id: string) {
  return useQuery({
    queryKey: ['order', id, 'fulfilments'],
    queryFn: () => ask('GET /orders/:id/fulfilments', { params: { id } }),
    refetchInterval: LIVE_MS,
  })
}

/** After a change: everything of this order, the lists and the board are read again. */
export function useOrderChanged(id: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['order', id] }),
      queries.invalidateQueries({ queryKey: ['orders'] }),
      queries.invalidateQueries({ queryKey: ['board'] }),
    ])
  }
}
