// Work by location: what is planned, released, in picking and packed, side by side in one bar, late work named.
import { Link } from 'react-router'
import type { BoardLocation } from '../../../src/contracts/views-board.ts'
import { useChosenLocation } from '../frame/places.ts'
import { ChartCard } from '../parts/chart-card.tsx'
import { Empty } from '../parts/conditions.tsx'
import { Pill } from '../parts/states.tsx'
import { Age } from '../parts/values.tsx'
import { useText } from '../text.ts'

const PARTS = ['planned', 'released', 'picking', 'packed'] as const
const COLOURS = {
  planned: 'var(--flow-1)',
  released: 'var(--flow-2)',
  picking: 'var(--flow-3)',
  packed: 'var(--flow-5)',
} as const

export function LoadByLocation({ locations }: { locations: readonly BoardLocation[] }) {
  const { t, either, format } = useText()
  const [chosen] = useChosenLocation()
  const shown = chosen === '' ? locations : locations.filter((location) => location.location_id === chosen)
  const head = [
    t('load.location'),
    ...PARTS.map((part) => t(`work.${part}`)),
    t('load.shipped_today'),
    t('load.late'),
    t('load.oldest'),
  ]
  const rows = shown.map((location) => [
    either(location.name, location.name_zh),
    ...PARTS.map((part) => location[part]),
    location.shipped_today,
    location.late,
    location.oldest_released_at === null ? null : format.dateTime(location.oldest_released_at),
  ])
  const legend = (
    <span className="legend from-medium">
      {PARTS.map((part) => (
        <span key={part}>
          <i style={{ background: COLOURS[part] }} />
          {t(`work.${part}`)}
        </span>
      ))}
    </span>
  )
  const most = Math.max(1, ...shown.map(sum))
  return (
    <ChartCard title={t('load.title')} file="ordo-locations" head={head} rows={rows} note={legend}>
      {shown.length === 0 ? (
        <Empty icon="warehouse" title={t('load.none')}>
          {t('load.none_text')}
        </Empty>
      ) : (
        <ul className="loads">
          {shown.map((location) => (
            <LocationLoad key={location.location_id} location={location} most={most} />
          ))}
        </ul>
      )}
    </ChartCard>
  )
}

function sum(location: BoardLocation): number {
  return PARTS.reduce((total, part) => total + location[part], 0)
}

function LocationLoad({ location, most }: { location: BoardLocation; most: number }) {
  const { t, either, format } = useText()
  const total = sum(location)
  return (
    <li className="load">
      <Link className="load-name clip" to={`/app/warehouse?location=${encodeURIComponent(location.location_id)}`}>
        {either(location.name, location.name_zh)}
      </Link>
      <div
        className="load-bar"
        role="img"
        aria-label={PARTS.map((part) => `${t(`work.${part}`)} ${format.count(location[part])}`).join(', ')}
      >
        {PARTS.map(
          (part) =>
            location[part] > 0 && (
              <span
                key={part}
                title={`${t(`work.${part}`)} ${format.count(location[part])}`}
                style={{ width: `${(location[part] / most) * 100}%`, background: COLOURS[part] }}
              />
            ),
        )}
      </div>
      <span className="load-total">{format.count(Math.min(total, 1000))}</span>
      <span className="load-facts">
        {location.late > 0 ? (
          <Pill tone="bad" icon="clock">
            {t('load.late_count', { count: format.count(location.late) })}
          </Pill>
        ) : (
          <span className="quiet small">{t('load.on_time')}</span>
        )}
        <span className="quiet small from-medium">
          {location.oldest_released_at === null ? (
            ''
          ) : (
            <>
              {t('river.oldest')} <Age since={location.oldest_released_at} />
            </>
          )}
        </span>
      </span>
    </li>
  )
}
