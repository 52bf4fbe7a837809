// Draws the rate with the few parts of ECharts that it needs; the table behind the card says the same.
import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { RatePoint } from '../../../src/contracts/views-board.ts'
import type { Format } from '../../shared/format.ts'
import { useText } from '../text.ts'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

type Chart = ReturnType<typeof init>

export function RateChart({ rate }: { rate: readonly RatePoint[] }) {
  const { t, format } = useText()
  const [placed, released, shipped] = [t('rate.placed'), t('rate.released'), t('rate.shipped')]
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart>(null)
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
    chart.current?.setOption({
      ...looks(getComputedStyle(document.body).fontFamily, format),
      series: [
        line(placed, '#2746c4', rate, (point) => point.placed, true),
        line(released, '#0b8a8a', rate, (point) => point.released),
        line(shipped, '#8a5a00', rate, (point) => point.shipped),
      ],
    })
  }, [rate, placed, released, shipped, format])
  return <div ref={box} className="chart" role="img" aria-label={t('rate.title')} />
}

function line(
  name: string,
  color: string,
  rate: readonly RatePoint[],
  pick: (point: RatePoint) => number,
  isArea = false,
) {
  return {
    name,
    type: 'line',
    showSymbol: false,
    color,
    lineStyle: { width: 2 },
    areaStyle: isArea ? { opacity: 0.08 } : undefined,
    data: rate.map((point) => [point.at, pick(point)]),
  }
}

/** Everything but the data: quiet axes, a tooltip for all lines, the page's own type. */
function looks(font: string, format: Format) {
  return {
    animation: false,
    textStyle: { fontFamily: font },
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 3,
      textStyle: { color: '#4a5364', fontSize: 12 },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      borderColor: '#e3e6eb',
      textStyle: { color: '#161b26', fontSize: 12 },
      axisPointer: { lineStyle: { color: '#cfd4dc' } },
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: '#cfd4dc' } },
      axisTick: { show: false },
      splitNumber: 6,
      axisLabel: { color: '#4a5364', hideOverlap: true, formatter: (at: number) => format.time(at) },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      max: ({ max }: { max: number }) => (max < 5 ? 5 : null),
      splitNumber: 4,
      axisLabel: { color: '#4a5364' },
      splitLine: { lineStyle: { color: '#eef0f3' } },
    },
  }
}
