// The ranked list: each item with what it is, its money and its time; the one at hand and those selected are marked.
import { Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import type { InboxItem } from '../../../src/contracts/inbox.ts'
import { useStaffNames } from '../frame/places.ts'
import { Icon } from '../parts/icon.tsx'
import { Money, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { itemText, reasonText, titleText } from './words.ts'

interface ItemListProps {
  readonly items: readonly InboxItem[]
  readonly at: string
  readonly selected: ReadonlySet<string>
  /** Counts moves by key: then the focus goes along, so that a reader of the screen hears where one is. */
  readonly moves: number
  readonly onChoose: (item_id: string) => void
  readonly onToggle: (item_id: string) => void
}

export function ItemList({ items, at, selected, moves, onChoose, onToggle }: ItemListProps) {
  const { t } = useText()
  const list = useRef<HTMLOListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item by key, not a list that was read again, moves the focus
  useEffect(() => {
    if (moves > 0) list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: false })
  }, [moves, at])
  return (
    <ol ref={list} className="inbox-list" aria-label={t('inbox.list')}>
      {items.map((item) => (
        <ItemRow
          key={item.item_id}
          item={item}
          isAt={item.item_id === at}
          isSelected={selected.has(item.item_id)}
          onChoose={onChoose}
          onToggle={onToggle}
        />
      ))}
    </ol>
  )
}

interface ItemRowProps {
  readonly item: InboxItem
  readonly isAt: boolean
  readonly isSelected: boolean
  readonly onChoose: (item_id: string) => void
  readonly onToggle: (item_id: string) => void
}

function ItemRow({ item, isAt, isSelected, onChoose, onToggle }: ItemRowProps) {
  const text = useText()
  const { t, label } = text
  const names = useStaffNames()
  return (
    <li className={isAt ? 'inbox-row at' : 'inbox-row'}>
      <Checkbox
        checked={isSelected}
        aria-label={t('inbox.select', { what: itemText(text, item) })}
        onChange={() => onToggle(item.item_id)}
      />
      <button
        type="button"
        className="inbox-open"
        aria-current={isAt ? 'true' : undefined}
        onClick={() => onChoose(item.item_id)}
      >
        <span className="row between">
          <span className="clip strong">{reasonText(text, item.reason)}</span>
          {item.value !== null && item.currency !== null && <Money amount={item.value} currency={item.currency} />}
        </span>
        <span className="row between">
          <span className="clip quiet small">
            {label('inbox_kind', item.kind)} · <span className="mono">{titleText(text, item)}</span>
          </span>
          <TimeLeft until={item.snoozed_until ?? item.due_at} />
        </span>
        {item.claimed_at !== null && item.assignee !== null && (
          <span className="row quiet small">
            <Icon name="person" size={14} />
            {t('inbox.claimed_by', { name: names.get(item.assignee) ?? t('inbox.somebody') })}
          </span>
        )}
      </button>
    </li>
  )
}
