// The navigation at the left: the pages that this person may open, with what waits in each.
import { useQuery } from '@tanstack/react-query'
import { NavLink, useLocation } from 'react-router'
import type { Board } from '../../../src/contracts/views-board.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { readBoard } from '../today/board.ts'
import { pages } from './pages.ts'
import { useMay, useSession } from './session.tsx'

const QUEUES: Readonly<Record<string, readonly string[]>> = {
  '/app/review': ['review'],
  '/app/exceptions': ['staged', 'dead_letters', 'payment_unmatched', 'parcel_exceptions'],
}

export function Sidebar({ onChosen }: { onChosen: () => void }) {
  const { t, format } = useText()
  const may = useMay()
  const { pathname } = useLocation()
  const { merchant } = useSession()
  const { data } = useQuery({
    queryKey: ['board'],
    queryFn: readBoard,
    enabled: may('insight.read'),
    refetchInterval: 30_000,
  })
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
            const waiting = countIn(data, QUEUES[page.path] ?? [])
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

function countIn(board: Board | undefined, queues: readonly string[]): number {
  let sum = 0
  for (const item of board?.queue ?? []) if (queues.includes(item.queue)) sum += item.count
  return Math.min(sum, 1000)
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
