// What the screens of rules read and change; every change makes them read again.
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { ask, ProblemError } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

export function usePolicy(kind: string) {
  return useQuery({ queryKey: ['policy', kind], queryFn: () => ask('GET /policies/:kind', { params: { kind } }) })
}

export function useDraft(kind: string, draft_id: string) {
  return useQuery({
    queryKey: ['policy', kind, 'draft', draft_id],
    queryFn: () => ask('GET /policies/:kind/drafts/:draft_id', { params: { kind, draft_id } }),
  })
}

// Everything of a kind is read again; a draft that has ended is not asked for any more.
function readAgain(queries: QueryClient, kind: string, ends_draft: boolean): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['policy', kind], exact: ends_draft })
}

/** A change of a kind's rules: tells what went wrong, reads again what it changed. */
export function useChange<Input, Result>(
  kind: string,
  change: (input: Input) => Promise<Result>,
  done?: (result: Result) => void,
  ends_draft = false,
) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await readAgain(queries, kind, ends_draft)
      done?.(result)
    },
    onError: (error) => {
      void message.error(sentence(error, t('problem.unknown')))
      // what somebody else has changed meanwhile is shown, so that the change can be made again
      if (error instanceof ProblemError && error.code === 'rule_draft_stale') void readAgain(queries, kind, false)
    },
  })
}
