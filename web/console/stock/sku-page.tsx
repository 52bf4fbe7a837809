// One SKU: what the network can promise, what lies at each location, and every unit that moved lately.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { MovementView, StockItem, StockView } from '../../../src/contracts/views-stock.ts'
import { ask } from '../../shared/api.ts'
import { useLocations, useStaffNames } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingPage, Trouble } from '../parts/conditions.tsx'
import { Card, Facts, Page } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago, Money } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { type StockChange, StockDialog } from './stock-dialog.tsx'
import '../styles/stock.css'

export function SkuPage() {
  const { sku = '' } = useParams()
  const { t } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['stock', 'sku', sku],
    queryFn: () => ask('GET /stock/:sku', { params: { sku } }),
    refetchInterval: 10_000,
  })
  if (data !== undefined) return <Sku stock={data} />
  if (error === null) return <LoadingPage />
  return (
    <Page title={sku}>
      <Trouble error={error} retry={() => void refetch()} />
      <p>
        <Link to="/app/stock">{t('stock.to_list')}</Link>
      </p>
    </Page>
  )
}

function Sku({ stock }: { stock: StockView }) {
  const { t, either } = useText()
  const may = useMay()
  const [change, setChange] = useState<StockChange | null>(null)
  const extra = (
    <>
      {may('stock.receive') && <Button onClick={() => setChange('receive')}>{t('stock.receive')}</Button>}
      {may('stock.adjust') && <Button onClick={() => setChange('count')}>{t('stock.count')}</Button>}
      {may('stock.adjust') && <Button onClick={() => setChange('adjust')}>{t('stock.adjust')}</Button>}
    </>
  )
  return (
    <Page
      title={either(stock.name, stock.name_zh)}
      note={<span className="mono quiet">{stock.sku}</span>}
      back={{ to: '/app/stock', label: t('stock.to_list') }}
      extra={extra}
    >
      <div className="sku-columns">
        <div className="stack">
          {stock.networks.map((network) => (
            <Network key={network.network_id} network={network} />
          ))}
          <Locations stock={stock} />
          <Movements movements={stock.movements} />
        </div>
        <Goods stock={stock} />
      </div>
      {change !== null && <StockDialog change={change} sku={stock.sku} onClose={() => setChange(null)} />}
    </Page>
  )
}

/** free + reserved = supply + presale, drawn as it is computed. */
function Network({ network }: { network: StockItem }) {
  const { t, format } = useText()
  const all = Math.max(1, network.supply + network.presale)
  return (
    <Card
      id={`network-${network.network_id}`}
      title={
        <>
          {t('stock.network')} <span className="mono quiet">{network.network_id}</span>
        </>
      }
      extra={<State kind="stock" state={network.state} />}
    >
      <div className="promise">
        <div>
          <span className="promise-number">{format.number(network.free)}</span>
          <span className="quiet">{t('stock.free_long')}</span>
        </div>
        <span className="promise-sign">=</span>
        <div>
          <span className="promise-number small-number">{format.number(network.supply)}</span>
          <span className="quiet">{t('stock.supply')}</span>
        </div>
        <span className="promise-sign">+</span>
        <div>
          <span className="promise-number small-number">{format.number(network.presale)}</span>
          <span className="quiet">{t('stock.presale')}</span>
        </div>
        <span className="promise-sign">−</span>
        <div>
          <span className="promise-number small-number">{format.number(network.reserved)}</span>
          <span className="quiet">{t('stock.reserved')}</span>
        </div>
      </div>
      <div className="bar promise-bar" aria-hidden="true">
        {network.reserved > 0 && (
          <span style={{ width: `${(network.reserved / all) * 100}%`, background: 'var(--flow-4)' }} />
        )}
        {network.free > 0 && <span style={{ width: `${(network.free / all) * 100}%`, background: '#9bd3b6' }} />}
      </div>
    </Card>
  )
}

