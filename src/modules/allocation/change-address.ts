// An order goes elsewhere: untouched work is decided again and stays where that is still the cheapest; work in hand stays and is packed and labelled anew.
import type { AddressChange, AddressChanged } from '../../contracts/address.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { changeAddress, loadOrders, orderProblem, unitsIn } from '../orders/index.ts'
import { changeServices, lockOpenWork, sharedWith, unpackParcels, type WorkLine, withdraw } from '../warehouse/index.ts'
import { lookAgain } from './look-again.ts'
import { allocationProblem } from './problems.ts'
import { allocationJobs } from './retry-exceptions.ts'

/** Changes the address of an order that was read at `revision`, and what follows from it for its work; all of it or nothing. */
export async function changeOrderAddress(
  tx: Tx,
  order_id: string,
  revision: number | null,
  change: AddressChange,
): Promise<AddressChanged> {
  const [known] = await loadOrders(tx, [order_id], { lock: true })
  if (known === undefined) throw orderProblem('order_unknown', { order_id })
  const { order, changed } = await changeAddress(tx, known, revision, change)
  const work = (await lockOpenWork(tx, [order_id])).filter((line) => unitsAt(line) > 0)
  const touched = new Set(work.filter(isInHand).map((line) => line.fulfilment_id))
  const inHand = work.filter((line) => touched.has(line.fulfilment_id))
  const untouched = work.filter((line) => !touched.has(line.fulfilment_id))
  // shipments that were merged for one receiver cannot go to two
  const ids = [...new Set(work.map((line) => line.fulfilment_id))]
  const shared = new Set(await sharedWith(tx, ids, order_id))
  if (inHand.some((line) => shared.has(line.fulfilment_id))) throw allocationProblem('address_shared', { order_id })
  const repack = await openParcels(tx, touched)
  const elsewhere = changed.length > 0
  const alone = untouched.filter((line) => !shared.has(line.fulfilment_id))
  const { staying, unserved } = elsewhere
    ? await lookAgain(tx, order, alone, inHand)
    : { staying: alone.map(({ fulfilment_id }) => ({ fulfilment_id, by: null })), unserved: [] }
  if (unserved.length > 0) throw allocationProblem('address_not_served', { fulfilments: unserved })
  await changeServices(tx, order_id, staying)
  const stays = new Set(staying.map((one) => one.fulfilment_id))
  const moving = untouched.filter((line) => !stays.has(line.fulfilment_id))
  const again = allocationJobs([order_id], { cause: 'address' })
  if (moving.length > 0) await withdraw(tx, moving, { cause: 'address', timers: again })
  else if (elsewhere && unitsIn(order, 'reserved') > 0) await schedule(tx, again)
  const sum = (lines: readonly WorkLine[]) => lines.reduce((total, line) => total + unitsAt(line), 0)
  const gone = unitsIn(order, 'shipped') + unitsIn(order, 'delivered')
  return { order_id, revision: order.revision, stay: sum(work) - sum(moving), move: sum(moving), repack, gone }
}

function unitsAt({ to_pick, picked, packed }: WorkLine): number {
  return to_pick + picked + packed
}

function isInHand({ state, picked, packed }: WorkLine): boolean {
  return (state !== 'planned' && state !== 'released') || picked + packed > 0
}

// A label tells the old address, and one that is being bought may: what was packed is picked again, its labels are given back.
async function openParcels(tx: Tx, fulfilment_ids: ReadonlySet<string>): Promise<number> {
  let opened = 0
  for (const fulfilment_id of fulfilment_ids) opened += await unpackParcels(tx, fulfilment_id, null)
  return opened
}
