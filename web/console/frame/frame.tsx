// The frame: navigation by work at the left, search, location, language and person above, the page in the middle.
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { LoadingPage } from '../parts/conditions.tsx'
import { useKeys } from '../parts/keys.ts'
import { useText } from '../text.ts'
import { Forbidden } from './missing.tsx'
import { ModeBanner } from './mode-banner.tsx'
import { pages } from './pages.ts'
import { SessionGate, useMay } from './session.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'

const LogInPage = lazy(async () => ({ default: (await import('../login/page.tsx')).LogInPage }))
const SearchPalette = lazy(async () => ({ default: (await import('./search-palette.tsx')).SearchPalette }))
const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.tsx')).KeyboardHelp }))

export function Frame() {
  const login = (
    <Suspense>
      <LogInPage />
    </Suspense>
  )
  return (
    <SessionGate login={login}>
      <Shell />
    </SessionGate>
  )
}

function Shell() {
  const { t } = useText()
  const [isSearching, setSearching] = useState(false)
  const [isHelping, setHelping] = useState(false)
  const [isNavOpen, setNavOpen] = useState(false)
  const { pathname } = useLocation()
  const may = useMay()
  const isAllowed = pages.every((page) => !pathname.startsWith(page.path) || may(page.permit))
  useJumps()
  useKeys({ '/': () => setSearching(true), '?': () => setHelping(true) })
  useCommandK(() => setSearching(true))
  return (
    <div className={isNavOpen ? 'shell nav-open' : 'shell'}>
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <Sidebar onChosen={() => setNavOpen(false)} />
      <button type="button" className="nav-shade" aria-label={t('action.close')} onClick={() => setNavOpen(false)} />
      <div className="shell-main">
        <TopBar onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} onMenu={() => setNavOpen(true)} />
        <ModeBanner />
        <main id="content" tabIndex={-1}>
          <Suspense key={pathname.split('/')[2]} fallback={<LoadingPage />}>
            {isAllowed ? <Outlet /> : <Forbidden />}
          </Suspense>
        </main>
      </div>
      <Suspense>
        {isSearching && <SearchPalette onClose={() => setSearching(false)} />}
        {isHelping && <KeyboardHelp onClose={() => setHelping(false)} />}
      </Suspense>
    </div>
  )
}

/** g, then the letter of the page, within a second. */
function useJumps(): void {
  const navigate = useNavigate()
  const may = useMay()
  const [isArmed, setArmed] = useState(false)
  const arm = () => {
    setArmed(true)
    window.setTimeout(() => setArmed(false), 1000)
  }
  useKeys({ g: arm }, !isArmed)
  const jumps = pages
    .filter((page) => may(page.permit))
    .map((page) => {
      const go = () => {
        setArmed(false)
        void navigate(page.path)
      }
      return [page.letter, go] as const
    })
  useKeys(Object.fromEntries(jumps), isArmed)
}

/** ⌘K or Ctrl K, also while typing. */
function useCommandK(open: () => void): void {
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
