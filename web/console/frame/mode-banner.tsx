// Above every page while something is out of the ordinary: what is decided with last good values, which promotion is on and what it changes.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { ask } from '../../shared/api.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { useMay } from './session.tsx'
import '../styles/modes.css'

const READ_AGAIN_MS = 30_000

/** What is out of the ordinary now; undefined until it is known, and for those who may not look. */
export function useModes() {
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['modes', 'now'],
    queryFn: () => ask('GET /modes'),
    enabled: may('allocation.read'),
    refetchInterval: READ_AGAIN_MS,
  })
  return data
}

export function ModeBanner() {
  const { t, either, format } = useText()
  const { promotion = null, degraded = [] } = useModes() ?? {}
  return (
    <>
      {degraded.map((one) => (
        <div key={one.kind} className="mode-banner degraded" role="status">
          <Icon name="exceptions" />
          <p className="grow">
            <strong>{t('degraded.title')}</strong> {t('degraded.since', { since: format.moment(one.since) })}{' '}
            {either(one.says.en, one.says.zh)}
          </p>
          <Link to="/app/modes">{t('mode.look')}</Link>
        </div>
      ))}
      {promotion !== null && (
        <div className="mode-banner promotion" role="status">
          <Icon name="clock" />
          <p className="grow">
            <strong>{promotion.name}</strong> {t('mode.until', { until: format.moment(promotion.until) })}{' '}
            {either(promotion.says.en, promotion.says.zh)}
          </p>
          <Link to="/app/modes">{t('mode.look')}</Link>
        </div>
      )}
    </>
  )
}
