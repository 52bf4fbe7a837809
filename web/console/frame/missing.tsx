// There is no page at this address, or none for this role: say so, and offer the ways on.
import { Link, Navigate } from 'react-router'
import { Icon } from '../parts/icon.tsx'
import { useTitle } from '../parts/title.ts'
import { useText } from '../text.ts'
import { pages } from './pages.ts'
import { useMay, useSession } from './session.tsx'

export function Missing() {
  const { t } = useText()
  useTitle(t('missing.title'))
  return (
    <div className="lone">
      <span className="lone-number">404</span>
      <h1>{t('missing.title')}</h1>
      <p className="quiet">{t('missing.text')}</p>
      <WaysOn />
    </div>
  )
}

/** The page is there, but not for this role. */
export function Forbidden() {
  const { t, label } = useText()
  const { role } = useSession()
  useTitle(t('forbidden.title'))
  return (
    <div className="lone">
      <span className="lone-number">403</span>
      <h1>{t('forbidden.title')}</h1>
      <p className="quiet">{t('forbidden.text', { role: label('role', role) })}</p>
      <WaysOn />
    </div>
  )
}

/** The first page that this person's work begins with. */
export function Home() {
  const may = useMay()
  const first = pages.find((page) => may(page.permit))
  return first === undefined ? <Forbidden /> : <Navigate to={first.path} replace />
}

function WaysOn() {
  const { t } = useText()
  const may = useMay()
  return (
    <ul className="row wrap">
      {pages
        .filter((page) => may(page.permit))
        .map((page) => (
          <li key={page.path}>
            <Link className="chip" to={page.path}>
              <Icon name={page.icon} size={14} />
              {t(page.title)}
            </Link>
          </li>
        ))}
    </ul>
  )
}
