// A card with a drawing and, behind it, the same figures as a table and as CSV.
import { Tooltip } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useText } from '../text.ts'
import { type Cell, saveCsv } from './csv.ts'
import { Icon } from './icon.tsx'
import { Card } from './page.tsx'
import '../styles/chart.css'

interface ChartCardProps {
  readonly title: string
  readonly file: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly note?: ReactNode
  readonly children: ReactNode
}

export function ChartCard({ title, file, head, rows, note, children }: ChartCardProps) {
  const { t } = useText()
  const [isTable, setTable] = useState(false)
  const id = useId()
  const toggle = isTable ? t('chart.show_chart') : t('chart.show_table')
  const extra = (
    <>
      {note}
      <Tooltip title={toggle}>
        <button
          type="button"
          className="ghost"
          aria-label={`${title}: ${toggle}`}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          <Icon name={isTable ? 'chart' : 'table'} />
        </button>
      </Tooltip>
      <Tooltip title={t('chart.csv')}>
        <button
          type="button"
          className="ghost"
          aria-label={`${title}: ${t('chart.csv')}`}
          onClick={() => saveCsv(file, head, rows)}
        >
          <Icon name="download" />
        </button>
      </Tooltip>
    </>
  )
  return (
    <Card id={id} title={title} extra={extra} flush={isTable}>
      {isTable ? <CellTable caption={title} head={head} rows={rows} /> : children}
    </Card>
  )
}

function CellTable({
  caption,
  head,
  rows,
}: {
  caption: string
  head: readonly string[]
  rows: readonly (readonly Cell[])[]
}) {
  const { format } = useText()
  const isNumber = (column: number) => rows.every((row) => typeof row[column] === 'number' || row[column] === null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by the keyboard
    <section className="table-scroll chart-table" tabIndex={0} aria-label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" className={isNumber(column) ? 'right' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, column) => (
                <td key={head[column]} className={typeof cell === 'number' ? 'right' : ''}>
                  {cell === null
                    ? '—'
                    : typeof cell === 'number'
                      ? format.number(cell, Number.isInteger(cell) ? 0 : 1)
                      : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
