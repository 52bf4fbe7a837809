// Changes of modes: tells what went wrong, reads again what it changed.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

export function useModeChange<Input, Result>(change: (input: Input) => Promise<Result>, done: () => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['modes'] })
      done()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}
