// Fulfilment orders and parcels: where they are, their labels, and what the carrier said.
import { useState } from 'react'
import { Link } from 'react-router'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import type { FulfilmentView, ParcelView } from '../../../src/contracts/views-warehouse.ts'
import { useCarrierName, useLocations } from '../frame/places.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Ago, CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { useOrderFulfilments } from './order-data.ts'

export function ParcelsCard({ order }: { order: OrderDetail }) {
  const { t, format } = useText()
  const { data, error, refetch } = useOrderFulfilments(order.order_id)
  const count = data?.items.reduce((sum, one) => sum + one.parcels.length, 0) ?? 0
  return (
    <Card
      id="parcels"
      title={t('order.parcels')}
      extra={
        count > 0 && <span className="quiet">{t('order.parcel_count', { count, number: format.number(count) })}</span>
      }
      flush
    >
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data?.items.length === 0 && (
        <Empty icon="warehouse" title={t('order.no_parcels')}>
          {t('order.no_parcels_text')}
        </Empty>
      )}
      {data?.items.map((one) => (
        <Fulfilment key={one.fulfilment_id} fulfilment={one} order_id={order.order_id} />
      ))}
    </Card>
  )
}

function Fulfilment({ fulfilment, order_id }: { fulfilment: FulfilmentView; order_id: string }) {
  const { t, either, format } = useText()
  const carrier = useCarrierName()
  const location = useLocations().find((one) => one.location_id === fulfilment.location_id)
  const units = fulfilment.lines
    .filter((line) => line.order_id === order_id)
    .reduce((sum, line) => sum + line.quantity, 0)
  return (
    <section className="fulfilment">
      <div className="row between wrap">
        <div className="row wrap">
          <Icon name="warehouse" />
          <Link to={`/app/warehouse?location=${encodeURIComponent(fulfilment.location_id)}&state=${fulfilment.state}`}>
            <strong>{location === undefined ? fulfilment.location_id : either(location.name, location.name_zh)}</strong>
          </Link>
          <State kind="work" state={fulfilment.state} />
          <span className="quiet">
            {t('order.units', { count: units, number: format.number(units) })} ·{' '}
            {carrier(fulfilment.carrier, fulfilment.service)}
          </span>
        </div>
        {fulfilment.ship_by !== null && fulfilment.state !== 'shipped' && fulfilment.state !== 'delivered' && (
          <span className="quiet small">{t('order.ship_by', { date: format.moment(fulfilment.ship_by) })}</span>
        )}
      </div>
      {fulfilment.parcels.map((parcel) => (
        <Parcel key={parcel.parcel_id} parcel={parcel} />
      ))}
    </section>
  )
}

function Parcel({ parcel }: { parcel: ParcelView }) {
  const { t, label, format } = useText()
  const [isOpen, setOpen] = useState(false)
  const scans = [...parcel.scans].sort((a, b) => b.at.localeCompare(a.at))
  const shown = isOpen ? scans : scans.slice(0, 3)
  return (
    <div className="parcel">
      <div className="row between wrap">
        <div className="row wrap">
          <Icon name="truck" />
          {parcel.tracking_number === null ? (
            <span className="quiet">{t('order.no_label')}</span>
          ) : (
            <CopyText text={parcel.tracking_number} />
          )}
          <State kind="parcel" state={parcel.state} />
        </div>
        {parcel.label_url !== null && (
          <a className="row" href={parcel.label_url} target="_blank" rel="noreferrer">
            <Icon name="download" size={14} />
            {t('order.label')}
          </a>
        )}
      </div>
      {shown.length > 0 && (
        <ol className="scans">
          {shown.map((scan) => (
            <li key={`${scan.at}${scan.code}`}>
              <span>
                {label('scan', scan.code)}
                {scan.place === null ? '' : ` · ${scan.place}`}
              </span>
              <span className="quiet small nowrap" title={format.dateTime(scan.at)}>
                <Ago at={scan.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {scans.length > 3 && (
        <button type="button" className="ghost" onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('action.less') : t('order.all_scans', { count: scans.length })}
        </button>
      )}
    </div>
  )
}
