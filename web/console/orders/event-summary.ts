// One line beside an event: how many units, where to, what it cost, why; from its data, whatever of it there is.
import type { OrderEvent } from '../../../src/contracts/views-orders.ts'
import type { LocationList } from '../../../src/contracts/views-session.ts'
import { isRecord } from '../../shared/api.ts'
import type { Text } from '../text.ts'

type Data = Readonly<Record<string, unknown>>
const COUNTED = { reserved_units: 'reserved', backordered: 'backordered', cancelled: 'cancelled' } as const

export function summaryOf(text: Text, event: OrderEvent, places: LocationList['items']): string {
  const data = event.data
  if (!isRecord(data)) return ''
  const said = [
    reasonOf(text, data),
    holdOf(text, data),
    ...countsOf(text, data),
    partsOf(text, data, places),
    steeredOf(text, event.type, data, places),
    arrivesOf(text, data),
    amountOf(text, data),
  ]
  return said.filter((part) => part !== '').join(' · ')
}

function reasonOf({ label, knows }: Text, { reason }: Data): string {
  if (typeof reason !== 'string') return ''
  return knows('cancel_reason', reason) ? label('cancel_reason', reason) : label('reason', reason)
}

function holdOf({ label }: Text, { kind, blocks }: Data): string {
  return typeof kind === 'string' && blocks !== undefined ? label('hold', kind) : ''
}

/** Units by what happened to them: as figures of their own, or summed over lines. */
function countsOf({ t, format }: Text, data: Data): string[] {
  const figures = Object.entries(COUNTED).flatMap(([name, bucket]) => {
    const count = data[name]
    return typeof count === 'number' && count > 0 ? [`${t(`bucket.${bucket}`)} ${format.number(count)}`] : []
  })
  const units = Array.isArray(data.lines) ? sumOf(data.lines, 'quantity') : 0
  return units > 0 ? [...figures, t('event.units', { count: units, number: format.number(units) })] : figures
}

function sumOf(lines: readonly unknown[], name: string): number {
  let total = 0
  for (const line of lines) if (isRecord(line) && typeof line[name] === 'number') total += line[name]
  return total
}

function partsOf({ t, either, format }: Text, { parts }: Data, places: LocationList['items']): string {
  if (!Array.isArray(parts)) return ''
  const said = parts.flatMap((part) => {
    if (!isRecord(part) || typeof part.location !== 'string' || typeof part.units !== 'number') return []
    const place = places.find((one) => one.location_id === part.location)
    return [
      `${place === undefined ? part.location : either(place.name, place.name_zh)} ${t('event.units', { count: part.units, number: format.number(part.units) })}`,
    ]
  })
  return format.list(said)
}

/** Where an order was locked to, which locations may send it again, or which priority it was given. */
function steeredOf({ either, format }: Text, type: string, data: Data, places: LocationList['items']): string {
  if (type === 'order.prioritised') return typeof data.to === 'number' ? format.number(data.to) : ''
  const named = Array.isArray(data.locations) ? data.locations.map(String) : [String(data.location ?? '')]
  if (type !== 'order.locked' && type !== 'order.unlocked' && type !== 'order.exclusions_lifted') return ''
  return format.list(
    named.map((location_id) => {
      const place = places.find((one) => one.location_id === location_id)
      return place === undefined ? location_id : either(place.name, place.name_zh)
    }),
  )
}

function arrivesOf({ t, format }: Text, { arrives_at }: Data): string {
  return typeof arrives_at === 'string' ? t('event.arrives', { when: format.moment(arrives_at) }) : ''
}

function amountOf({ format }: Text, { amount, total, currency }: Data): string {
  const sum = typeof amount === 'number' ? amount : total
  return typeof sum === 'number' && typeof currency === 'string' ? format.money(sum, currency) : ''
}
