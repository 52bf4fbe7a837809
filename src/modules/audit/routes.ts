// GET /audit: who did what, newest first, by subject or by person.
import { Type } from 'typebox'
import { Id, Instant, orNull, PageQuery, pageOf } from '../../contracts/views-shared.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { type Route, route } from '../../platform/http/route.ts'
import type { Context } from '../../platform/runtime.ts'
import { type EntryRow, listEntries, listEntriesAbout, listEntriesOf } from './store.ts'

const AuditQuery = Type.Object({
  ...PageQuery,
  /** An id, a SKU, a location: what the request was about first. */
  subject: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  staff_id: Type.Optional(Id),
})

const AuditEntry = Type.Object({
  entry_id: Id,
  at: Instant,
  actor: Type.String(),
  route: Type.String(),
  request_id: orNull(Id),
  status: orNull(Type.Integer()),
  subjects: Type.Array(Type.String(), { maxItems: 50 }),
  count: Type.Integer(),
  request_digest: orNull(Type.String()),
  before_digest: orNull(Type.String()),
  after_digest: orNull(Type.String()),
})

interface Wanted {
  readonly cursor?: string
  readonly limit?: number
  readonly subject?: string
  readonly staff_id?: string
}

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

async function auditPage(context: Context, wanted: Wanted): Promise<{ items: EntryRow[]; next_cursor: string | null }> {
  const { secrets } = context.runtime
  const { limit = 50, subject, staff_id } = wanted
  const list = `audit ${subject ?? ''} ${staff_id ?? ''}`
  const [before = NEWEST] = textPosition(secrets, list, wanted.cursor, 1) ?? []
  const rows = await context.transaction((tx) => {
    if (subject !== undefined && staff_id === undefined) return listEntriesAbout(tx, subject, before, limit + 1)
    if (staff_id !== undefined) return listEntriesOf(tx, `user:${staff_id}`, before, limit + 1)
    return listEntries(tx, before, limit + 1)
  })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(secrets, list, [last.entry_id]) : null,
  }
}

export const auditRoutes: Route[] = [
  route('GET /audit', {
    permit: 'audit.read',
    summary:
      'Who did what: one entry per change that a person or key asked for, newest first, by subject or by person.',
    query: AuditQuery,
    reply: { 200: pageOf(AuditEntry) },
    run: (context, { query }) => auditPage(context, query),
  }),
]
