// The head of an order: number, the four axes, the promise and its risk, where it came from.
import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { useChannelName } from '../frame/places.ts'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { Pill, State } from '../parts/states.tsx'
import { Ago, CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { useOrderFulfilments } from './order-data.ts'
import { promiseOf } from './promise.ts'

const AXES = ['commercial', 'money', 'fulfilment', 'service'] as const

export function OrderHead({ order, children }: { order: OrderDetail; children: ReactNode }) {
  const { t, label } = useText()
  const channel = useChannelName()(order.channel)
  return (
    <header className="order-head">
      <div className="row between wrap">
        <div className="row wrap">
          <Link to="/app/orders" className="ghost" aria-label={t('order.to_list')}>
            <Icon name="left" />
          </Link>
          <h1>
            <CopyText text={order.number}>
              <span className="mono order-title">{order.number}</span>
            </CopyText>
          </h1>
          {order.priority > 0 && (
            <Pill tone="warn" icon="bolt">
              {t('orders.urgent')}
            </Pill>
          )}
          <span className="quiet">
            {channel} · <span className="mono">{order.external_id}</span> · {t('order.placed')}{' '}
            <Ago at={order.placed_at} />
          </span>
        </div>
        <div className="row wrap">{children}</div>
      </div>
      <ul className="axes">
        {AXES.map((axis) => (
          <li key={axis}>
            <span className="axis-name">{t(`axis.${axis}`)}</span>
            <State kind={axis} state={order.axes[axis]} />
          </li>
        ))}
        <li>
          <span className="axis-name">{t('order.promise')}</span>
          <Promised order={order} />
        </li>
        {order.cancel_reason !== null && (
          <li>
            <span className="axis-name">{t('order.cancel_reason')}</span>
            <span>{label('cancel_reason', order.cancel_reason)}</span>
          </li>
        )}
        <li className="axes-link">
          <TrackingLink order_id={order.order_id} />
        </li>
      </ul>
    </header>
  )
}

/** What was promised and how it stands: from the order where it knows, else from its fulfilment orders. */
function Promised({ order }: { order: OrderDetail }) {
  const { t, format } = useText()
  const { data } = useOrderFulfilments(order.order_id)
  const now = useNow()
  const promise = order.promise ?? promiseOf(data?.items ?? [], order.axes.fulfilment, now)
  if (promise === null) return <span className="quiet">{t('order.no_promise')}</span>
  const { ship_by, promised_at, risk } = promise
  return (
    <span className="row">
      <Tooltip title={ship_by === null ? undefined : t('order.ship_by', { date: format.dateTime(ship_by) })}>
        <span className="nowrap">
          {promised_at === null
            ? t('order.ship_by', { date: format.moment(ship_by ?? '') })
            : t('order.arrives_by', { date: format.monthDay(promised_at) })}
        </span>
      </Tooltip>
      {risk !== 'none' && <State kind="promise" state={risk} />}
    </span>
  )
}

function TrackingLink({ order_id }: { order_id: string }) {
  const { t } = useText()
  const { data } = useQuery({
    queryKey: ['tracking-link', order_id],
    queryFn: () => ask('GET /orders/:id/tracking-link', { params: { id: order_id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [isCopied, setCopied] = useState(false)
  if (data === undefined) return null
  const copy = () => void navigator.clipboard?.writeText(data.url).then(() => setCopied(true))
  return (
    <span className="row">
      <a href={data.url} target="_blank" rel="noreferrer" className="row">
        <Icon name="external" size={14} />
        {t('order.tracking_page')}
      </a>
      <button type="button" className="ghost" onClick={copy} aria-label={t('order.copy_tracking')}>
        <Icon name={isCopied ? 'check' : 'link'} size={14} />
      </button>
    </span>
  )
}
