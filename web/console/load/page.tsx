// Load: the slots of every location on one axis of time, what is full, what is late, how fast the floor is, and when the carrier comes.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { LoadView, LocationLoad } from '../../../src/contracts/capacity.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useChosenLocation } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { ChartCard } from '../parts/chart-card.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Page } from '../parts/page.tsx'
import { WorkDialog } from '../settings/work-dialog.tsx'
import { useText } from '../text.ts'
import { fillOf, fullnessOf } from './load-figures.ts'
import { LoadRow } from './load-row.tsx'
import '../styles/load.css'

const HORIZONS = [24, 72, 168] as const
const LIVE_MS = 15_000

export function LoadPage() {
  const { t } = useText()
  const [params, setParams] = useSearchParams()
  const hours = HORIZONS.find((one) => String(one) === params.get('hours')) ?? HORIZONS[0]
  const { data, error, refetch } = useQuery({
    queryKey: ['capacity', 'load', hours],
    queryFn: ({ signal }) => ask('GET /capacity/load', { query: { hours }, signal }),
    refetchInterval: LIVE_MS,
    placeholderData: (before) => before,
  })
  return (
    <Page
      title={t('capacity.title')}
      extra={
        <fieldset className="row load-horizons" aria-label={t('capacity.horizon')}>
          {HORIZONS.map((one) => (
            <button
              key={one}
              type="button"
              className={one === hours ? 'chip on' : 'chip'}
              aria-pressed={one === hours}
              onClick={() => setParams({ hours: String(one) }, { replace: true })}
            >
              {t(`capacity.hours_${one}`)}
            </button>
          ))}
        </fieldset>
      }
    >
      <AllocationTabs here="/app/load" />
      {error !== null && data === undefined ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingRows />
      ) : (
        <Loads view={data} hours={hours} />
      )}
    </Page>
  )
}

function Loads({ view, hours }: { view: LoadView; hours: number }) {
  const { t } = useText()
  const may = useMay()
  const [chosen] = useChosenLocation()
  const [edited, setEdited] = useState<string | null>(null)
  const shown = chosen === '' ? view.items : view.items.filter((one) => one.location_id === chosen)
  const limited = shown.filter((one) => one.limited)
  const onEdit = may('catalog.write') ? setEdited : null
  return (
    <>
      {limited.length === 0 ? (
        <NoLimits />
      ) : (
        <LimitedLoads loads={limited} at={view.at} hours={hours} onEdit={onEdit} />
      )}
      <WithoutLimits loads={shown.filter((one) => !one.limited)} onEdit={onEdit} />
      {edited !== null && <WorkDialog location_id={edited} onClose={() => setEdited(null)} />}
      {onEdit !== null && limited.length > 0 && (
        <p className="quiet small">
          <Link to="/app/settings?tab=locations">{t('capacity.all_locations')}</Link>
        </p>
      )}
    </>
  )
}

function NoLimits() {
  const { t } = useText()
  return (
    <section className="card">
      <Empty icon="clock" title={t('capacity.none')}>
        {t('capacity.none_text')}
      </Empty>
    </section>
  )
}

interface LimitedLoadsProps {
  readonly loads: readonly LocationLoad[]
  readonly at: string
  readonly hours: number
  readonly onEdit: ((location_id: string) => void) | null
}

function LimitedLoads({ loads, at, hours, onEdit }: LimitedLoadsProps) {
  const { t, either, format } = useText()
  const full = loads.filter((load) => fullnessOf(load) === 'full').map((load) => either(load.name, load.name_zh))
  const columns = ['orders', 'max_orders', 'lines', 'max_lines', 'minutes', 'max_minutes', 'done_orders'] as const
  const head = [
    t('load.location'),
    t('capacity.from'),
    t('capacity.until'),
    ...columns.map((column) => t(`capacity.${column}`)),
    t('capacity.fill_percent'),
  ]
  const rows = loads.flatMap((load) =>
    load.slots.map((slot) => [
      either(load.name, load.name_zh),
      format.dateTime(slot.starts_at),
      format.dateTime(slot.ends_at),
      ...columns.map((column) => slot[column]),
      Math.round(fillOf(slot) * 100),
    ]),
  )
  return (
    <ChartCard title={t('capacity.by_hour')} file="ordo-load" head={head} rows={rows} note={<Legend />}>
      <p className={full.length === 0 ? 'load-sum quiet' : 'load-sum strong'}>
        {full.length === 0
          ? t('capacity.nothing_full')
          : t('capacity.full_are', { count: full.length, names: format.list(full) })}
      </p>
      <ul className="load-rows">
        {loads.map((load) => (
          <LoadRow key={load.location_id} load={load} at={at} hours={hours} onEdit={onEdit} />
        ))}
      </ul>
    </ChartCard>
  )
}

function Legend() {
  const { t } = useText()
  return (
    <span className="legend from-medium">
      {(['done', 'booked', 'full'] as const).map((part) => (
        <span key={part}>
          <i className={`load-key ${part}`} />
          {t(`capacity.key_${part}`)}
        </span>
      ))}
    </span>
  )
}

interface WithoutLimitsProps {
  readonly loads: readonly LocationLoad[]
  readonly onEdit: ((location_id: string) => void) | null
}

function WithoutLimits({ loads, onEdit }: WithoutLimitsProps) {
  const { t, either } = useText()
  if (loads.length === 0) return null
  return (
    <Card id="without-limits" title={t('capacity.without')}>
      <p className="quiet">{t('capacity.without_text')}</p>
      <ul className="load-without">
        {loads.map((load) => (
          <li key={load.location_id}>
            <span className="clip">{either(load.name, load.name_zh)}</span>
            {onEdit !== null && (
              <Button
                size="small"
                aria-label={t('capacity.set_for', { name: either(load.name, load.name_zh) })}
                onClick={() => onEdit(load.location_id)}
              >
                {t('capacity.set')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
