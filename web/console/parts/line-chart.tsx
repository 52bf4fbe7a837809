// Lines over time, drawn with the few parts of ECharts that they need: quiet axes, a tooltip for all lines, the page's own type.
import { LineChart as Lines } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([Lines, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer])

export interface Line {
  readonly name: string
  readonly color: string
  readonly points: readonly (readonly [at: string, value: number])[]
  readonly isArea?: boolean
  readonly isDashed?: boolean
  /** Holds its value until the next point, as what belongs to a whole hour does. */
  readonly isStepped?: boolean
}

interface LineChartProps {
  readonly title: string
  readonly lines: readonly Line[]
  readonly timeText: (at: number) => string
}

/** The table behind its card says the same. `lines` and `timeText` are drawn anew whenever they are others. */
export function LineChart({ title, lines, timeText }: LineChartProps) {
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
    const font = getComputedStyle(document.body).fontFamily
    chart.current?.setOption({ ...looks(font, timeText), series: lines.map(seriesOf) })
  }, [lines, timeText])
  return <div ref={box} className="chart" role="img" aria-label={title} />
}

function seriesOf({ name, color, points, isArea, isDashed, isStepped }: Line) {
  return {
    name,
    type: 'line',
    // A single point has no line to be seen by.
    showSymbol: points.length < 2,
    step: isStepped === true ? 'end' : false,
    color,
    lineStyle: { width: 2, type: isDashed === true ? 'dashed' : 'solid' },
    areaStyle: isArea === true ? { opacity: 0.08 } : undefined,
    data: points.map(([at, value]) => [at, value]),
  }
}

const LABEL_PX = 12
const FIGURE_PX = 14

// Half of a label of time, which may stand at either end of its axis.
function halfLabel(font: string, timeText: (at: number) => string): number {
  const pen = document.createElement('canvas').getContext('2d')
  if (pen === null) return 0
  pen.font = `${LABEL_PX}px ${font}`
  // a wide month, and two figures everywhere
  return Math.ceil(pen.measureText(timeText(Date.UTC(2000, 10, 28, 20, 48))).width / 2)
}

function looks(font: string, timeText: (at: number) => string) {
  const half = halfLabel(font, timeText)
  return {
    animation: false,
    textStyle: { fontFamily: font },
    aria: { enabled: true },
    grid: {
      left: Math.max(8, half - FIGURE_PX),
      right: Math.max(16, half + 4),
      top: 36,
      bottom: 4,
      containLabel: true,
    },
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
      axisLabel: { color: '#4a5364', hideOverlap: true, formatter: timeText },
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
