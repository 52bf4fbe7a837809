// A column of the board: the location with its load and cut-off in the head, its cards below, and a place to drop another one.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import type { WorkBoard, WorkCard, WorkColumn } from '../../../src/contracts/hand-board.ts'
import { ask } from '../../shared/api.ts'
import type { HandStart } from '../allocation/hand-choice.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { WorkCardView } from './card.tsx'

export interface BoardFilter {
  readonly q?: string
  readonly priority?: number
}

/** The card that is on its way, and the location that it comes from. */
export interface Dragged {
  readonly card: WorkCard
  readonly from: string | null
}

interface WorkColumnViewProps {
  readonly board: WorkBoard
  readonly filter: BoardFilter
  readonly may: boolean
  /** null: what waits for a place. */
  readonly column: WorkColumn | null
  readonly count: number
  readonly cards: readonly WorkCard[]
  readonly next_cursor: string | null
  readonly dragged: Dragged | null
  readonly onDrag: (dragged: Dragged | null) => void
  readonly onAsk: (card: WorkCard, start: HandStart) => void
}

export function WorkColumnView(props: WorkColumnViewProps) {
  const { column, cards, may, dragged, onDrag, onAsk, board } = props
  const { t } = useText()
  const id = useId()
  const here = column?.location_id ?? null
  const drop = useDrop(props)
  const { more, isOpen, openMore } = useMoreCards(props)
  const all = [...cards, ...more]
  return (
    <section className={drop.isTarget ? 'board-column target' : 'board-column'} aria-labelledby={id} {...drop.on}>
      {column === null ? (
        <WaitingHead id={id} count={props.count} />
      ) : (
        <Head id={id} column={column} counted_to={board.counted_to} />
      )}
      <ul className="board-cards">
        {all.map((card) => (
          <WorkCardView
            key={card.fulfilment_id === null ? card.order_id : `${card.fulfilment_id} ${card.order_id}`}
            card={card}
            here={here}
            currency={board.currency}
            may={may}
            isDragged={dragged?.card === card}
            onDragStart={() => onDrag({ card, from: here })}
            onDragEnd={() => onDrag(null)}
            onAsk={(start) => onAsk(card, start)}
          />
        ))}
        {all.length === 0 && <li className="quiet board-empty">{t('work_board.empty')}</li>}
      </ul>
      {props.next_cursor !== null && !isOpen.ended && (
        <Button block size="small" loading={isOpen.loading} onClick={openMore}>
          {t('action.more')}
        </Button>
      )}
    </section>
  )
}

// A column takes cards of other columns; what is dropped becomes a question, nothing moves yet.
function useDrop({ column, may, dragged, onDrag, onAsk }: WorkColumnViewProps) {
  const [isOver, setOver] = useState(false)
  const here = column?.location_id ?? null
  const takes = may && here !== null && dragged !== null && dragged.from !== here
  const on = {
    onDragOver: (event: DragEvent) => {
      if (!takes) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (!takes) return
      onAsk(dragged.card, moveTo(dragged.card, here))
      onDrag(null)
    },
  }
  return { on, isTarget: takes && isOver }
}

/** A card that has a place moves; one that waits is allocated. */
export function moveTo(card: WorkCard, location_id: string | null): HandStart {
  return card.fulfilment_id === null
    ? { kind: 'allocate', location_id }
    : { kind: 'move', location_id, fulfilment_ids: [card.fulfilment_id] }
}

function useMoreCards({ column, filter, next_cursor }: WorkColumnViewProps) {
  const [isAsked, setAsked] = useState(false)
  const location = column?.location_id
  const list = useInfiniteQuery({
    queryKey: ['work-board', 'cards', location ?? '', filter, next_cursor ?? ''],
    queryFn: ({ pageParam, signal }) =>
      ask('GET /allocation/board/cards', {
        query: { ...filter, cursor: pageParam, ...(location === undefined ? {} : { location }) },
        signal,
      }),
    initialPageParam: next_cursor ?? '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    enabled: isAsked && next_cursor !== null,
  })
  const openMore = () => {
    if (isAsked) void list.fetchNextPage()
    else setAsked(true)
  }
  const isOpen = { loading: list.isFetching, ended: isAsked && list.data !== undefined && !list.hasNextPage }
  return { more: next_cursor === null ? [] : (list.data?.pages.flatMap((page) => page.cards) ?? []), isOpen, openMore }
}

function WaitingHead({ id, count }: { id: string; count: number }) {
  const { t, format } = useText()
  return (
    <header className="board-head waiting">
      <h2 id={id}>
        <Icon name="exceptions" /> {t('work_board.waiting')} <span className="board-count">{format.count(count)}</span>
      </h2>
      <p className="small quiet">{t('work_board.waiting_text')}</p>
    </header>
  )
}

const BUSY = 70
const FULL = 100

function Head({ id, column, counted_to }: { id: string; column: WorkColumn; counted_to: number }) {
  const { t, either, format } = useText()
  const { fill_percent, overdue_orders } = column
  const tone = fill_percent === null || fill_percent < BUSY ? 'ok' : fill_percent < FULL ? 'warn' : 'bad'
  return (
    <header className="board-head">
      <h2 id={id} className="row between">
        <span className="clip">{either(column.name, column.name_zh)}</span>
        <span className="board-count">
          {column.count < counted_to ? format.number(column.count) : `${format.number(counted_to - 1)}+`}
        </span>
      </h2>
      {fill_percent === null ? (
        <p className="small quiet">{t('work_board.no_limit')}</p>
      ) : (
        <Tooltip title={t('work_board.load_text')}>
          <div className="board-load">
            <span className="small">{t('work_board.load', { percent: format.number(fill_percent) })}</span>
            <span className="board-bar" aria-hidden="true">
              <span className={tone} style={{ width: `${Math.min(FULL, fill_percent)}%` }} />
            </span>
          </div>
        </Tooltip>
      )}
      <p className="small quiet">
        {column.state === 'closed'
          ? t('work_board.closed')
          : t('work_board.cut_off', { when: format.moment(column.next_cut_off) })}
        {overdue_orders > 0 &&
          ` · ${t('work_board.overdue', { count: overdue_orders, number: format.number(overdue_orders) })}`}
      </p>
    </header>
  )
}
