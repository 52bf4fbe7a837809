// Seals committed entries into the tenant's chain of blocks; a later change of any of them, or of the order of blocks, shows.
import type { Tx } from '../../platform/db.ts'
import type { Job } from '../../platform/engine/index.ts'
import { blockHash, leaf, merkleRoot } from './hash-blocks.ts'
import { blocksAfter, entriesById, insertBlock, lockHead } from './store.ts'

/** Makes one block of everything that these jobs name. */
export async function sealBlock(tx: Tx, jobs: readonly Job[]): Promise<void> {
  const entry_ids = [...new Set(jobs.flatMap(entryIds))].sort()
  const entries = await entriesById(tx, entry_ids)
  if (entries.length !== entry_ids.length)
    throw new Error(`${entry_ids.length - entries.length} audit entries are missing`)
  if (entries.length === 0) return
  const head = await lockHead(tx)
  const merkle_root = merkleRoot(entries.map((entry) => leaf(tx.tenant, entry)))
  const block = {
    block_no: head.block_no + 1,
    entry_ids,
    merkle_root,
    previous_hash: head.hash,
    hash: blockHash(head.hash, merkle_root),
  }
  await insertBlock(tx, block)
}

function entryIds(job: Job): string[] {
  const { payload } = job
  if (typeof payload !== 'object' || payload === null || !('entry_ids' in payload) || !Array.isArray(payload.entry_ids))
    return []
  return payload.entry_ids.filter((id) => typeof id === 'string')
}

export interface ChainFault {
  readonly block_no: number
  readonly fault: 'gap' | 'broken_chain' | 'missing_entry' | 'changed_entry'
}

const BLOCKS_AT_A_TIME = 100

/** Verifies the chain of the transaction's tenant from its beginning; answers the first hundred faults. */
export async function verifyChain(tx: Tx): Promise<ChainFault[]> {
  const faults: ChainFault[] = []
  let previous: Uint8Array = new Uint8Array(32)
  let last = 0
  for (;;) {
    const blocks = await blocksAfter(tx, last, BLOCKS_AT_A_TIME)
    for (const block of blocks) {
      const note = (fault: ChainFault['fault']) => faults.push({ block_no: block.block_no, fault })
      if (block.block_no !== last + 1) note('gap')
      if (!same(block.previous_hash, previous) || !same(block.hash, blockHash(block.previous_hash, block.merkle_root)))
        note('broken_chain')
      const entries = await entriesById(tx, block.entry_ids)
      if (entries.length !== block.entry_ids.length) note('missing_entry')
      else if (!same(merkleRoot(entries.map((entry) => leaf(tx.tenant, entry))), block.merkle_root))
        note('changed_entry')
      previous = block.hash
      last = block.block_no
    }
    if (blocks.length < BLOCKS_AT_A_TIME || faults.length >= 100) break
  }
  const head = await lockHead(tx)
  if (head.block_no !== last || !same(head.hash, previous)) faults.push({ block_no: head.block_no, fault: 'gap' })
  return faults.slice(0, 100)
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
