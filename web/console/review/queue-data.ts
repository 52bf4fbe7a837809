// The review queue as this reader goes through it: the case at hand stays until it is decided or passed over.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DecisionTaken, ReviewCase, ReviewDecision } from '../../../src/contracts/views-review.ts'
import { ask } from '../../shared/api.ts'

const PAGE = 20

export interface Taken extends DecisionTaken {
  readonly number: string
}

export function useReviewQueue(order_id: string | undefined) {
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['review', order_id ?? ''],
    queryFn: () => ask('GET /review', { query: { limit: PAGE, order_id } }),
    refetchInterval: 10_000,
  })
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<string | null>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const open = (data?.items ?? []).filter((one) => one.pending === null && taken?.hold_id !== one.hold_id)
  const fresh = open.filter((one) => !passed.has(one.hold_id))
  const current = open.find((one) => one.hold_id === at) ?? fresh[0] ?? open[0]
  const next = () => {
    if (current === undefined) return
    const after = new Set(passed).add(current.hold_id)
    const rest = open.filter((one) => !after.has(one.hold_id))
    setPassed(rest.length === 0 ? new Set() : after)
    setAt(rest[0]?.hold_id ?? open.find((one) => one.hold_id !== current.hold_id)?.hold_id ?? null)
  }
  return {
    current,
    cases: open,
    total: data?.total ?? 0,
    error,
    refetch,
    isPending,
    next,
    choose: setAt,
    taken,
    setTaken,
  }
}

/** Decides; the server carries it out ten seconds later, so that undo is exact. */
export function useDecide(onTaken: (taken: Taken) => void, onError: (error: unknown) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ one, decision }: { one: ReviewCase; decision: ReviewDecision }): Promise<Taken> => ({
      ...(await ask('POST /review/:hold_id/decision', { params: { hold_id: one.hold_id }, body: decision })),
      number: one.number,
    }),
    onSuccess: (taken) => {
      onTaken(taken)
      void queries.invalidateQueries({ queryKey: ['review'] })
    },
    onError,
  })
}

export function useUndo(onUndone: (taken: Taken) => void, onError: (error: unknown) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (taken: Taken) => {
      await ask('DELETE /review/:hold_id/decision', { params: { hold_id: taken.hold_id } })
      return taken
    },
    onSuccess: (taken) => {
      onUndone(taken)
      void queries.invalidateQueries({ queryKey: ['review'] })
      void queries.invalidateQueries({ queryKey: ['board'] })
    },
    onError,
  })
}

/** Calls back when the undo is over. */
export function useUndoEnd(taken: Taken | null, onOver: () => void): void {
  useEffect(() => {
    if (taken === null) return
    const timer = window.setTimeout(onOver, Math.max(0, Date.parse(taken.effective_at) - Date.now()))
    return () => window.clearTimeout(timer)
  }, [taken, onOver])
}
