// Small routes to try the server on: a note that is kept in the database, edited, listed, and routes that fail on purpose.
import { Type } from 'typebox'
import { currentFacts, setFacts } from '../../src/platform/facts.ts'
import { answer, type Route, route } from '../../src/platform/http/route.ts'
import { platformProblem } from '../../src/platform/problems.ts'

export const Note = Type.Object({
  note_id: Type.String(),
  amount: Type.Union([Type.Integer(), Type.Null()]),
  at: Type.String({ format: 'date-time' }),
})

/** How often the effect of POST /notes was begun and committed. */
export const tried = { begun: 0, committed: 0, fail_after: false }

export const tryRoutes: Route[] = [
  route('POST /notes', {
    permit: 'orders.place',
    summary: 'Keeps a note.',
    idempotent: 'required',
    body: Type.Object({
      text: Type.String({ maxLength: 100 }),
      wait_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    }),
    reply: { 201: Note },
    run: async (context, { body }) => {
      const kept = await context.transaction(async (tx) => {
        tried.begun += 1
        const note_id = tx.newId()
        await setFacts(tx, [{ kind: 'note', key: note_id, value: { text: body.text } }])
        if (body.wait_ms !== undefined) await tx.sql`select pg_sleep(${body.wait_ms / 1000})`
        tx.afterCommit(() => {
          tried.committed += 1
        })
        return { note_id, amount: 12n, at: tx.now, hidden: 'not declared' }
      })
      if (tried.fail_after) throw platformProblem('illegal_transition')
      return answer(201, kept)
    },
  }),
  route('GET /notes', {
    permit: 'orders.read',
    summary: 'Counts notes.',
    reply: { 200: Type.Object({ notes: Type.Integer() }) },
    run: (context) =>
      context.transaction(async (tx) => ({ notes: (await currentFacts(tx, ['note'])).get('note')?.length ?? 0 })),
  }),
  route('PATCH /notes/:id', {
    permit: 'orders.edit',
    summary: 'Edits a note at a revision.',
    edits: true,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    body: Type.Object({ text: Type.String({ maxLength: 100 }) }),
    reply: { 200: Type.Object({ revision: Type.Integer() }) },
    run: async (_context, { revision }) => {
      if (revision !== 3) throw platformProblem('revision_stale')
      return { revision: 4 }
    },
  }),
  route('GET /broken', {
    permit: 'orders.read',
    summary: 'Fails inside.',
    reply: { 200: Type.Object({}) },
    run: async () => {
      throw new Error('secret detail: password=hunter2')
    },
  }),
  route('GET /slow', {
    permit: 'orders.read',
    summary: 'Takes as long as it is told.',
    query: Type.Object({ wait_ms: Type.Integer({ minimum: 0, maximum: 5_000 }) }),
    reply: { 200: Type.Object({ ok: Type.Boolean() }) },
    run: (context, { query }) =>
      context.transaction(async (tx) => {
        await tx.sql`select pg_sleep(${query.wait_ms / 1000})`
        return { ok: true }
      }),
  }),
  route('POST /echo', {
    permit: 'orders.read',
    summary: 'Answers what it was sent.',
    body: Type.Object({
      text: Type.Optional(Type.String()),
      list: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5 })),
      any: Type.Optional(Type.Unknown()),
      number: Type.Optional(Type.Integer()),
    }),
    reply: { 200: Type.Unknown() },
    run: async (_context, { body }) => body,
  }),
  route('GET /limited', {
    permit: 'orders.read',
    summary: 'Takes three requests a minute of a caller.',
    per_minute: 3,
    reply: { 200: Type.Object({ ok: Type.Boolean() }) },
    run: async () => ({ ok: true }),
  }),
]
