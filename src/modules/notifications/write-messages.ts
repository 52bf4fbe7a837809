// From facts to messages: one for each, however often its subscriber runs; sending is another step's business.
import type { Tx } from '../../platform/db.ts'
import { type InsideStep, inside, schedule } from '../../platform/engine/index.ts'
import { balances } from '../payment/index.ts'
import { eventsOf, type Kind } from './kinds.ts'
import { type Fact, insertMessages, untoldFacts } from './store.ts'

export const SEND_STEP = 'notifications.send'
const FACTS_AT_MOST = 1_000

/** The step of a kind: on its events, writes what is not written yet; four statements for a batch. */
export function writeStep(kind: Kind): InsideStep {
  return inside(
    `notifications.${kind}`,
    { batch: 200, at_once: kind === 'confirmed' ? ['order.confirmed'] : [] },
    async (tx, jobs) => {
      const order_ids = [...new Set(jobs.map((job) => job.subject))]
      const orderOf = kind === 'refunded' ? await intentsOf(tx, order_ids) : new Map(order_ids.map((id) => [id, id]))
      const facts = await untoldFacts(tx, [...orderOf.keys()], eventsOf[kind], FACTS_AT_MOST)
      const messages = facts.flatMap((fact) => messageOf(fact, kind, orderOf))
      const message_ids = await insertMessages(tx, messages)
      // One job for all: where nothing can be sent, a thousand messages cost one statement.
      if (message_ids.length > 0)
        await schedule(tx, [{ step: SEND_STEP, subject: tx.tenant, payload: { message_ids } }])
    },
  )
}

function messageOf(fact: Fact, kind: Kind, orderOf: ReadonlyMap<string, string>) {
  const order_id = orderOf.get(fact.subject)
  return order_id === undefined ? [] : [{ event_id: fact.event_id, order_id, kind, data: fact.data }]
}

// A refund is told of the tender that it went back to.
async function intentsOf(tx: Tx, order_ids: readonly string[]): Promise<Map<string, string>> {
  const tenders = await balances(tx, order_ids)
  return new Map(
    [...tenders].flatMap(([order_id, mine]) => mine.map((tender) => [tender.intent_id, order_id] as const)),
  )
}
