// The routes of insights: the live board, once or as a stream, and the work that failed for good.
import { Type } from 'typebox'
import { Board } from '../../contracts/views-board.ts'
import { DeadLetterList } from '../../contracts/views-intake.ts'
import { Done, Id } from '../../contracts/views-shared.ts'
import { revive } from '../../platform/engine/index.ts'
import { type Route, route } from '../../platform/http/route.ts'
import { platformProblem } from '../../platform/problems.ts'
import { readBoard } from './read-board.ts'
import { streamBoard } from './stream-board.ts'
import { viewDeadLetters } from './view-dead-letters.ts'

export const insightRoutes: readonly Route[] = [
  route('GET /board', {
    permit: 'insight.read',
    summary: 'The live board: flow, backlog and age by step, work by location, what waits for people.',
    reply: { 200: Board },
    run: (context) => readBoard(context),
  }),
  route('GET /board/stream', {
    permit: 'insight.read',
    summary: 'The live board as server-sent events of type `board`.',
    produces: 'text/event-stream',
    reply: { 200: Board },
    run: async (context) => streamBoard(context),
  }),
  route('GET /dead-letters', {
    permit: 'jobs.read',
    summary: 'Jobs that failed for good, newest first.',
    reply: { 200: DeadLetterList },
    run: (context) => context.transaction(viewDeadLetters),
  }),
  route('POST /dead-letters/:id/retry', {
    permit: 'jobs.retry',
    summary: 'Sends a failed job again with a clean count.',
    idempotent: 'required',
    params: Type.Object({ id: Id }),
    reply: { 200: Done },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        if (!(await revive(tx, params.id))) throw platformProblem('not_found')
        return { ok: true }
      }),
  }),
]
