// The orders that each side gives, over time: A dashed, B solid; the table behind the card says the same.
import { useMemo } from 'react'
import type { LabLoad } from '../../../src/contracts/lab.ts'
import { type Line, LineChart } from '../parts/line-chart.tsx'
import { useText } from '../text.ts'

interface LoadChartProps {
  readonly points: LabLoad['points']
  readonly title: string
  readonly isByDay: boolean
}

export function LoadChart({ points, title, isByDay }: LoadChartProps) {
  const { format } = useText()
  const lines = useMemo(
    (): Line[] =>
      (['a', 'b'] as const).map((side) => ({
        name: side.toUpperCase(),
        color: side === 'a' ? '#8a5a00' : '#2746c4',
        points: points.map((point) => [point.at, point[side].orders] as const),
        isDashed: side === 'a',
        isStepped: true,
      })),
    [points],
  )
  return <LineChart title={title} lines={lines} timeText={isByDay ? format.monthDay : format.moment} />
}
