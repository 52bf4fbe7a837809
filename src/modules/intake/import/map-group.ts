// A group of rows becomes the message of one order, goods given back, and rejections; every row is one of these and no row is lost.
import type { Mapping } from '../../../contracts/intake-mapping.ts'
import { LINES_AT_MOST } from '../../../contracts/order-intake.ts'
import { minorDigits } from '../../../platform/money.ts'
import type { Holds, Read, Scope } from './compile-expressions.ts'
import { formatMicro, type Micro, parseMicro, timesMicro, toMinor } from './decimal.ts'
import type { Group } from './group-rows.ts'
import type { OpenMapping } from './open-mapping.ts'
import { zonedTime } from './zoned-time.ts'

export interface MappedRow {
  readonly file: string
  readonly row_no: number
  kind: 'line' | 'charge' | 'return' | 'reject'
  reason: string | null
  /** What the row is worth in the file; undefined where that cannot be read. */
  readonly worth: Micro | undefined
  readonly line_no: number | null
  /** Whose row it is and of which SKU, for goods that come back; null where nobody is known. */
  readonly owner: { readonly customer: string; readonly sku: string } | null
  /** Units of a line, or that come back. */
  readonly quantity: number
}

export interface MappedGroup {
  readonly group_no: number
  readonly external_id: string
  /** ISO 8601; undefined where the file does not say it. */
  readonly placed_at: string | undefined
  readonly rows: readonly MappedRow[]
  /** The message of the order; null where the group is none. */
  readonly message: unknown
  readonly cancel: boolean
  /** Why the group is no order; null where it is one or only gives back. */
  readonly reason: string | null
}

interface Fields {
  readonly [name: string]: Read
}

/** Maps groups of an open mapping. */
export function groupMapper(open: OpenMapping): (group: Group) => MappedGroup {
  const { mapping, compiler } = open
  const digits = minorDigits(mapping.currency)
  const classify = rowClassifier(open)
  const rules = compileOrder(mapping, compiler.read)
  const cancels: Holds = mapping.cancel === undefined ? () => false : compiler.holds(mapping.cancel)
  const charges = (mapping.row_charges ?? []).map(({ kind, title, amount }) => ({
    kind,
    title: title === undefined ? () => undefined : compiler.read(title),
    amount: compiler.read(amount),
  }))
  const line = compileFields(mapping.line, compiler.read)

  function messageOf(main: Scope, rows: readonly { scope: Scope; row: MappedRow; charge: ChargeOf | null }[]): unknown {
    const sums = new Map<string, { kind: string; title: string | undefined; sum: Micro }>()
    const add = (kind: string, title: string | undefined, amount: Micro | undefined) => {
      const key = `${kind} ${title ?? ''}`
      const known = sums.get(key) ?? { kind, title, sum: 0n }
      known.sum += amount ?? 0n
      sums.set(key, known)
    }
    const lines: unknown[] = []
    for (const { scope, row, charge } of rows) {
      if (charge !== null) add(charge.kind, charge.title, row.worth)
      if (row.kind !== 'line') continue
      lines.push(lineOf(line, scope))
      for (const { kind, title, amount } of charges) add(kind, title(scope), parseMicro(amount(scope)))
    }
    const total = [...sums.values()].map(({ kind, title, sum }) =>
      dense({ kind, title, amount: Number(toMinor(sum, digits)) }),
    )
    return { ...orderOf(mapping, rules, main), lines, ...(total.length === 0 ? {} : { charges: total }) }
  }

  return (group) => {
    const first = group.rows[0]?.cells ?? []
    const numbered = open.rows === null ? group.rows : open.rowsOf(group.key)
    let line_no = 0
    const mapped = numbered.map(({ row_no, cells }) => {
      const scope: Scope = open.rows === null ? { main: cells, row: cells } : { main: first, row: cells }
      const found = classify(scope, row_no, group.late)
      const row = found.row.kind === 'line' ? { ...found.row, line_no: ++line_no } : found.row
      return { scope, row, charge: found.charge }
    })
    const rows = mapped.map((one) => one.row)
    const main = mapped[0]?.scope ?? { main: first, row: [] }
    const reason = reasonAgainst(line_no, rows)
    if (reason !== null) rejectGoods(rows, reason)
    if (open.rows !== null && rows.length === 0) rows.push(emptyOrder(mapping.orders.file, group.rows[0]?.row_no ?? 0))
    const isOrder = reason === null && line_no > 0
    const external_id = rules.external_id(main) ?? group.key
    return {
      group_no: group.group_no,
      external_id,
      placed_at: rules.placed_at(main),
      rows,
      message: isOrder ? messageOf(main, mapped) : null,
      cancel: isOrder && cancels(main),
      reason:
        isOrder || rows.some((row) => row.kind === 'return')
          ? null
          : (reason ?? rows.find((row) => row.reason)?.reason ?? 'no_goods'),
    }
  }
}

interface ChargeOf {
  readonly kind: string
  readonly title: string | undefined
}

