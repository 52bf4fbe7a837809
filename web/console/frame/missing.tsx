// There is no page at this address: say so, and offer the ways on.
import { Link } from 'react-router'
import { Icon } from '../parts/icon.tsx'
import { useTitle } from '../parts/title.ts'
import { useText } from '../text.ts'
import { pages } from './pages.ts'
import { useMay } from './session.tsx'

export function Missing() {
  const { t } = useText()
  const may = useMay()
  useTitle(t('missing.title'))
  return (
    <div className="lone">
      <span className="lone-number">404</span>
      <h1>{t('missing.title')}</h1>
      <p className="quiet">{t('missing.text')}</p>
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
    </div>
  )
}
