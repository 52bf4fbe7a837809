// The channel's figures are kept as they came and must add up: one minor unit a line is rounding, more is a mismatch.
import type { IntakeCharge, IntakeLine, IntakeOrder, Reason } from '../../contracts/order-intake.ts'
import { type Minor, priceTimes } from '../../platform/money.ts'
import type { PlacedCharge, PlacedLine, PlacedOrder } from '../orders/index.ts'
import { plainPrice, tidy } from './normalise-message.ts'

export interface Money {
  readonly lines: PlacedLine[]
  readonly charges: PlacedCharge[]
  readonly totals: PlacedOrder['totals']
  readonly reasons: Reason[]
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/** Lines, charges and totals of an order with all that is wrong with them; complete also where something is. */
export function settleMoney(order: IntakeOrder): Money {
  const reasons: Reason[] = []
  const lines: PlacedLine[] = []
  let lines_total = 0n
  let tax_total = 0n
  let drift = 0n
  for (const [index, item] of order.lines.entries()) {
    const line = settleLine(item, index, order, reasons)
    lines.push(line)
    lines_total += line.net
    tax_total += line.tax
    if (item.net !== undefined) drift += BigInt(item.net) - line.net
  }
  const charges: PlacedCharge[] = []
  let charges_total = 0n
  for (const [index, item] of (order.charges ?? []).entries()) {
    const charge = settleCharge(item, index, reasons)
    charges.push(charge)
    charges_total += paidFor(charge, order)
    tax_total += charge.tax
  }
  const tolerance = BigInt(order.lines.length)
  const given = order.totals ?? {}
  check(reasons, '/totals/lines', given.lines, lines_total, tolerance)
  check(reasons, '/totals/charges', given.charges, charges_total, tolerance)
  check(reasons, '/totals/tax', given.tax, tax_total, tolerance)
  check(reasons, '/totals/total', given.total, lines_total + charges_total, tolerance)
  const rounding = given.total === undefined ? drift : BigInt(given.total) - lines_total - charges_total
  if (rounding !== 0n) {
    charges.push({ charge_no: charges.length + 1, kind: 'rounding', title: null, amount: rounding, tax: 0n })
    charges_total += rounding
  }
  const total = lines_total + charges_total
  if (total < 0n) reasons.push(reason('total_negative', '/totals', total.toString()))
  if (total > MOST) reasons.push(reason('amount_too_large', '/totals', total.toString()))
  return { lines, charges, totals: { lines_total, charges_total, tax_total, total }, reasons }
}

function settleLine(item: IntakeLine, index: number, order: IntakeOrder, reasons: Reason[]): PlacedLine {
  const at = `/lines/${index}`
  const unit_price = plainPrice(item.unit_price)
  const computed = priceTimes(unit_price, item.quantity, order.currency) ?? 0n
  const gross = item.gross === undefined ? computed : BigInt(item.gross)
  check(reasons, `${at}/gross`, item.gross, computed, 1n)
  const discount = BigInt(item.discount ?? 0)
  if (discount > gross)
    reasons.push(reason('discount_exceeds_line', `${at}/discount`, `gross ${gross}, discount ${discount}`))
  if (gross > MOST) reasons.push(reason('amount_too_large', at, gross.toString()))
  const parts = item.taxes === undefined ? 0n : item.taxes.reduce((sum, part) => sum + BigInt(part.amount), 0n)
  const tax = item.tax === undefined ? parts : BigInt(item.tax)
  if (item.taxes !== undefined) check(reasons, `${at}/tax`, item.tax, parts, 1n)
  const net = gross - discount + (order.prices_include_tax ? 0n : tax)
  check(reasons, `${at}/net`, item.net, net, 1n)
  return {
    line_no: index + 1,
    external_line_id: item.external_line_id ?? null,
    sku: item.sku,
    title: tidy(item.title) ?? null,
    quantity: item.quantity,
    unit_price,
    gross,
    discount,
    tax,
    net,
    taxes: item.taxes === undefined || item.taxes.length === 0 ? null : item.taxes,
  }
}

function settleCharge(item: IntakeCharge, index: number, reasons: Reason[]): PlacedCharge {
  const against = item.kind === 'discount' ? item.amount > 0 : item.kind !== 'adjustment' && item.amount < 0
  if (against) reasons.push(reason('charge_sign', `/charges/${index}/amount`, `${item.kind} ${item.amount}`))
  return {
    charge_no: index + 1,
    kind: item.kind,
    title: tidy(item.title) ?? null,
    amount: BigInt(item.amount),
    tax: BigInt(item.tax ?? 0),
  }
}

/** What the customer pays for a charge. */
function paidFor(charge: PlacedCharge, { prices_include_tax }: IntakeOrder): Minor {
  return prices_include_tax ? charge.amount : charge.amount + charge.tax
}

function check(reasons: Reason[], pointer: string, given: number | undefined, expected: Minor, tolerance: Minor): void {
  if (given === undefined) return
  const difference = BigInt(given) - expected
  if (difference > tolerance || -difference > tolerance)
    reasons.push(reason('totals_mismatch', pointer, `expected ${expected}, given ${given}`))
}

export function reason(code: Reason['code'], pointer: string | null, detail: string | null = null): Reason {
  return { code, pointer, detail }
}
