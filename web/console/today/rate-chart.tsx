// The rate of the last hour as three lines; the table behind the card says the same.
import { useMemo } from 'react'
import type { RatePoint } from '../../../src/contracts/views-board.ts'
import { type Line, LineChart } from '../parts/line-chart.tsx'
import { useText } from '../text.ts'

export function RateChart({ rate }: { rate: readonly RatePoint[] }) {
  const { t, format } = useText()
  const [placed, released, shipped] = [t('rate.placed'), t('rate.released'), t('rate.shipped')]
  const lines = useMemo((): Line[] => {
    const points = (pick: (point: RatePoint) => number) => rate.map((point) => [point.at, pick(point)] as const)
    return [
      { name: placed, color: '#2746c4', points: points((point) => point.placed), isArea: true },
      { name: released, color: '#0b8a8a', points: points((point) => point.released) },
      { name: shipped, color: '#8a5a00', points: points((point) => point.shipped) },
    ]
  }, [rate, placed, released, shipped])
  return <LineChart title={t('rate.title')} lines={lines} timeText={format.time} />
}
