// What the lab reads and does; while a comparison waits or runs it is read again every second.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { ComparisonView } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const MOVING_MS = 1000

export function isMoving({ state }: Pick<ComparisonView, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}

export function useComparison(comparison_id: string) {
  return useQuery({
    queryKey: ['lab', 'one', comparison_id],
    queryFn: () => ask('GET /lab/comparisons/:comparison_id', { params: { comparison_id } }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? MOVING_MS : false),
  })
}

export function useChoices() {
  return useQuery({ queryKey: ['lab', 'choices'], queryFn: () => ask('GET /lab/choices') })
}

/** A change of the lab: tells what went wrong, reads again what it changed; what is gone is not asked for any more. */
export function useLab<Input, Result>(
  change: (input: Input) => Promise<Result>,
  done?: (result: Result) => void,
  { is_gone = false } = {},
) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      done?.(result)
      await queries.invalidateQueries({ queryKey: is_gone ? ['lab', 'list'] : ['lab'] })
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}
