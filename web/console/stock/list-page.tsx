// Stock by SKU over the network: what can be promised, what is spoken for, what lies where; low and empty first to be found.
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { StockItem } from '../../../src/contracts/views-stock.ts'
import { ask } from '../../shared/api.ts'
import { useChosenLocation } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { saveCsv } from '../parts/csv.ts'
import { Icon } from '../parts/icon.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { useText } from '../text.ts'
import { type StockChange, StockDialog } from './stock-dialog.tsx'
import '../styles/orders.css'
import '../styles/stock.css'

const STATES = ['out', 'low', 'ok'] as const

export function StockPage() {
  const { t } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const [location] = useChosenLocation()
  const [change, setChange] = useState<StockChange | null>(null)
  const state = STATES.find((one) => one === params.get('state'))
  const q = params.get('q') ?? ''
  const list = useStock(q, state, location)
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === undefined || value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  const extra = (
    <>
      {may('stock.receive') && <Button onClick={() => setChange('receive')}>{t('stock.receive')}</Button>}
      {may('stock.adjust') && <Button onClick={() => setChange('count')}>{t('stock.count')}</Button>}
      {may('stock.adjust') && <Button onClick={() => setChange('adjust')}>{t('stock.adjust')}</Button>}
    </>
  )
  return (
    <Page title={t('nav.stock')} extra={extra}>
      <section className="card flush">
        <TabBar
          label={t('nav.stock')}
          tabs={['all' as const, ...STATES].map((one) => ({ key: one, name: t(`stock.${one}`) }))}
          chosen={state ?? 'all'}
          onChoose={(one) => set('state', one === 'all' ? undefined : one)}
        />
        <div className="filters">
          <div className="row">
            <Search value={q} onSearch={(value) => set('q', value)} />
            <span className="grow" />
            <Export items={list.items} />
          </div>
        </div>
        {list.error !== null && <Trouble error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && list.error === null && <LoadingRows />}
        {list.data !== undefined && list.items.length === 0 && <NoStock isFiltered={q !== '' || state !== undefined} />}
        {list.items.length > 0 && <StockTable items={list.items} />}
        <MoreRows list={list} />
      </section>
      {change !== null && <StockDialog change={change} onClose={() => setChange(null)} />}
    </Page>
  )
}

function useStock(q: string, state: StockItem['state'] | undefined, location: string) {
  const query = { q: q === '' ? undefined : q, state, location: location === '' ? undefined : location }
  return usePaged({
    key: ['stock', query],
    read: (cursor, signal) => ask('GET /stock', { query: { ...query, cursor, limit: 50 }, signal }),
  })
}

function Search({ value, onSearch }: { value: string; onSearch: (value: string) => void }) {
  const { t } = useText()
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => typed.trim() !== value && onSearch(typed.trim()), 250)
    return () => window.clearTimeout(timer)
  })
  return (
    <Input
      className="order-search"
      value={typed}
      allowClear
      prefix={<Icon name="search" size={14} />}
      placeholder={t('stock.search')}
      aria-label={t('stock.search')}
      maxLength={120}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

function NoStock({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useText()
  return (
    <Empty icon="stock" title={isFiltered ? t('stock.none') : t('stock.empty')}>
      {isFiltered ? t('stock.none_text') : t('stock.empty_text')}
    </Empty>
  )
}

function Export({ items }: { items: readonly StockItem[] }) {
  const { t } = useText()
  const save = () =>
    saveCsv(
      'ordo-stock',
      ['sku', 'network', 'name', 'free', 'reserved', 'supply', 'presale', 'on_hand', 'allocated', 'unsellable'],
      items.map((item) => [
        item.sku,
        item.network_id,
        item.name,
        item.free,
        item.reserved,
        item.supply,
        item.presale,
        item.on_hand,
        item.allocated,
        item.unsellable,
      ]),
    )
  return (
    <button type="button" className="ghost labelled" aria-label={t('chart.csv')} onClick={save}>
      <Icon name="download" />
      <span className="from-medium">{t('chart.csv')}</span>
    </button>
  )
}

const FIGURES = ['reserved', 'presale', 'on_hand', 'allocated', 'unsellable'] as const
/** Figures that a narrower window does without. */
const WIDE_ONLY: ReadonlySet<string> = new Set(['presale', 'allocated', 'unsellable'])

function StockTable({ items }: { items: readonly StockItem[] }) {
  const { t, either, format } = useText()
  const navigate = useNavigate()
  const number = (value: number) => <span className={value === 0 ? 'quiet' : ''}>{format.number(value)}</span>
  const path = (item: StockItem) => `/app/stock/${encodeURIComponent(item.sku)}`
  const columns: Column<StockItem>[] = [
    {
      key: 'sku',
      title: t('stock.sku'),
      width: 150,
      cell: (item) => (
        <Link className="mono nowrap" to={path(item)}>
          {item.sku}
        </Link>
      ),
    },
    {
      key: 'name',
      title: t('stock.name'),
      cell: (item) => <span className="clip stock-name">{either(item.name, item.name_zh)}</span>,
    },
    {
      key: 'state',
      title: t('stock.state'),
      cell: (item) => <State kind="stock" state={item.state} plain={item.state === 'ok'} />,
    },
    {
      key: 'free',
      title: t('stock.free'),
      align: 'right',
      cell: (item) => <strong>{format.number(item.free)}</strong>,
    },
    { key: 'share', title: '', width: 120, from: 'medium', cell: (item) => <Share item={item} /> },
    ...FIGURES.map(
      (name): Column<StockItem> => ({
        key: name,
        title: t(`stock.${name}`),
        align: 'right',
        from: WIDE_ONLY.has(name) ? 'wide' : undefined,
        cell: (item) => number(item[name]),
      }),
    ),
    {
      key: 'locations',
      title: t('stock.locations'),
      align: 'right',
      from: 'wide',
      cell: (item) => number(item.location_count),
    },
  ]
  return (
    <Table
      caption={t('nav.stock')}
      rows={items}
      rowKey={(item) => `${item.network_id} ${item.sku}`}
      onOpen={(item) => void navigate(path(item))}
      columns={columns}
    />
  )
}

/** How much of the supply is spoken for. */
function Share({ item }: { item: Pick<StockItem, 'supply' | 'presale' | 'reserved'> }) {
  const { t, format } = useText()
  const all = item.supply + item.presale
  const part = all === 0 ? 0 : item.reserved / all
  return (
    <span
      className="bar"
      role="img"
      aria-label={t('stock.share', { part: format.percent(part) })}
      title={t('stock.share', { part: format.percent(part) })}
    >
      {part > 0 && <span style={{ width: `${part * 100}%`, background: part > 0.9 ? '#d98a1f' : 'var(--flow-3)' }} />}
    </span>
  )
}
