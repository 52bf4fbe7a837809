// The river of orders: as wide at each step as what lies there, coloured by how long the oldest waits; every step opens its orders.
import { useId } from 'react'
import { Link } from 'react-router'
import type { BoardStep, BoardStepName } from '../../../src/contracts/views-board.ts'
import { ChartCard } from '../parts/chart-card.tsx'
import { State } from '../parts/states.tsx'
import { Age } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { halfWidth, riverPath } from './river-shape.ts'

const OPENS: Readonly<Record<BoardStepName, string>> = {
  place: '/app/orders?tab=open',
  reserve: '/app/orders?tab=backordered',
  screen: '/app/review',
  verify_payment: '/app/orders?tab=awaiting_payment',
  allocate: '/app/orders?tab=to_ship',
  release: '/app/warehouse?state=planned',
  pick: '/app/warehouse?state=released',
  pack: '/app/warehouse?state=picking',
  ship: '/app/warehouse?state=packed',
  deliver: '/app/orders?tab=shipped',
}

const COLOURS = { ok: 'var(--flow-3)', slow: '#d98a1f', stuck: '#cf3a2e' } as const

export function RiverCard({ steps }: { steps: readonly BoardStep[] }) {
  const { t, format } = useText()
  const head = [
    t('river.step'),
    t('river.backlog'),
    t('river.waiting'),
    t('river.oldest'),
    t('river.passed'),
    t('river.dead'),
    t('river.state'),
  ]
  const rows = steps.map((step) => [
    t(`step.${step.step}`),
    step.backlog,
    step.waiting,
    step.oldest_at === null ? null : format.dateTime(step.oldest_at),
    step.passed_last_minute,
    step.dead_letters,
    t(`flow.${step.state}`),
  ])
  return (
    <ChartCard title={t('river.title')} file="ordo-flow" head={head} rows={rows}>
      <River steps={steps} />
    </ChartCard>
  )
}

function River({ steps }: { steps: readonly BoardStep[] }) {
  const gradient = useId()
  const all = steps.map((step) => Math.min(step.backlog + step.waiting, 1000))
  return (
    <div className="river">
      <svg
        className="river-water"
        viewBox={`0 0 ${steps.length * 100} 100`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <defs>
          <linearGradient id={gradient} x1="0" x2={steps.length * 100} y1="0" y2="0" gradientUnits="userSpaceOnUse">
            {steps.map((step, index) => (
              <stop key={step.step} offset={(index + 0.5) / steps.length} stopColor={COLOURS[step.state]} />
            ))}
          </linearGradient>
        </defs>
        <path d={riverPath(all)} fill={`url(#${gradient})`} opacity="0.28" />
        <path d={riverPath(steps.map((step) => step.backlog))} fill={`url(#${gradient})`} opacity="0.9" />
      </svg>
      <ol className="river-steps">
        {steps.map((step) => (
          <RiverStep key={step.step} step={step} />
        ))}
      </ol>
    </div>
  )
}

function RiverStep({ step }: { step: BoardStep }) {
  const { t, format } = useText()
  const total = Math.min(step.backlog + step.waiting, 1000)
  return (
    <li className={`river-step ${step.state}`}>
      <Link to={OPENS[step.step]} className="river-link">
        <span className="river-name">{t(`step.${step.step}`)}</span>
        <span className="river-bar" aria-hidden="true">
          <span style={{ width: total === 0 ? 0 : `${halfWidth(total) * 2.2}%`, background: COLOURS[step.state] }} />
        </span>
        <span className="river-count">{format.count(total)}</span>
        <span className="river-facts">
          <span>
            {step.waits_for !== null && step.waiting > 0
              ? t('river.waits', { count: format.count(step.waiting), what: t(`waits.${step.waits_for}`) })
              : step.backlog > 0
                ? t('river.in_work')
                : t('river.clear')}
          </span>
          {step.oldest_at !== null && (
            <span className="river-age">
              {t('river.oldest')} <Age since={step.oldest_at} brief />
            </span>
          )}
          <span className="quiet">{t('river.per_minute', { count: format.number(step.passed_last_minute) })}</span>
        </span>
        {(step.state !== 'ok' || step.dead_letters > 0) && <State kind="flow" state={step.state} />}
      </Link>
    </li>
  )
}
