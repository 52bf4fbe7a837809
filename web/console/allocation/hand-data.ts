// Decisions by hand as screens ask them: the preview at each change of what is asked, the decision, what was decided before.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { HandPreview } from '../../../src/contracts/hand.ts'
import { ask, ProblemError } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const historyOf = (order_id: string) => ({
  queryKey: ['order', order_id, 'by-hand'],
  queryFn: () => ask('GET /orders/:id/manual-decisions', { params: { id: order_id } }),
  staleTime: 0,
})

export function useHandHistory(order_id: string) {
  return useQuery({ ...historyOf(order_id), refetchOnMount: 'always' })
}

/** null asks nothing yet. */
export function useHandPreview(order_id: string, wish: HandPreview | null) {
  return useQuery({
    queryKey: ['by-hand-preview', order_id, wish],
    queryFn: () =>
      ask('POST /orders/:id/manual-decisions/preview', {
        params: { id: order_id },
        ...(wish === null ? {} : { body: wish }),
      }),
    enabled: wish !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

/** Everything that shows this order is read again. */
export function useHandDone(order_id: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(
      [['work-board'], ['order', order_id], ['orders'], ['board']].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    )
  }
}

export function useDecide(order_id: string, said: string, onDone: () => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const done = useHandDone(order_id)
  return useMutation({
    mutationFn: ({ wish, reason }: { wish: HandPreview; reason: string }) =>
      ask('POST /orders/:id/manual-decisions', { params: { id: order_id }, body: { ...wish, reason } }),
    // read again before the dialog closes: what is behind it then is what was decided, and can be decided on at once
    onSuccess: async () => {
      await done()
      void message.success(said)
      onDone()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}

/** Everything that shows this order is read again, and the decision is asked for its version of now. */
export function useLookAgain(order_id: string, onSeen: (version: number) => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const done = useHandDone(order_id)
  return useMutation({
    mutationFn: async () => {
      await done()
      return queries.fetchQuery(historyOf(order_id))
    },
    onSuccess: ({ version }) => onSeen(version),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}

export function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'order_changed'
}
