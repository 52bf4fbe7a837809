// Decisions by hand on the page of an order: what can be decided now, whether it is locked, what people decided before.
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import type { HandLine, HandStart, HandWork } from '../allocation/hand-choice.ts'
import { useHandHistory } from '../allocation/hand-data.ts'
import { HandDialog } from '../allocation/hand-dialog.tsx'
import { useLocations, useStaffNames } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Icon } from '../parts/icon.tsx'
import { Pill } from '../parts/states.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { useOrderFulfilments } from './order-data.ts'

const SHOWN = 5
const ENDED = ['closed', 'cancelled', 'rejected']

/** The menu of decisions; nothing for who may not decide, or where the order has ended. */
export function ByHandMenu({ order }: { order: OrderDetail }) {
  const { t, label } = useText()
  const may = useMay()
  const { data: history } = useHandHistory(order.order_id)
  const work = useUntouched(order)
  const [start, setStart] = useState<HandStart | null>(null)
  if (!may('allocation.decide') || ENDED.includes(order.axes.commercial)) return null
  const waiting = linesOf(order, (line) => line.buckets.reserved)
  const starts: [HandStart, boolean][] = [
    [{ kind: 'allocate' }, waiting.length > 0],
    [{ kind: 'move', fulfilment_ids: firstOf(work) }, work.length > 0],
    [{ kind: 'split', fulfilment_ids: firstOf(work.filter(isSplittable)) }, work.some(isSplittable)],
    [{ kind: 'merge', fulfilment_ids: twinsOf(work) }, twinsOf(work).length > 1],
    history?.locked == null ? [{ kind: 'lock', location_id: onlyPlace(work) }, true] : [{ kind: 'unlock' }, true],
    [{ kind: 'priority' }, true],
  ]
  return (
    <>
      <Dropdown
        autoFocus
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: starts.map(([{ kind }, isPossible]) => ({
            key: kind,
            label: label('hand.menu', kind),
            disabled: !isPossible,
          })),
          onClick: ({ key, domEvent }) => {
            // otherwise the same Enter presses what the dialog has just given the focus to
            domEvent.preventDefault()
            setStart(starts.find(([one]) => one.kind === key)?.[0] ?? null)
          },
        }}
      >
        <Button size="small" icon={<Icon name="person" size={14} />}>
          {t('hand.by_hand')}
        </Button>
      </Dropdown>
      {start !== null && (
        <HandDialog
          order={order}
          start={start}
          work={start.kind === 'split' ? work.filter(isSplittable) : work}
          waiting={waiting}
          onClose={() => setStart(null)}
        />
      )}
    </>
  )
}

/** Whether the order is locked, and the newest decisions by hand with their reasons. */
export function ByHandHistory({ order }: { order: OrderDetail }) {
  const { t, label, either } = useText()
  const { data } = useHandHistory(order.order_id)
  const names = useStaffNames()
  const locations = useLocations()
  const nameOf = (id: string) => {
    const place = locations.find((one) => one.location_id === id)
    return place === undefined ? id : either(place.name, place.name_zh)
  }
  if (data === undefined || (data.items.length === 0 && data.locked === null)) return null
  return (
    <div className="stack by-hand">
      {data.locked !== null && (
        <p>
          <Pill tone="info" icon="lock">
            {t('hand.locked_to', { where: nameOf(data.locked) })}
          </Pill>
        </p>
      )}
      <ul className="by-hand-list">
        {data.items.slice(0, SHOWN).map((item) => (
          <li key={item.decision_id}>
            <strong>{label('hand.menu', item.kind)}</strong>
            {item.locations.length > 0 && ` ${item.locations.map(nameOf).join(item.kind === 'move' ? ' → ' : ', ')}`}
            {item.priority !== null && ` ${item.priority}`}
            <p className="by-hand-reason">{item.reason}</p>
            <p className="small quiet">
              {names.get(item.by.split(':')[1] ?? '') ?? item.by} · <Ago at={item.at} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function useUntouched(order: OrderDetail): readonly HandWork[] {
  const { data } = useOrderFulfilments(order.order_id)
  const titles = new Map(order.lines.map((line) => [line.line_no, line.title ?? line.sku]))
  return (data?.items ?? [])
    .filter(({ state }) => state === 'planned' || state === 'released')
    .map(({ fulfilment_id, location_id, lines }) => ({
      fulfilment_id,
      location_id,
      lines: lines
        .filter((line) => line.order_id === order.order_id && line.quantity > 0)
        .map(({ line_no, sku, quantity }) => ({ line_no, name: titles.get(line_no) ?? sku, quantity })),
    }))
    .filter((work) => work.lines.length > 0)
}

function linesOf(order: OrderDetail, units: (line: OrderDetail['lines'][number]) => number): HandLine[] {
  return order.lines
    .map((line) => ({ line_no: line.line_no, name: line.title ?? line.sku, quantity: units(line) }))
    .filter((line) => line.quantity > 0)
}

function firstOf(work: readonly HandWork[]): string[] {
  return work.slice(0, 1).map((one) => one.fulfilment_id)
}

function isSplittable({ lines }: HandWork): boolean {
  return lines.reduce((sum, line) => sum + line.quantity, 0) > 1
}

// The first location where several lie.
function twinsOf(work: readonly HandWork[]): string[] {
  const groups = [...Map.groupBy(work, (one) => one.location_id).values()]
  return groups.find((group) => group.length > 1)?.map((one) => one.fulfilment_id) ?? []
}

function onlyPlace(work: readonly HandWork[]): string | null {
  const places = new Set(work.map((one) => one.location_id))
  return places.size === 1 ? ([...places][0] ?? null) : null
}
