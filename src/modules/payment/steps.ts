// Payment's steps: the four calls to providers, and deadlines.
import { inside, type Job, type OutsideCall, outside, type Record, schedule } from '../../platform/engine/index.ts'
import { askProvider, lookAtPage } from './ask-provider.ts'
import { draftOf, methods } from './intent.ts'
import { expire } from './rules.ts'
import { lockIntents } from './store.ts'
import { DEADLINE_STEP, REQUEST_STEPS, writeChanges } from './write-changes.ts'

const CALLS = { batch: 20, lease_ms: 60_000, attempts: 12 } as const

/** Opens the payment page, or authorises at once where the provider does. */
export const authorise = outside(REQUEST_STEPS.authorise, CALLS, askProvider)
export const capture = outside(REQUEST_STEPS.capture, CALLS, askProvider)
export const voidAuthorisation = outside(REQUEST_STEPS.void, CALLS, askProvider)
export const refund = outside(REQUEST_STEPS.refund, CALLS, askProvider)

const EXPIRE_STEP = 'payment.expire'

/** The deadline: who asked nobody expires at once; of a provider's page the provider is asked a last time. */
export const meetDeadlines = inside(DEADLINE_STEP, { batch: 200 }, async (tx, jobs) => {
  const intents = await lockIntents(
    tx,
    jobs.map((job) => job.subject),
  )
  const awaited = intents.filter((intent) => intent.state === 'new' || intent.state === 'pending')
  const silent = awaited.filter((intent) => !methods[intent.method].provider).map(draftOf)
  for (const draft of silent) expire(draft)
  await writeChanges(tx, silent)
  const pages = awaited.filter((intent) => methods[intent.method].provider)
  await schedule(
    tx,
    pages.map((intent) => ({ step: EXPIRE_STEP, subject: intent.intent_id })),
  )
})

// A provider that cannot be reached does not hold stock for ever: money that comes after all goes back by itself.
const LOOKS = 4

/** Ends what nobody paid in time, after a last look at the provider; after four looks that failed, without one. */
export const expireUnpaid = outside(EXPIRE_STEP, { batch: 20, lease_ms: 60_000 }, async (call, job) => {
  const found = await lastLook(call, job)
  return (
    found ??
    (async (tx) => {
      const drafts = (await lockIntents(tx, [job.subject])).map(draftOf)
      for (const draft of drafts) expire(draft)
      await writeChanges(tx, drafts)
    })
  )
})

async function lastLook(call: OutsideCall, job: Job): Promise<Record | null> {
  try {
    return await lookAtPage(call, job.subject)
  } catch (error) {
    if (job.attempts < LOOKS) throw error
    return null
  }
}
