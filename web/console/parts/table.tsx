// A plain table: dense rows, numbers to the right, a caption for readers of the screen, sideways scroll of its own.
import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  readonly width?: number | string
  /** Left out below this width of the window. */
  readonly from?: 'medium' | 'wide'
}

interface TableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  readonly rowClass?: (row: Row) => string | undefined
}

export function Table<Row>({ caption, columns, rows, rowKey, onOpen, rowClass }: TableProps<Row>) {
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)} style={{ width: column.width }}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={rowClass?.(row)}
              onClick={onOpen === undefined ? undefined : (event) => openUnlessControl(event, () => onOpen(row))}
            >
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function cellClass<Row>(column: Column<Row>): string {
  return [column.align === 'right' ? 'right' : '', column.from === undefined ? '' : `from-${column.from}`]
    .join(' ')
    .trim()
}

/** A click on a link or a button inside the row is theirs. */
export function openUnlessControl(event: React.MouseEvent, open: () => void): void {
  if (event.target instanceof HTMLElement && event.target.closest('a, button, input, label') !== null) return
  open()
}
