// Orders per minute that came in, became free for the warehouse and left it, over the last hour.
import { lazy, Suspense } from 'react'
import type { RatePoint } from '../../../src/contracts/views-board.ts'
import { ChartCard } from '../parts/chart-card.tsx'
import { Empty } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const RateChart = lazy(async () => ({ default: (await import('./rate-chart.tsx')).RateChart }))

export function RateCard({ rate }: { rate: readonly RatePoint[] }) {
  const { t, format } = useText()
  const head = [t('rate.time'), t('rate.placed'), t('rate.released'), t('rate.shipped')]
  const rows = rate.map((point) => [format.dateTime(point.at), point.placed, point.released, point.shipped])
  const isQuiet = rate.every((point) => point.placed + point.released + point.shipped === 0)
  return (
    <ChartCard title={t('rate.title')} file="ordo-rate" head={head} rows={rows}>
      {isQuiet ? (
        <Empty icon="today" title={t('rate.quiet')}>
          {t('rate.quiet_text')}
        </Empty>
      ) : (
        <Suspense fallback={<div className="chart" />}>
          <RateChart rate={rate} />
        </Suspense>
      )}
    </ChartCard>
  )
}
