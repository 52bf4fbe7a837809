// A card of the board: one order's open work at a location; it can be dragged, and everything that dragging does is in its menu too.
import { Dropdown } from 'antd'
import { Link } from 'react-router'
import type { WorkCard } from '../../../src/contracts/hand-board.ts'
import type { HandStart } from '../allocation/hand-choice.ts'
import { Icon } from '../parts/icon.tsx'
import { Pill, State } from '../parts/states.tsx'
import { useText } from '../text.ts'

interface WorkCardViewProps {
  readonly card: WorkCard
  /** The location of its column; null where it waits for one. */
  readonly here: string | null
  readonly currency: string
  readonly may: boolean
  readonly isDragged: boolean
  readonly onDragStart: () => void
  readonly onDragEnd: () => void
  readonly onAsk: (start: HandStart) => void
}

/** Nobody has begun to pick it. */
export function isMovable({ state }: WorkCard): boolean {
  return state === null || state === 'planned' || state === 'released'
}

export function WorkCardView(props: WorkCardViewProps) {
  const { card, may, isDragged } = props
  const canMove = may && isMovable(card)
  return (
    <li
      className={['board-card', canMove && 'movable', isDragged && 'dragged', card.late && 'late']
        .filter((name) => name !== false)
        .join(' ')}
      draggable={canMove}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', card.number)
        props.onDragStart()
      }}
      onDragEnd={props.onDragEnd}
    >
      <div className="row between">
        <Link to={`/app/orders/${card.order_id}`} className="mono board-number" draggable={false}>
          {card.number}
        </Link>
        {may && <CardMenu {...props} />}
      </div>
      <Marks card={card} />
      <Figures {...props} />
    </li>
  )
}

function Marks({ card }: { card: WorkCard }) {
  const { t, label } = useText()
  return (
    <div className="row wrap board-marks">
      {card.state !== null && <State kind="work" state={card.state} plain />}
      {card.reason !== null && (
        <span className="pill plain warn">
          <Icon name="exceptions" size={14} />
          {label('removed', card.reason, { detail: '' })}
        </span>
      )}
      {card.late && (
        <Pill tone="bad" icon="clock">
          {t('work_board.late')}
        </Pill>
      )}
      {card.urgent && (
        <Pill tone="warn" icon="bolt">
          {card.priority > 0 ? t('work_board.priority', { priority: card.priority }) : t('work_board.urgent')}
        </Pill>
      )}
      {card.locked !== null && (
        <Pill tone="info" icon="lock">
          {t('work_board.locked')}
        </Pill>
      )}
    </div>
  )
}

function Figures({ card, currency }: WorkCardViewProps) {
  const { t, format } = useText()
  return (
    <>
      <p className="row between small">
        <span>{t('work_board.units', { count: card.units, number: format.number(card.units) })}</span>
        {card.cost !== null && <span className="money">{format.money(card.cost, currency)}</span>}
      </p>
      {card.ship_by !== null && (
        <p className="small quiet">{t('work_board.ship_by', { when: format.moment(card.ship_by) })}</p>
      )}
      {card.promised_at !== null && (
        <p className="small quiet">{t('work_board.promised', { when: format.moment(card.promised_at) })}</p>
      )}
    </>
  )
}

function CardMenu({ card, here, onAsk }: WorkCardViewProps) {
  const { t } = useText()
  const movable = isMovable(card)
  const start = (key: string): HandStart => {
    if (key === 'move' && card.fulfilment_id !== null)
      return { kind: 'move', location_id: null, fulfilment_ids: [card.fulfilment_id] }
    if (key === 'move') return { kind: 'allocate', location_id: null }
    if (key === 'lock') return { kind: 'lock', location_id: here }
    return { kind: key === 'unlock' ? 'unlock' : 'priority' }
  }
  const items = [
    {
      key: 'move',
      label: t(card.fulfilment_id === null ? 'work_board.allocate' : 'work_board.move'),
      disabled: !movable,
    },
    card.locked === null
      ? { key: 'lock', label: t(here === null ? 'work_board.lock' : 'work_board.lock_here') }
      : { key: 'unlock', label: t('work_board.unlock') },
    { key: 'priority', label: t('work_board.set_priority') },
  ]
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items,
        onClick: ({ key, domEvent }) => {
          // otherwise the same Enter presses what the dialog has just given the focus to
          domEvent.preventDefault()
          onAsk(start(key))
        },
      }}
    >
      <button type="button" className="ghost" aria-label={t('work_board.actions', { number: card.number })}>
        <Icon name="more" />
      </button>
    </Dropdown>
  )
}
