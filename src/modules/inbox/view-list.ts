// The ranked list as a reader may see it, page by page, and how many wait where.
import type { Static } from 'typebox'
import type { InboxCounts, InboxItem, InboxPage, InboxPolicy, InboxQuery } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { inboxPolicy } from './read-policy.ts'
import { whyOf } from './rules.ts'
import {
  countKinds,
  countOwn,
  countQueues,
  type ItemRow,
  pageOfAll,
  pageOfKind,
  pageOfPerson,
  pageOfQueue,
  pageOfSnoozed,
} from './store-reading.ts'
import { kindsFor, ownerOf } from './work-items.ts'

const PAGE = 50
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const FIRST_RANK = -2_147_483_648

/** A page of the list. */
export async function viewInbox(
  tx: Tx,
  secrets: Secrets,
  query: Static<typeof InboxQuery>,
  permissions: ReadonlySet<string>,
): Promise<Static<typeof InboxPage>> {
  const kinds = kindsFor(permissions).filter((kind) => query.kind === undefined || query.kind === kind)
  const limit = query.limit ?? PAGE
  const list = `inbox:${query.view ?? 'open'}:${query.queue ?? ''}:${query.kind ?? ''}`
  const rows = await readRows(tx, query, kinds, placeOf(secrets, list, query.cursor), limit + 1)
  const policy = await inboxPolicy(tx)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => itemView(row, policy, tx.now)),
    next_cursor:
      last === undefined
        ? null
        : encodeCursor(secrets, list, [last.rank, last.snoozed_until?.toISOString() ?? '', last.item_id]),
  }
}

interface ListPlace {
  readonly rank: number
  readonly until: Date
  readonly item_id: string
}

function placeOf(secrets: Secrets, list: string, cursor: string | undefined): ListPlace {
  if (cursor === undefined) return { rank: FIRST_RANK, until: new Date(0), item_id: FIRST_ID }
  const [rank, until, item_id] = decodeCursor(secrets, list, cursor)
  if (typeof rank !== 'number' || typeof until !== 'string' || typeof item_id !== 'string')
    throw platformProblem('cursor_invalid')
  return { rank, until: new Date(until === '' ? 0 : until), item_id }
}

function readRows(
  tx: Tx,
  { view, queue, kind }: Static<typeof InboxQuery>,
  kinds: readonly string[],
  after: ListPlace,
  limit: number,
): Promise<ItemRow[]> {
  if (view === 'snoozed') return pageOfSnoozed(tx, kinds, after, limit)
  if (view === 'mine') return pageOfPerson(tx, ownerOf(tx.actor), kinds, after, limit)
  if (queue !== undefined) return pageOfQueue(tx, queue, kinds, after, limit)
  if (kind !== undefined) return kinds.length === 0 ? Promise.resolve([]) : pageOfKind(tx, kind, after, limit)
  return pageOfAll(tx, kinds, after, limit)
}

export function itemView(row: ItemRow, policy: InboxPolicy, now: Date): InboxItem {
  const { subject: _subject, value, due_at, claimed_at, snoozed_until, opened_at, closed_at, ...plain } = row
  return {
    ...plain,
    value: value === null ? null : Number(value),
    due_at: due_at.toISOString(),
    claimed_at: claimed_at?.toISOString() ?? null,
    snoozed_until: snoozed_until?.toISOString() ?? null,
    opened_at: opened_at.toISOString(),
    closed_at: closed_at?.toISOString() ?? null,
    why: whyOf(row, policy, now),
  }
}

const MOST = 1000

/** How many wait, by kind and queue, as far as these permissions see. */
export async function viewCounts(tx: Tx, permissions: ReadonlySet<string>): Promise<InboxCounts> {
  const kinds = kindsFor(permissions)
  const { queues } = await inboxPolicy(tx)
  const byKind = await countKinds(tx, kinds)
  const [own] = await countOwn(tx, ownerOf(tx.actor), kinds)
  return {
    open: Math.min(
      MOST,
      byKind.reduce((sum, row) => sum + row.count, 0),
    ),
    mine: own?.mine ?? 0,
    snoozed: own?.snoozed ?? 0,
    kinds: byKind,
    queues: await countQueues(
      tx,
      queues.map((one) => one.queue),
      kinds,
    ),
  }
}
