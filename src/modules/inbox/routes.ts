// The inbox over HTTP: the ranked list, one case, what people do with it, and the policy that ranks and routes.
import { Type } from 'typebox'
import {
  ApplyFix,
  Assignment,
  FixApplied,
  InboxCase,
  InboxCounts,
  InboxPage,
  InboxPolicy,
  InboxQuery,
  ItemNote,
  SkillList,
  Snooze,
  StaffSkills,
} from '../../contracts/inbox.ts'
import { ApplyMany, ManyApplied, ManyPreview, PreviewMany, SnoozeMany } from '../../contracts/inbox-many.ts'
import { Done, Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { applyFix, undoFix } from './apply-fix.ts'
import { inboxPolicy, putInboxPolicy } from './read-policy.ts'
import { skillRows } from './store-reading.ts'
import { viewCase } from './view-case.ts'
import { previewMany } from './view-fixes.ts'
import { viewCounts, viewInbox } from './view-list.ts'
import { assign, claim, note, release, setSkills, snooze } from './work-items.ts'
import { applyMany, snoozeMany } from './work-many.ts'

const ById = Type.Object({ id: Id })
const Written = Type.Object({ version_id: Type.String() })
const nothing: ReadonlySet<string> = new Set()
const permissionsOf = (principal: Principal | null) => principal?.permissions ?? nothing

const reading: Route[] = [
  route('GET /inbox', {
    permit: 'orders.read',
    summary: 'What needs a person, by money at stake and time left; only kinds that the caller may see.',
    query: InboxQuery,
    reply: { 200: InboxPage },
    run: (context, { query, principal }) =>
      context.transaction((tx) => viewInbox(tx, context.runtime.secrets, query, permissionsOf(principal))),
  }),
  route('GET /inbox/counts', {
    permit: 'orders.read',
    summary: 'How many items wait, by kind and by queue, counted to a thousand.',
    reply: { 200: InboxCounts },
    run: (context, { principal }) => context.transaction((tx) => viewCounts(tx, permissionsOf(principal))),
  }),
  route('GET /inbox/items/:id', {
    permit: 'orders.read',
    summary: 'One case: evidence, order, the fixes that fit with their effect on stock, money and promise, history.',
    params: ById,
    reply: { 200: InboxCase },
    run: (context, { params, principal }) =>
      context.transaction((tx) => viewCase(tx, params.id, permissionsOf(principal))),
  }),
]

const working: Route[] = [
  route('POST /inbox/items/:id/claim', {
    permit: 'orders.hold',
    summary: 'Takes an item: one person at a time; whoever comes second is told who has it.',
    idempotent: 'required',
    params: ById,
    reply: { 200: Done },
    run: (context, { params, principal }) =>
      context.transaction((tx) => claim(tx, params.id, permissionsOf(principal)).then(() => ({ ok: true }))),
  }),
  route('DELETE /inbox/items/:id/claim', {
    permit: 'orders.hold',
    summary: 'Gives an item back.',
    params: ById,
    reply: { 200: Done },
    run: (context, { params, principal }) =>
      context.transaction((tx) => release(tx, params.id, permissionsOf(principal)).then(() => ({ ok: true }))),
  }),
  route('POST /inbox/items/:id/snooze', {
    permit: 'orders.hold',
    summary: 'Puts an item off until a time; it comes back by itself.',
    idempotent: 'required',
    params: ById,
    body: Snooze,
    reply: { 200: Done },
    run: (context, { params, body, principal }) =>
      context.transaction(async (tx) => {
        await snooze(tx, params.id, { until: new Date(body.until), note: body.note ?? null }, permissionsOf(principal))
        return { ok: true }
      }),
  }),
  route('POST /inbox/items/:id/assignment', {
    permit: 'orders.hold',
    summary: 'Hands an item to a person or a queue; what is not named stays.',
    idempotent: 'required',
    params: ById,
    body: Assignment,
    reply: { 200: Done },
    run: (context, { params, body, principal }) =>
      context.transaction((tx) => assign(tx, params.id, body, permissionsOf(principal)).then(() => ({ ok: true }))),
  }),
  route('POST /inbox/items/:id/notes', {
    permit: 'orders.hold',
    summary: 'Writes a note into the history of an item.',
    idempotent: 'required',
    params: ById,
    body: ItemNote,
    reply: { 200: Done },
    run: (context, { params, body, principal }) =>
      context.transaction((tx) => note(tx, params.id, body.text, permissionsOf(principal)).then(() => ({ ok: true }))),
  }),
  route('POST /inbox/items/:id/fix', {
    permit: 'orders.read',
    summary: 'Applies a fix; the permission is that of the fix. What has not helped comes back by itself.',
    idempotent: 'required',
    params: ById,
    body: ApplyFix,
    reply: { 200: FixApplied },
    run: (context, { params, body, principal }) =>
      context.transaction((tx) => applyFix(tx, params.id, body, permissionsOf(principal))),
  }),
  route('DELETE /inbox/items/:id/fix', {
    permit: 'orders.hold',
    summary: 'Takes back a decision that has not taken effect, or that the item was put off.',
    params: ById,
    reply: { 200: Done },
    run: (context, { params, principal }) =>
      context.transaction((tx) => undoFix(tx, params.id, permissionsOf(principal)).then(() => ({ ok: true }))),
  }),
  route('POST /inbox/snoozes', {
    permit: 'orders.hold',
    summary:
      'Puts up to 50 items off until the same time, each by itself; sent again, it is put off to the same time again.',
    idempotent: 'natural',
    body: SnoozeMany,
    reply: { 200: ManyApplied },
    run: (context, { body: { item_ids, until, note: text = null }, principal }) =>
      snoozeMany(context, item_ids, { until: new Date(until), note: text }, permissionsOf(principal)),
  }),
  route('POST /inbox/fixes/preview', {
    permit: 'orders.read',
    summary: 'What each fix would do to up to 50 items together, without doing it.',
    idempotent: 'natural',
    body: PreviewMany,
    reply: { 200: ManyPreview },
    run: (context, { body, principal }) =>
      context.transaction((tx) => previewMany(tx, body.item_ids, permissionsOf(principal))),
  }),
  route('POST /inbox/fixes', {
    permit: 'orders.read',
    summary: 'Applies the same fix to up to 50 items, each by itself; sent again, what is done is refused as closed.',
    idempotent: 'natural',
    body: ApplyMany,
    reply: { 200: ManyApplied },
    run: (context, { body: { item_ids, ...wish }, principal }) =>
      applyMany(context, item_ids, wish, permissionsOf(principal)),
  }),
]

const settings: Route[] = [
  route('GET /inbox/policy', {
    permit: 'orders.read',
    summary: 'The policy in force: weights, hours, queues with their skills, routes.',
    reply: { 200: InboxPolicy },
    run: (context) => context.transaction((tx) => inboxPolicy(tx)),
  }),
  route('PUT /inbox/policy', {
    permit: 'allocation.policy',
    summary: 'Sets the policy from now on; items are weighed by it when they are noticed or renewed.',
    idempotent: 'natural',
    body: InboxPolicy,
    reply: { 200: Written },
    run: (context, { body }) => context.transaction(async (tx) => ({ version_id: await putInboxPolicy(tx, body) })),
  }),
  route('GET /inbox/skills', {
    permit: 'orders.read',
    summary: 'Who of the staff can take on what.',
    reply: { 200: StaffSkills },
    run: (context) =>
      context.transaction(async (tx) => ({
        items: [...Map.groupBy(await skillRows(tx), (row) => row.staff_id)].map(([staff_id, rows]) => ({
          staff_id,
          skills: rows.map((row) => row.skill),
        })),
      })),
  }),
  route('PUT /inbox/skills/:id', {
    permit: 'identity.write',
    summary: 'Sets what a person of the staff can take on.',
    idempotent: 'natural',
    params: ById,
    body: SkillList,
    reply: { 200: Done },
    run: (context, { params, body }) =>
      context.transaction((tx) => setSkills(tx, params.id, body.skills).then(() => ({ ok: true }))),
  }),
]

export const inboxRoutes: Route[] = [...reading, ...working, ...settings]
