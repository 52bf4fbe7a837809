// The head of an order: number, the four axes, the promise and its risk, where it came from.
import { Tooltip } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { useChannels } from '../frame/places.ts'
import { Icon } from '../parts/icon.tsx'
import { Pill, State } from '../parts/states.tsx'
import { Ago, CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'

const AXES = ['commercial', 'money', 'fulfilment', 'service'] as const

export function OrderHead({ order, children }: { order: OrderDetail; children: ReactNode }) {
  const { t, label } = useText()
  const channels = useChannels()
  const channel = channels.find((one) => one.channel === order.channel)?.name ?? order.channel
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
          {order.priority > 0 && <Pill tone="warn" icon="bolt">{t('orders.urgent')}</Pill>}
          <span className="quiet">
            {channel} · <span className="mono">{order.external_id}</span> · {t('order.placed')} <Ago at={order.placed_at} />
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
          <Promise order={order} />
        </li>
        {order.cancel_reason !== null && (
          <li>
            <span className="axis-name">{t('order.cancel_reason')}</span>
            <span>{label('cancel_reason', order.cancel_reason)}</span>
          </li>
        )}
        {order.tracking_url !== null && (
          <li className="axes-link">
            <TrackingLink url={order.tracking_url} />
          </li>
        )}
      </ul>
    </header>
  )
}

function Promise({ order }: { order: OrderDetail }) {
  const { t, format } = useText()
  const promise = order.promise
  if (promise === null || (promise.promised_at === null && promise.ship_by === null)) return <span className="quiet">{t('order.no_promise')}</span>
  const words = promise.promised_at === null ? t('order.ship_by', { date: format.dateTime(promise.ship_by ?? '') }) : t('order.arrives_by', { date: format.date(promise.promised_at) })
  return (
    <span className="row">
      <Tooltip title={promise.ship_by === null ? undefined : t('order.ship_by', { date: format.dateTime(promise.ship_by) })}>
        <span className="nowrap">{words}</span>
      </Tooltip>
      {promise.risk !== 'none' && <State kind="promise" state={promise.risk} />}
    </span>
  )
}

function TrackingLink({ url }: { url: string }) {
  const { t } = useText()
  const [isCopied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(new URL(url, window.location.href).href).then(() => setCopied(true))
  return (
    <span className="row">
      <a href={url} target="_blank" rel="noreferrer" className="row">
        <Icon name="external" size={14} />
        {t('order.tracking_page')}
      </a>
      <button type="button" className="ghost" onClick={copy} aria-label={t('order.copy_tracking')}>
        <Icon name={isCopied ? 'check' : 'link'} size={14} />
      </button>
    </span>
  )
}
