// The work that each side gives the locations: side by side as bars, and over time as lines; each with its table and CSV.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { ComparisonView } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { ChartCard } from '../parts/chart-card.tsx'
import { Empty, Trouble } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const LoadChart = lazy(async () => ({ default: (await import('./load-chart.tsx')).LoadChart }))

export function LoadCards({ comparison }: { comparison: ComparisonView }) {
  return (
    <div className="lab-loads">
      <ByLocation comparison={comparison} />
      <OverTime comparison={comparison} />
    </div>
  )
}

function Legend() {
  return (
    <span className="legend">
      <span>
        <i className="lab-key a" />A
      </span>
      <span>
        <i className="lab-key b" />B
      </span>
    </span>
  )
}

function ByLocation({ comparison: { locations } }: { comparison: ComparisonView }) {
  const { t, either, format } = useText()
  const most = Math.max(1, ...locations.flatMap((one) => [one.a.orders, one.b.orders]))
  const head = [t('load.location'), t('lab.orders_a'), t('lab.orders_b'), t('lab.units_a'), t('lab.units_b')]
  const rows = locations.map((one) => [
    either(one.name, one.name_zh),
    one.a.orders,
    one.b.orders,
    one.a.units,
    one.b.units,
  ])
  return (
    <ChartCard title={t('lab.by_location')} file="ordo-lab-locations" head={head} rows={rows} note={<Legend />}>
      {locations.length === 0 ? (
        <Empty icon="warehouse" title={t('lab.no_load')} />
      ) : (
        <ul className="lab-bars">
          {locations.map((one) => (
            <li key={one.location_id}>
              <span className="clip">{either(one.name, one.name_zh)}</span>
              {(['a', 'b'] as const).map((side) => (
                <span key={side} className="lab-bar">
                  <span className={`lab-fill ${side}`} style={{ width: `${(one[side].orders / most) * 100}%` }} />
                  <span className="lab-count">
                    <span className="visually-hidden">{side.toUpperCase()} </span>
                    {format.number(one[side].orders)}
                  </span>
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </ChartCard>
  )
}

function OverTime({ comparison }: { comparison: ComparisonView }) {
  const { t, either, format } = useText()
  const [location_id, setLocation] = useState('')
  const { comparison_id } = comparison
  const { data, error, refetch } = useQuery({
    queryKey: ['lab', 'load', comparison_id, location_id],
    queryFn: () =>
      ask('GET /lab/comparisons/:comparison_id/load', { params: { comparison_id }, query: { location_id } }),
    placeholderData: (before) => before,
  })
  const points = data?.points ?? []
  const head = [t('rate.time'), t('lab.orders_a'), t('lab.orders_b'), t('lab.units_a'), t('lab.units_b')]
  const rows = points.map((point) => [
    format.dateTime(point.at),
    point.a.orders,
    point.b.orders,
    point.a.units,
    point.b.units,
  ])
  const choice = (
    <Select
      aria-label={t('lab.which_location')}
      className="lab-choice"
      value={location_id}
      options={[
        { value: '', label: t('lab.all_locations') },
        ...comparison.locations.map((one) => ({ value: one.location_id, label: either(one.name, one.name_zh) })),
      ]}
      onChange={setLocation}
    />
  )
  const title = t(data?.step === 'day' ? 'lab.by_day' : 'lab.by_hour')
  return (
    <ChartCard title={title} file="ordo-lab-load" head={head} rows={rows} note={choice}>
      {error !== null && data === undefined ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : data !== undefined && points.length === 0 ? (
        <Empty icon="chart" title={t('lab.no_load')} />
      ) : (
        <Suspense fallback={<div className="chart" />}>
          <LoadChart points={points} title={title} isByDay={data?.step === 'day'} />
        </Suspense>
      )}
    </ChartCard>
  )
}
