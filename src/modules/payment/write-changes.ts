// Writes what the rules made of locked intents: amounts, journal, requests with their jobs, events; at most seven statements for any batch.
import type { Tx } from '../../platform/db.ts'
import { type NewJob, schedule } from '../../platform/engine/index.ts'
import { type NewEvent, publish } from '../../platform/outbox/publish.ts'
import type { Draft, RequestKind } from './intent.ts'
import { saveIntents } from './store.ts'
import { post } from './store-journal.ts'
import { answerRequests, insertRequests, type WrittenRequest } from './store-requests.ts'

export const REQUEST_STEPS = {
  authorise: 'payment.authorise',
  capture: 'payment.capture',
  void: 'payment.void',
  refund: 'payment.refund',
} as const satisfies Record<RequestKind, string>

export const DEADLINE_STEP = 'payment.deadline'

/** Writes the drafts; `timers` are jobs that go with them, in the same statement as those of the requests. */
export async function writeChanges(tx: Tx, drafts: readonly Draft[], timers: readonly NewJob[] = []): Promise<void> {
  const changed = drafts.filter((draft) => draft.intent !== draft.before)
  await saveIntents(
    tx,
    changed.map((draft) => draft.intent),
  )
  await post(
    tx,
    drafts.flatMap((draft) => draft.bookings),
  )
  const requests = drafts.flatMap(({ intent, requests }) =>
    requests.map((request): WrittenRequest => ({ ...request, request_id: tx.newId(), intent_id: intent.intent_id })),
  )
  await insertRequests(tx, requests)
  await answerRequests(
    tx,
    drafts.flatMap((draft) => draft.answers),
  )
  const asked = requests.filter((request) => request.state === 'asked')
  await schedule(tx, [
    ...timers,
    ...asked.map((request) => ({ step: REQUEST_STEPS[request.kind], subject: request.request_id })),
  ])
  await publish(
    tx,
    drafts.flatMap(({ intent, events }) =>
      events.map((event): NewEvent => ({ ...event, subject: intent.intent_id, about: intent.demand_id })),
    ),
  )
}
