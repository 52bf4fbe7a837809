// How entries become a block: leaves, Merkle root, chained hash. The same as audit.leaf and audit.merkle_root in the database, which check it.
import { createHash } from 'node:crypto'
import type { EntryRow } from './store.ts'

/** sha256(0 ‖ fields), each field with its length in bytes before it; '-' for none. */
export function leaf(tenant: string, entry: EntryRow): Uint8Array {
  const fields = [
    tenant,
    entry.entry_id,
    entry.at.toISOString(),
    entry.actor,
    entry.route,
    entry.request_id,
    entry.status === null ? null : String(entry.status),
    String(entry.count),
    entry.request_digest,
    entry.before_digest,
    entry.after_digest,
    ...entry.subjects,
  ]
  const text = fields.map((field) => (field === null ? '-' : `${Buffer.byteLength(field)}:${field}`)).join(',')
  return createHash('sha256').update(Buffer.of(0)).update(text, 'utf8').digest()
}

/** The root of leaves in order: sha256(1 ‖ left ‖ right) level by level, an odd one goes up as it is. Throws for none. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let place = 0; place < level.length; place += 2) above.push(join(level[place], level[place + 1]))
    level = above
  }
  const root = level[0]
  if (root === undefined) throw new Error('a block has at least one entry')
  return root
}

function join(left: Uint8Array | undefined, right: Uint8Array | undefined): Uint8Array {
  if (left === undefined) throw new Error('no leaf')
  return right === undefined ? left : createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()
}

/** The hash of a block: sha256(previous ‖ root). */
export function blockHash(previous: Uint8Array, root: Uint8Array): Uint8Array {
  return createHash('sha256').update(previous).update(root).digest()
}
