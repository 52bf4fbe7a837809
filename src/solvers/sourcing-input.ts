// What a schema can't say of a network and an order from outside: lengths that belong together, indices that exist, steps that ascend.

import type { Lane, Network, Order } from './sourcing-model.ts'

/** Every misfit with its place, `at` being the order's; empty when the solver may be asked. */
export function misfits(network: Network, order: Order, at: string): string[] {
  const { locations, skus, stock, depletion } = network
  const size = locations.length * skus
  const faults: string[] = []
  if (stock.length !== size) faults.push(`/network/stock must have ${size} numbers: locations × skus`)
  if (depletion && depletion.length !== size) faults.push(`/network/depletion must have ${size} numbers`)
  if (order.lanes.length !== locations.length) faults.push(`${at}/lanes must have one entry per location`)
  if (order.lateness && order.lateness.length !== locations.length)
    faults.push(`${at}/lateness must have one price per location`)
  if (order.unmet && order.unmet.length !== order.lines.length) faults.push(`${at}/unmet must have one price per line`)
  order.lines.forEach((line, i) => {
    if (line.sku >= skus) faults.push(`${at}/lines/${i}/sku there is no SKU ${line.sku}`)
    if (line.kit < 0) return
    const count = order.kits[line.kit]
    if (count === undefined) faults.push(`${at}/lines/${i}/kit there is no kit ${line.kit}`)
    else if (line.quantity % count !== 0) faults.push(`${at}/lines/${i}/quantity must be a multiple of ${count} kits`)
  })
  order.lanes.forEach((lane, l) => {
    if (lane) faults.push(...rateFaults(lane, `${at}/lanes/${l}/rates`))
  })
  return faults
}

function rateFaults({ rates: { upto_grams, price } }: Lane, at: string): string[] {
  const faults: string[] = []
  if (upto_grams.length !== price.length) faults.push(`${at} must have as many prices as steps`)
  if (upto_grams.some((grams, k) => k > 0 && grams <= upto_grams[k - 1]!)) faults.push(`${at}/upto_grams must ascend`)
  if (price.some((each, k) => k > 0 && each < price[k - 1]!)) faults.push(`${at}/price must not fall`)
  return faults
}
