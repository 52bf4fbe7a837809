// What is given back for returned units: a function of which units were cancelled and which came back, never of the order in which.
import { type Minor, shareOfUnits, split, sum } from '../../platform/money.ts'

export interface RefundLine {
  readonly line_no: number
  readonly ordered: number
  readonly cancelled: number
  /** Units that came back and were accepted: restocked or written off. */
  readonly accepted: number
  /** What the customer pays for the whole line. */
  readonly net: Minor
}

/** What was paid for the units of each line that were not cancelled: their net and their part of what the order was given off as a whole. */
export function paidFor(lines: readonly RefundLine[], discount: Minor): Minor[] {
  const nets = lines.map((line) => shareOfUnits(line.net, line.ordered, 0, line.ordered - line.cancelled))
  const all = sum(nets)
  const off = -discount > all ? -all : discount
  const parts = split(off, nets)
  return nets.map((net, index) => net + (parts[index] ?? 0n))
}

/** What is due for all units of an order that came back so far. The parts of a line's price go to its units in their order. */
export function refundDue(lines: readonly RefundLine[], discount: Minor): Minor {
  const paid = paidFor(lines, discount)
  return sum(
    lines.map((line, index) => {
      const units = line.ordered - line.cancelled
      return units === 0 ? 0n : shareOfUnits(paid[index] ?? 0n, units, 0, Math.min(line.accepted, units))
    }),
  )
}
