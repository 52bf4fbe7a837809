// The allocation policy as it is now, for all who show or change it.
import { useQuery } from '@tanstack/react-query'
import { ask, ProblemError } from '../../shared/api.ts'

/** Not read again behind a form: what its fields stand on changes only where the person is told. */
export function usePolicy() {
  return useQuery({
    queryKey: ['modes', 'policy'],
    queryFn: () => ask('GET /allocation/policy'),
    refetchOnWindowFocus: false,
  })
}

/** Whether somebody else has changed what was read. */
export function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'revision_stale'
}
