// The navigation at the left: the pages that this person may open, with what waits in each.
import { useQuery } from '@tanstack/react-query'
import { NavLink, useLocation } from 'react-router'
import { ask } from '../../shared/api.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { readBoard } from '../today/board.ts'
import { pages } from './pages.ts'
import { useMay, useSession } from './session.tsx'

const LIVE_MS = 30_000

export function Sidebar({ onChosen }: { onChosen: () => void }) {
  const { t, format } = useText()
  const may = useMay()
  const { pathname } = useLocation()
  const { merchant } = useSession()
  const waits = useWaiting()
  return (
    <nav className="sidebar" aria-label={t('nav.label')}>
      <div className="brand">
        <Logo />
        <span className="brand-name">Ordo</span>
        <span className="brand-merchant clip" title={merchant.name}>
          {merchant.name}
        </span>
      </div>
      <ul>
        {pages
          .filter((page) => may(page.permit))
          .map((page) => {
            const waiting = waits[page.path] ?? 0
            return (
              <li key={page.path}>
                <NavLink
                  to={page.path}
                  className={({ isActive }) => linkClass(isActive || page.tabs?.includes(pathname) === true)}
                  onClick={onChosen}
                >
                  <Icon name={page.icon} />
                  <span className="grow">{t(page.title)}</span>
                  {waiting > 0 && <span className="nav-count">{format.count(waiting)}</span>}
                </NavLink>
              </li>
            )
          })}
      </ul>
    </nav>
  )
}

function linkClass(isHere: boolean): string {
  return isHere ? 'nav-link active' : 'nav-link'
}

/** What waits in a page, as that page itself counts it: cases of review, and everything open in the inbox that this person may see. */
function useWaiting(): Readonly<Record<string, number>> {
  const may = useMay()
  const { data: board } = useQuery({
    queryKey: ['board'],
    queryFn: readBoard,
    enabled: may('insight.read'),
    refetchInterval: LIVE_MS,
  })
  const { data: inbox } = useQuery({
    queryKey: ['inbox', 'counts'],
    queryFn: () => ask('GET /inbox/counts'),
    enabled: may('orders.read'),
    refetchInterval: LIVE_MS,
  })
  return {
    '/app/review': board?.queue.find((item) => item.queue === 'review')?.count ?? 0,
    '/app/exceptions': inbox?.open ?? 0,
  }
}

export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#2746c4" />
      <path d="M16 7a9 9 0 1 1-8.1 5.1" fill="none" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
      <circle cx="9.6" cy="9" r="2.4" fill="#9fb2ff" />
    </svg>
  )
}
