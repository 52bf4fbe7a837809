// The cases of single orders: which instances are held against HiGHS, and which are only timed.

import { drawOrders, type Instance, type Markets, worldOf } from './instances.ts'

export type SingleCase = {
  /** Held against HiGHS. */
  readonly referred: readonly Instance[]
  /** Timed, the former among them. */
  readonly timed: readonly Instance[]
}

type Draw = {
  readonly least: number
  readonly most: number
  readonly heavy?: boolean
  readonly uci: number
  readonly olist: number
  /** How many of each, from the first, are held against HiGHS. */
  readonly referred: number
}

const draws: Readonly<Record<string, Draw>> = {
  single_small: { least: 1, most: 5, uci: 400, olist: 400, referred: 100 },
  single: { least: 1, most: 20, uci: 800, olist: 200, referred: 60 },
  single_long: { least: 21, most: 40, uci: 60, olist: 0, referred: 0 },
  single_heavy: { least: 1, most: 20, heavy: true, uci: 30, olist: 0, referred: 0 },
}

export const single_cases = Object.keys(draws)

/** The instances of a case; a tenth of them in the short form. */
export function singleCase(name: string, markets: Markets, short: boolean): SingleCase {
  const draw = draws[name]
  if (!draw) throw new RangeError(`there is no case ${name}`)
  const share = short ? 10 : 1
  const lists = [
    drawOrders(markets.uci, worldOf(markets.uci), Math.ceil(draw.uci / share), draw),
    drawOrders(markets.olist, worldOf(markets.olist), Math.ceil(draw.olist / share), draw),
  ]
  return {
    referred: lists.flatMap((list) => list.slice(0, Math.ceil(draw.referred / share))),
    timed: lists.flat(),
  }
}
