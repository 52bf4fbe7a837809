// Sending by SMTP: the person is read at this moment and nowhere kept; without a mail server messages are kept as skipped.
import { createTransport } from 'nodemailer'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { HOUR_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type OutsideCall, outside, type Record, schedule } from '../../platform/engine/index.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { loadOrders, personOf } from '../orders/index.ts'
import { trackingLink } from '../tracking/index.ts'
import { type Composed, composeMessage } from './compose-message.ts'
import { toldOf } from './read-facts.ts'
import { endMessages, type Message, messageById } from './store.ts'
import { SEND_STEP } from './write-messages.ts'

// at most 1,000: what one batch of facts makes
const Payload = Type.Object({ message_ids: Type.Array(Type.String(), { maxItems: 1_000 }) })

const TIMEOUT_MS = 20 * SECOND_MS
const nothing: Record = async () => {}

/** A job names many messages, or is for one: the many are skipped together where there is no mail server, and become jobs of their own where there is. */
export const sendMessages = outside(
  SEND_STEP,
  { batch: 5, attempts: 14, lease_ms: 60_000, backoff },
  async (call, job) => {
    if (!Value.Check(Payload, job.payload)) return nothing
    const { message_ids } = job.payload
    const { smtp_url } = call.runtime.settings
    if (smtp_url === null) return (tx) => endMessages(tx, message_ids, 'skipped', 'no_mail_server')
    const [only, ...others] = message_ids
    if (only === undefined) return nothing
    if (others.length === 0) return sendOne(call, smtp_url, only)
    return async (tx) => {
      await schedule(
        tx,
        message_ids.map((message_id) => ({
          step: SEND_STEP,
          subject: message_id,
          payload: { message_ids: [message_id] },
        })),
      )
    }
  },
)

/** 10 s, 20 s, 40 s … at most two hours: fourteen tries take most of a day. */
function backoff(attempts: number): number {
  return Math.min(10 * SECOND_MS * 2 ** Math.min(attempts - 1, 20), 2 * HOUR_MS)
}

async function sendOne(call: OutsideCall, smtp_url: string, message_id: string): Promise<Record> {
  const tenant = await tenantOf(call.runtime.db.sql, call.tenant)
  const found = await call.transaction((tx) => read(tx, message_id))
  if (found === null) return nothing
  const { message, person, order } = found
  if (order === undefined || person === null || person.erased_at !== null || person.email === null)
    return (tx) => endMessages(tx, [message_id], 'skipped', 'no_address')
  const link = await trackingLink(call.runtime, call.tenant, message.order_id)
  const mail = composeMessage({
    ...toldOf(message, order),
    merchant: tenant.name,
    time_zone: tenant.time_zone,
    name: person.name,
    language: languageOf(person.locale),
    link,
  })
  const refusal = await deliver(smtp_url, {
    from: call.runtime.settings.mail_from,
    merchant: tenant.name,
    to: person.email,
    message_id,
    mail,
  })
  return (tx) => endMessages(tx, [message_id], refusal === null ? 'sent' : 'failed', refusal)
}

async function read(tx: Tx, message_id: string) {
  const message: Message | null = await messageById(tx, message_id)
  if (message?.state !== 'waiting') return null
  const [order] = await loadOrders(tx, [message.order_id], { lock: false })
  return { message, order, person: await personOf(tx, message.order_id) }
}

function languageOf(locale: string): 'zh' | 'en' {
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

interface Delivery {
  readonly from: string
  readonly merchant: string
  readonly to: string
  readonly message_id: string
  readonly mail: Composed
}

/**
 * Hands a mail to the server. Answers null when it was taken, the reason when it was refused for good (SMTP 5xx); throws when it may be tried
 * again. The Message-ID is that of the message: whoever gets it twice, after a crash, sees it once.
 */
async function deliver(smtp_url: string, { from, merchant, to, message_id, mail }: Delivery): Promise<string | null> {
  const host = from.split('@')[1] ?? 'localhost'
  const transport = createTransport(smtpOptions(smtp_url))
  try {
    await transport.sendMail({
      from: { name: merchant, address: from },
      to: { name: '', address: to },
      messageId: `<${message_id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
      ...mail,
    })
    return null
  } catch (error) {
    const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined
    if (typeof code === 'number' && code >= 500 && code < 600) return `refused_${code}`
    // The text may hold the address: only what kind of failure it was is kept.
    throw new Error(`the mail server could not be used: ${kindOf(error)}`)
  } finally {
    transport.close()
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function smtpOptions(smtp_url: string) {
  const url = new URL(smtp_url.includes('://') ? smtp_url : `smtp://${smtp_url}`)
  const auth =
    url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
  return {
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 25) : Number(url.port),
    secure: url.protocol === 'smtps:',
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    ...auth,
  }
}
