// A plain table: dense rows, numbers to the right, a caption for readers of the screen; on a phone each row is a card of its own.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import '../styles/table.css'

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

interface TableScrollProps {
  readonly caption: string
  readonly children: ReactNode
}

export function Table<Row>({ caption, columns, rows, rowKey, onOpen, rowClass }: TableProps<Row>) {
  return (
    <TableScroll caption={caption}>
      <table className="table stacking">
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
                <td
                  key={column.key}
                  className={cellClass(column)}
                  data-label={typeof column.title === 'string' ? column.title : ''}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

/** Scrolls sideways where the window is too narrow; then the keyboard reaches it too. */
function TableScroll({ caption, children }: TableScrollProps) {
  const box = useRef<HTMLDivElement>(null)
  const [isWider, setWider] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const look = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth))
    look.observe(element)
    if (element.firstElementChild !== null) look.observe(element.firstElementChild)
    return () => look.disconnect()
  }, [])
  const reach = isWider ? { role: 'region', tabIndex: 0, 'aria-label': caption } : {}
  return (
    <div ref={box} className="table-scroll" {...reach}>
      {children}
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
