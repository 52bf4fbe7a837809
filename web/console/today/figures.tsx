// The few figures above everything: orders per second, today's totals, what runs late.
import type { Board } from '../../../src/contracts/views-board.ts'
import { useText } from '../text.ts'

export function Figures({ board }: { board: Board }) {
  const { t, format } = useText()
  const late = board.locations.reduce((sum, location) => sum + location.late, 0)
  const waiting = board.queue.reduce((sum, item) => sum + item.count, 0)
  const urgent = board.queue.reduce((sum, item) => sum + item.urgent, 0)
  return (
    <dl className="figures">
      <Figure
        name={t('today.rate')}
        value={format.number(board.orders_per_second, board.orders_per_second < 100 ? 1 : 0)}
        unit={t('today.per_second')}
        note={t('today.peak', { value: format.number(board.peak_per_second, 1) })}
      >
        <Spark values={board.rate.map((point) => point.placed)} />
      </Figure>
      <Figure name={t('today.placed')} value={format.count(board.placed_today)} note={t('today.since_midnight')} />
      <Figure name={t('today.shipped')} value={format.count(board.shipped_today)} note={t('today.since_midnight')} />
      <Figure
        name={t('today.waiting')}
        value={format.count(Math.min(waiting, 1000))}
        note={t('today.urgent', { count: urgent })}
        tone={urgent > 0 ? 'warn' : undefined}
      />
      <Figure
        name={t('today.late')}
        value={format.count(Math.min(late, 1000))}
        note={late > 0 ? t('today.late_note') : t('today.late_none')}
        tone={late > 0 ? 'bad' : undefined}
      />
    </dl>
  )
}

interface FigureProps {
  readonly name: string
  readonly value: string
  readonly unit?: string
  readonly note: string
  readonly tone?: 'warn' | 'bad'
  readonly children?: React.ReactNode
}

function Figure({ name, value, unit, note, tone, children }: FigureProps) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <span className="figure-value">
          {value}
          {unit !== undefined && <span className="figure-unit">{unit}</span>}
        </span>
        {children}
        <span className={tone === undefined ? 'figure-note' : `figure-note ${tone}`}>{note}</span>
      </dd>
    </div>
  )
}

function Spark({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null
  const top = Math.max(...values, 1)
  const points = values.map((value, index) => `${(index / (values.length - 1)) * 100},${28 - (value / top) * 26}`)
  return (
    <svg className="spark" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--brand)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
