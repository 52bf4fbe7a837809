// Which arm of an experiment an order falls in: by a digest of both ids, so that it is the same whenever it is asked, and no one can choose.
import { createHash } from 'node:crypto'

const HUNDRED = 100

export type Arm = 'live' | 'draft'

/** The arm of an order; of many orders `share_percent` in a hundred fall to the draft. */
export function armOf(experiment_id: string, order_id: string, share_percent: number): Arm {
  const digest = createHash('sha256').update(`${experiment_id} ${order_id}`).digest()
  return digest.readUInt32BE(0) % HUNDRED < share_percent ? 'draft' : 'live'
}
