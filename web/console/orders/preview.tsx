// The order at the side of the list: what one needs to decide whether to open it; from the list at once, then in full.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { OrderListItem } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Facts } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Ago, CopyText, Money, Place } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { BucketBar } from './bucket-bar.tsx'
import { HoldList } from './holds.tsx'

export function Preview({ order, onClose }: { order: OrderListItem; onClose: () => void }) {
  const { t } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['order', order.order_id],
    queryFn: () => ask('GET /orders/:id', { params: { id: order.order_id } }),
  })
  return (
    <aside className="card preview" aria-label={t('orders.preview', { number: order.number })}>
      <header className="card-head">
        <CopyText text={order.number}>
          <Link className="mono strong" to={`/app/orders/${order.order_id}`}>
            {order.number}
          </Link>
        </CopyText>
        <button type="button" className="ghost" aria-label={t('action.close')} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="card-body stack">
        <div className="row wrap">
          <State kind="commercial" state={order.axes.commercial} />
          <State kind="money" state={order.axes.money} />
          <State kind="fulfilment" state={order.axes.fulfilment} />
          {order.axes.service !== 'clear' && <State kind="service" state={order.axes.service} />}
        </div>
        {data !== undefined && data.holds.length > 0 && <HoldList holds={data.holds} compact />}
        <Facts
          rows={[
            [t('column.placed'), <Ago key="placed" at={order.placed_at} />],
            [t('column.customer'), order.customer_name ?? t('orders.nameless')],
            [
              t('column.place'),
              <Place key="place" city={order.ship_city} region={order.ship_region} country={order.ship_country} />,
            ],
            [
              t('column.external'),
              <span key="external" className="mono">
                {order.external_id}
              </span>,
            ],
            [t('column.total'), <Money key="total" amount={order.total} currency={order.currency} strong />],
          ]}
        />
        {error !== null && <Trouble error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <LoadingRows rows={3} />}
        {data?.lines.slice(0, 8).map((line) => (
          <div key={line.line_no} className="preview-line">
            <div className="row between">
              <span className="clip">{line.title ?? line.sku}</span>
              <span className="nowrap quiet">× {line.ordered}</span>
            </div>
            <BucketBar line={line} />
          </div>
        ))}
        {data !== undefined && data.lines.length > 8 && (
          <p className="quiet small">{t('orders.more_lines', { count: data.lines.length - 8 })}</p>
        )}
        <Link className="chip" to={`/app/orders/${order.order_id}`}>
          {t('orders.open')} <kbd>Enter</kbd>
        </Link>
      </div>
    </aside>
  )
}
