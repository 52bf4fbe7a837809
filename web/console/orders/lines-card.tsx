// The lines: what was ordered, for how much, and where its units are.
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OrderDetail, OrderLineView } from '../../../src/contracts/views-orders.ts'
import { Card } from '../parts/page.tsx'
import { Money } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { BucketBar } from './bucket-bar.tsx'

const FIRST = 30

export function LinesCard({ order }: { order: OrderDetail }) {
  const { t, format } = useText()
  const [isAll, setAll] = useState(false)
  const lines = isAll ? order.lines : order.lines.slice(0, FIRST)
  const units = order.lines.reduce((sum, line) => sum + line.ordered, 0)
  return (
    <Card
      id="lines"
      title={t('order.lines')}
      extra={<span className="quiet">{t('order.units', { count: units, number: format.number(units) })}</span>}
      flush
    >
      <ul>
        {lines.map((line) => (
          <Line key={line.line_no} line={line} currency={order.currency} />
        ))}
      </ul>
      {!isAll && order.lines.length > FIRST && (
        <div className="list-foot">
          <Button onClick={() => setAll(true)}>{t('order.all_lines', { count: order.lines.length })}</Button>
        </div>
      )}
    </Card>
  )
}

function Line({ line, currency }: { line: OrderLineView; currency: string }) {
  const { t, format, label } = useText()
  return (
    <li className="line">
      <div className="line-what">
        <span className="line-title">{line.title ?? line.sku}</span>
        <Link className="mono small" to={`/app/stock/${encodeURIComponent(line.sku)}`}>
          {line.sku}
        </Link>
        {line.shortage_reason !== null && line.buckets.backordered > 0 && (
          <p className="small line-short">{label('shortage', line.shortage_reason)}</p>
        )}
      </div>
      <div className="line-where">
        <BucketBar line={line} />
      </div>
      <div className="line-price right">
        <span className="quiet nowrap">
          {format.number(line.ordered)} × {unitPrice(line.unit_price, currency, format.language)}
        </span>
        {line.discount > 0 && (
          <span className="small quiet">
            {t('order.discount')} −{format.money(line.discount, currency)}
          </span>
        )}
      </div>
      <div className="line-net right">
        <Money amount={line.net} currency={currency} strong />
      </div>
    </li>
  )
}

/** Unit prices come as decimals with up to six places: shown as they are, at least with the currency's own. */
function unitPrice(price: string, currency: string, language: string): string {
  const usual =
    new Intl.NumberFormat(language, { style: 'currency', currency }).resolvedOptions().minimumFractionDigits ?? 2
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: usual,
    maximumFractionDigits: 6,
  }).format(Number(price))
}