function Locations({ stock }: { stock: StockView }) {
  const { t, either, format } = useText()
  const columns = (['on_hand', 'unsellable', 'allocated', 'free'] as const).map((name) => ({
    key: name,
    title: t(`stock.${name}`),
    align: 'right' as const,
    cell: (row: StockView['locations'][number]) =>
      name === 'free' ? <strong>{format.number(row[name])}</strong> : format.number(row[name]),
  }))
  return (
    <Card id="locations" title={t('stock.at_locations')} flush>
      {stock.locations.length === 0 ? (
        <Empty icon="warehouse" title={t('stock.nowhere')}>
          {t('stock.nowhere_text')}
        </Empty>
      ) : (
        <Table
          caption={t('stock.at_locations')}
          rows={stock.locations}
          rowKey={(row) => `${row.location_id} ${row.lot}`}
          columns={[
            { key: 'name', title: t('load.location'), cell: (row) => either(row.name, row.name_zh) },
            {
              key: 'lot',
              title: t('stock.lot'),
              from: 'medium',
              cell: (row) => (row.lot === '' ? '—' : <span className="mono">{row.lot}</span>),
            },
            ...columns,
          ]}
        />
      )}
    </Card>
  )
}

function Movements({ movements }: { movements: readonly MovementView[] }) {
  const { t, label, format } = useText()
  const place = usePlaceName()
  const names = useStaffNames()
  return (
    <Card id="movements" title={t('stock.movements')} flush>
      {movements.length === 0 ? (
        <Empty icon="sort" title={t('stock.no_movements')} />
      ) : (
        <Table
          caption={t('stock.movements')}
          rows={movements}
          rowKey={(row) => row.movement_id}
          columns={[
            { key: 'at', title: t('rate.time'), cell: (row) => <Ago at={row.at} /> },
            { key: 'kind', title: t('stock.kind'), cell: (row) => t(`movement.${row.kind}`) },
            {
              key: 'quantity',
              title: t('stock.quantity'),
              align: 'right',
              cell: (row) => <strong>{format.number(row.quantity)}</strong>,
            },
            { key: 'from', title: t('stock.from'), cell: (row) => place(row.from_place, row.from_condition) },
            { key: 'to', title: t('stock.to'), cell: (row) => place(row.to_place, row.to_condition) },
            {
              key: 'reason',
              title: t('stock.reason'),
              from: 'wide',
              cell: (row) => (row.reason === null ? '—' : label('stock_reason', row.reason)),
            },
            {
              key: 'actor',
              title: t('stock.actor'),
              from: 'wide',
              cell: (row) =>
                names.get(row.actor.split(':')[1] ?? '') ??
                label('actor', row.actor.startsWith('step') ? 'system' : (row.actor.split(':')[0] ?? '')),
            },
          ]}
        />
      )}
    </Card>
  )
}

/** A location by its name; the places outside by theirs. */
function usePlaceName(): (place: string, condition: string) => string {
  const { label, either, t } = useText()
  const locations = useLocations()
  return (place, condition) => {
    const location = locations.find((one) => one.location_id === place)
    const name = place.startsWith('@')
      ? label('place', place.slice(1))
      : location === undefined
        ? place
        : either(location.name, location.name_zh)
    return condition === 'unsellable' && !place.startsWith('@') ? `${name} (${t('stock.unsellable')})` : name
  }
}

function Goods({ stock }: { stock: StockView }) {
  const { t, format } = useText()
  return (
    <Card id="goods" title={t('stock.goods')}>
      <Facts
        rows={[
          [
            t('stock.sku'),
            <span key="sku" className="mono">
              {stock.sku}
            </span>,
          ],
          [
            t('stock.gtin'),
            stock.gtin === null ? (
              '—'
            ) : (
              <span key="gtin" className="mono">
                {stock.gtin}
              </span>
            ),
          ],
          [t('stock.category'), stock.category === '' ? '—' : stock.category],
          [
            t('stock.price'),
            stock.price === null || stock.currency === null ? (
              '—'
            ) : (
              <Money key="price" amount={stock.price} currency={stock.currency} />
            ),
          ],
          [t('stock.weight'), t('stock.grams', { value: format.number(stock.weight_grams) })],
          [
            t('stock.size'),
            t('stock.millimetres', {
              value: [stock.length_mm, stock.width_mm, stock.height_mm].map((side) => format.number(side)).join(' × '),
            }),
          ],
        ]}
      />
    </Card>
  )
}
