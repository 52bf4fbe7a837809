// The same for many items, each in a transaction of its own: what one is refused for does not stop the others.
import type { Static } from 'typebox'
import type { ApplyFix } from '../../contracts/inbox.ts'
import type { ManyApplied } from '../../contracts/inbox-many.ts'
import type { Tx } from '../../platform/db.ts'
import { Problem, problemCatalogue } from '../../platform/problem.ts'
import type { Context } from '../../platform/runtime.ts'
import { applyFix } from './apply-fix.ts'
import { checkSnooze, snooze } from './work-items.ts'

type Applied = Static<typeof ManyApplied>

/** Applies one fix to each of the items. */
export function applyMany(
  context: Context,
  item_ids: readonly string[],
  wish: ApplyFix,
  permissions: ReadonlySet<string>,
): Promise<Applied> {
  return eachOf(context, item_ids, async (tx, item_id) => (await applyFix(tx, item_id, wish, permissions)).state)
}

/** Puts each of the items off until the same time. Throws snooze_past. */
export async function snoozeMany(
  context: Context,
  item_ids: readonly string[],
  until: { readonly until: Date; readonly note: string | null },
  permissions: ReadonlySet<string>,
): Promise<Applied> {
  checkSnooze(context, until.until)
  return eachOf(context, item_ids, async (tx, item_id) => {
    await snooze(tx, item_id, until, permissions)
    return 'waiting'
  })
}

type Work = (tx: Tx, item_id: string) => Promise<'closed' | 'waiting'>

async function eachOf(context: Context, item_ids: readonly string[], work: Work): Promise<Applied> {
  const items: Applied['items'] = []
  for (const item_id of new Set(item_ids)) items.push(await doOne(context, item_id, work))
  return { items }
}

async function doOne(context: Context, item_id: string, work: Work): Promise<Applied['items'][number]> {
  try {
    const state = await context.transaction((tx) => work(tx, item_id))
    return { item_id, state, code: null, text: null }
  } catch (error) {
    // What is done of the others stays done: its answer must not be lost because one of them broke.
    if (!(error instanceof Problem)) context.runtime.log.error({ error, item_id }, 'work on an item broke')
    const code = error instanceof Problem ? error.code : 'internal'
    const known = problemCatalogue().get(code)
    const text = { en: known?.en ?? code, zh: known?.zh ?? code }
    return { item_id, state: 'refused' as const, code, text }
  }
}
