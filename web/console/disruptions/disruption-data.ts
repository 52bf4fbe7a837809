// What the screen of disruptions reads and does; while a plan is made, applied or undone it is read again every second.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { DisruptionView } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const MOVING_MS = 1000
const RESTING_MS = 15_000

export function isMoving(disruption: DisruptionView): boolean {
  return ['draft', 'applying', 'undoing'].includes(disruption.state)
}

export function useDisruption(disruption_id: string) {
  return useQuery({
    queryKey: ['disruptions', 'one', disruption_id],
    queryFn: () => ask('GET /disruptions/:disruption_id', { params: { disruption_id } }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? MOVING_MS : RESTING_MS),
  })
}

/** A change of disruptions: tells what went wrong, reads again what it changed. */
export function useDisrupt<Input, Result>(change: (input: Input) => Promise<Result>, done?: (result: Result) => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await queries.invalidateQueries({ queryKey: ['disruptions'] })
      done?.(result)
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}