// Which rule holds for a row, what it is worth, and whose it is.
function rowClassifier({ mapping, compiler, rows }: OpenMapping) {
  const file = rows?.name ?? mapping.orders.file
  const columns = rows?.csv.header.length
  const money = mapping.money.map(({ quantity, price }) => ({
    quantity: compiler.read(quantity),
    price: compiler.read(price),
  }))
  const rules = mapping.rules.map((rule) => ({
    holds: compiler.holds(rule.if),
    as: rule.as,
    reason: rule.reason ?? 'rejected_by_mapping',
    kind: rule.kind ?? 'fee',
    title: rule.title === undefined ? () => undefined : compiler.read(rule.title),
  }))
  const quantityOf = compiler.read(mapping.line.quantity)
  const priceOf = compiler.read(mapping.line.unit_price)
  const giving = mapping.return === undefined ? null : compileFields(mapping.return, compiler.read)

  return (scope: Scope, row_no: number, late: boolean): { row: MappedRow; charge: ChargeOf | null } => {
    const worth = worthOf(money, scope)
    const plain = { file, row_no, worth, line_no: null, owner: ownerOf(giving, scope), quantity: 0 }
    const reject = (reason: string) => ({ row: { ...plain, kind: 'reject' as const, reason }, charge: null })
    if (columns !== undefined && scope.row.length !== columns) return reject('malformed_row')
    if (worth === undefined) return reject('malformed_row')
    if (late) return reject('late_row')
    const rule = rules.find((one) => one.holds(scope))
    if (rule?.as === 'reject') return reject(rule.reason)
    if (rule?.as === 'charge') {
      return { row: { ...plain, kind: 'charge', reason: null }, charge: { kind: rule.kind, title: rule.title(scope) } }
    }
    const back = rule?.as === 'return'
    const quantity = wholeNumber(back ? giving?.quantity?.(scope) : quantityOf(scope))
    if (quantity === undefined || quantity <= 0) return reject('quantity_not_positive')
    if (back) return { row: { ...plain, quantity, kind: 'return', reason: null }, charge: null }
    if ((parseMicro(priceOf(scope)) ?? -1n) < 0n) return reject('price_negative')
    return { row: { ...plain, quantity, kind: 'line', reason: null }, charge: null }
  }
}

function worthOf(money: readonly { quantity: Read; price: Read }[], scope: Scope): Micro | undefined {
  let sum = 0n
  for (const { quantity, price } of money) {
    const [a, b] = [parseMicro(quantity(scope)), parseMicro(price(scope))]
    const product = a === undefined || b === undefined ? undefined : timesMicro(a, b)
    if (product === undefined) return undefined
    sum += product
  }
  return sum
}

function ownerOf(giving: Fields | null, scope: Scope): MappedRow['owner'] {
  const customer = giving?.customer?.(scope)
  const sku = giving?.sku?.(scope)
  return customer === undefined || sku === undefined ? null : { customer, sku }
}

// Charges without goods are no order: what the channel charges is not sold by anybody.
function reasonAgainst(lines: number, rows: readonly MappedRow[]): string | null {
  if (lines > LINES_AT_MOST) return 'line_limit'
  return lines === 0 && rows.some((row) => row.kind === 'charge') ? 'no_goods' : null
}

function rejectGoods(rows: readonly MappedRow[], reason: string): void {
  for (const row of rows) {
    if (row.kind !== 'line' && row.kind !== 'charge') continue
    row.kind = 'reject'
    row.reason = reason
  }
}

function emptyOrder(file: string, row_no: number): MappedRow {
  return { file, row_no, kind: 'reject', reason: 'no_lines', worth: 0n, line_no: null, owner: null, quantity: 0 }
}

interface OrderFields {
  readonly external_id: Read
  readonly placed_at: Read
  readonly order: Fields
  readonly customer: Fields
  readonly ship_to: Fields
  readonly attributes: Fields
  readonly reference: Read
}

function compileOrder({ order, zone }: Mapping, read: OpenMapping['compiler']['read']): OrderFields {
  const moment = zonedTime(zone)
  const placed_at = read(order.placed_at)
  return {
    external_id: read(order.external_id),
    placed_at: (scope) => moment(placed_at(scope)),
    order: compileFields({ note: order.note, service_level: order.service_level }, read),
    customer: compileFields(order.customer ?? {}, read),
    ship_to: compileFields(order.ship_to, read),
    attributes: compileFields(order.attributes ?? {}, read),
    reference: order.payment_reference === undefined ? () => undefined : read(order.payment_reference),
  }
}

function compileFields(fields: object, read: OpenMapping['compiler']['read']): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, read(value)]])),
  )
}

function orderOf(mapping: Mapping, fields: OrderFields, scope: Scope): object {
  const { lat, lon, address_line, ...place } = readAll(fields.ship_to, scope)
  const customer = readAll(fields.customer, scope)
  const attributes = readAll(fields.attributes, scope)
  const { channel, currency, prices_include_tax } = mapping
  return {
    channel,
    ...dense({ external_id: fields.external_id(scope), placed_at: fields.placed_at(scope) }),
    currency,
    prices_include_tax,
    payment: dense({ method: 'reference', reference: fields.reference(scope) }),
    ...(Object.keys(customer).length === 0 ? {} : { customer }),
    ship_to: {
      ...place,
      ...(address_line === undefined ? {} : { address_lines: [address_line] }),
      ...(lat === undefined || lon === undefined ? {} : { lat: Number(lat), lon: Number(lon) }),
    },
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...readAll(fields.order, scope),
  }
}

function lineOf(fields: Fields, scope: Scope): object {
  const { quantity, unit_price, ...texts } = readAll(fields, scope)
  const price = parseMicro(unit_price)
  return dense({
    ...texts,
    quantity: wholeNumber(quantity),
    unit_price: price === undefined ? undefined : formatMicro(price),
  })
}

function readAll(fields: Fields, scope: Scope): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name in fields) {
    const text = fields[name]?.(scope)
    if (text !== undefined) found[name] = text
  }
  return found
}

function dense(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** "6" and "6.0" are 6; undefined for anything that is no whole number. */
export function wholeNumber(text: string | undefined): number | undefined {
  const value = parseMicro(text)
  if (value === undefined || value % 1_000_000n !== 0n) return undefined
  const whole = Number(value / 1_000_000n)
  return Number.isSafeInteger(whole) ? whole : undefined
}
