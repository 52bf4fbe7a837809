// Draws the orders that each side gives, over time, with the few parts of ECharts that it needs; the table behind the card says the same.
import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { LabLoad } from '../../../src/contracts/lab.ts'
import { useText } from '../text.ts'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

interface LoadChartProps {
  readonly points: LabLoad['points']
  readonly title: string
  readonly isByDay: boolean
}

export function LoadChart({ points, title, isByDay }: LoadChartProps) {
  const { format } = useText()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof init>>(null)
  useEffect(() => {
    if (box.current === null) return
    const drawn = init(box.current, null, { renderer: 'svg' })
    chart.current = drawn
    const watch = new ResizeObserver(() => drawn.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    const line = (side: 'a' | 'b', color: string, type: 'solid' | 'dashed') => ({
      name: side.toUpperCase(),
      type: 'line',
      step: 'end',
      showSymbol: points.length < 2,
      color,
      lineStyle: { width: 2, type },
      data: points.map((point) => [point.at, point[side].orders]),
    })
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        aria: { enabled: true },
        grid: { left: 8, right: 16, top: 32, bottom: 4, containLabel: true },
        legend: { top: 0, left: 0, itemHeight: 3, textStyle: { color: '#4a5364', fontSize: 12 } },
        tooltip: { trigger: 'axis', confine: true, textStyle: { color: '#161b26', fontSize: 12 } },
        xAxis: {
          type: 'time',
          splitNumber: 5,
          axisLabel: {
            color: '#4a5364',
            hideOverlap: true,
            formatter: (at: number) => (isByDay ? format.monthDay(at) : format.moment(at)),
          },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          splitNumber: 4,
          axisLabel: { color: '#4a5364' },
          splitLine: { lineStyle: { color: '#eef0f3' } },
        },
        series: [line('a', '#8a5a00', 'dashed'), line('b', '#2746c4', 'solid')],
      },
      true,
    )
  }, [points, isByDay, format])
  return <div ref={box} className="chart" role="img" aria-label={title} />
}
