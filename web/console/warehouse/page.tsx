// The warehouse's plain screen: the queues of a location, and one task after the other with its next step as one button.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import type { WarehouseQueues } from '../../../src/contracts/views-warehouse.ts'
import { ask } from '../../shared/api.ts'
import { useChosenLocation, useLocations } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { useText } from '../text.ts'
import { RejectionsCard } from './rejections-card.tsx'
import { Task } from './task.tsx'
import '../styles/orders.css'
import '../styles/warehouse.css'

const QUEUES = ['released', 'picking', 'packed', 'planned', 'shipped'] as const
type Queue = (typeof QUEUES)[number]

export function WarehousePage() {
  const { t } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const [chosen, choose] = useChosenLocation()
  const queues = useQuery({
    queryKey: ['warehouse', 'queues'],
    queryFn: () => ask('GET /warehouse/queues'),
    refetchInterval: 10_000,
  })
  const location = params.get('location') ?? (chosen === '' ? busiest(queues.data) : chosen)
  const state = QUEUES.find((one) => one === params.get('state')) ?? 'released'
  const set = (changes: Readonly<Record<string, string>>) =>
    setParams((before) => new URLSearchParams({ ...Object.fromEntries(before), ...changes }), { replace: true })
  const setLocation = (id: string) => {
    choose(id)
    set({ location: id })
  }
  return (
    <Page title={t('nav.warehouse')} extra={<LocationSelect value={location} onChange={setLocation} />}>
      {queues.error !== null && queues.data === undefined && (
        <Trouble error={queues.error} retry={() => void queues.refetch()} />
      )}
      <QueueTabs queues={queues.data} location={location} state={state} onChoose={(one) => set({ state: one })} />
      {location !== '' && <Tasks location={location} state={state} />}
      {queues.data !== undefined && location === '' && (
        <Empty icon="warehouse" title={t('load.none')}>
          {t('load.none_text')}
        </Empty>
      )}
      {may('allocation.read') && <RejectionsCard />}
    </Page>
  )
}

/** Where most work lies: the place to look first for who works at none in particular. */
function busiest(queues: WarehouseQueues | undefined): string {
  const open = (one: WarehouseQueues['items'][number]) => one.released + one.picking + one.packed
  const [first] = [...(queues?.items ?? [])].sort((a, b) => open(b) - open(a))
  return first?.location_id ?? ''
}

function LocationSelect({ value, onChange }: { value: string; onChange: (location_id: string) => void }) {
  const { t, either } = useText()
  const locations = useLocations()
  return (
    <Select
      className="warehouse-location"
      aria-label={t('load.location')}
      value={value === '' ? undefined : value}
      placeholder={t('location.choose')}
      onChange={onChange}
      options={locations.map((location) => ({
        value: location.location_id,
        label: either(location.name, location.name_zh),
      }))}
    />
  )
}

interface QueueTabsProps {
  readonly queues: WarehouseQueues | undefined
  readonly location: string
  readonly state: Queue
  readonly onChoose: (state: Queue) => void
}

function QueueTabs({ queues, location, state, onChoose }: QueueTabsProps) {
  const { t, format } = useText()
  const here = queues?.items.find((one) => one.location_id === location)
  return (
    <div className="work-tabs" role="tablist" aria-label={t('nav.warehouse')}>
      {QUEUES.map((one) => {
        const count = one === 'shipped' ? undefined : here?.[one]
        return (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === state}
            className="work-tab"
            onClick={() => onChoose(one)}
          >
            <span className="work-count">
              {count === undefined ? <Icon name="truck" size={20} /> : format.count(count)}
            </span>
            <span>{t(`warehouse.${one}`)}</span>
          </button>
        )
      })}
    </div>
  )
}

function Tasks({ location, state }: { location: string; state: Queue }) {
  const { t } = useText()
  const list = usePaged({
    key: ['warehouse', 'tasks', location, state],
    read: (cursor, signal) => ask('GET /fulfilments', { query: { location, state, cursor, limit: 25 }, signal }),
    live_ms: 10_000,
  })
  const tasks = list.items
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined)
    return (
      <section className="card">
        <LoadingRows />
      </section>
    )
  if (tasks.length === 0)
    return (
      <section className="card">
        <Empty icon="done" title={t(`warehouse.none_${state}`)}>
          {t('warehouse.none_text')}
        </Empty>
      </section>
    )
  return (
    <>
      <ul className="tasks">
        {tasks.map((task) => (
          <Task key={task.fulfilment_id} task={task} />
        ))}
      </ul>
      <MoreRows list={list} />
    </>
  )
}
