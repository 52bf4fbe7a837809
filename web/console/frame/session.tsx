// Who is at the screen, and what they may: read once, asked everywhere.
import { useQuery } from '@tanstack/react-query'
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
export function keepToken(session: SessionView): SessionView {
  client.csrf_token = session.csrf_token
  return session
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
