// Who is at the screen, and what they may: read once, asked everywhere.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Permission } from '../../../src/contracts/permissions.ts'
import type { SessionView } from '../../../src/contracts/views-session.ts'
import { ask, client, ProblemError } from '../../shared/api.ts'
import { Trouble } from '../parts/conditions.tsx'
import { ZoneContext } from '../text.ts'

const SessionContext = createContext<SessionView | null>(null)

async function readSession(): Promise<SessionView | null> {
  try {
    return keepToken(await ask('GET /session'))
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null
    throw error
  }
}

/** Keeps the token that every change must carry. */
function keepToken(session: SessionView): SessionView {
  client.csrf_token = session.csrf_token
  return session
}

const ENDED = ['session', 'ended']

/** The server knows the session no more: the log-in page says so, and what was open is open again after it. */
export function endSession(queries: QueryClient): void {
  const before = queries.getQueryData(['session'])
  queries.setQueryData(ENDED, before !== null && before !== undefined)
  queries.setQueryData(['session'], null)
}

/** Whether somebody was here until a moment ago. */
export function useHasEnded(): boolean {
  return useQueryClient().getQueryData(ENDED) === true
}

/** Begins or ends (null) a person's session: nothing that the one before has read remains. */
export function enterSession(queries: QueryClient, session: SessionView | null): void {
  // The session's own query stays, because the gate watches it: one that is removed and made anew has no watcher.
  queries.setQueryData(['session'], session === null ? null : keepToken(session))
  queries.setQueryData(ENDED, false)
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
}

export function SessionGate({ login, children }: { login: ReactNode; children: ReactNode }) {
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['session'],
    queryFn: readSession,
    staleTime: 300_000,
  })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (isPending) return null
  if (data === null || data === undefined) return login
  return (
    <SessionContext value={data}>
      <ZoneContext value={data.merchant.time_zone}>{children}</ZoneContext>
    </SessionContext>
  )
}

export function useSession(): SessionView {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('this part stands behind the log-in only')
  return session
}

export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}
