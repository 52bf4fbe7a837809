// Signatures of webhooks: the published vector and our own, and everything that must be refused.
import { expect, test } from 'vitest'
import { later, MINUTE_MS } from './clock.ts'
import { seededRandomness } from './ids.ts'
import { checkWebhook, newWebhookSecret, repeatGuard, webhookHeaders } from './webhook-signature.ts'

const SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl'
const OTHER = 'whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const body = '{"event_type":"ping","data":{"success":true}}'
const at = new Date(1_731_705_121_000)
const headers = webhookHeaders({ id: 'msg_loFOjxBNrRLzqYUf', at, body }, [SECRET])

test('E7 the published vector of Standard Webhooks is signed as published', () => {
  expect(headers).toEqual({
    'webhook-id': 'msg_loFOjxBNrRLzqYUf',
    'webhook-timestamp': '1731705121',
    'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  })
})

test.each([
  ['', 'v1,rHqy8CkjpKHbsaLBhdvs/Qz40S0KAEHqByankGpLcxo='],
  ['{}', 'v1,eb1ruD7S4N+88d0SZgvkZPvEVSnubJCEvluyk/h2ekA='],
  ['{"type":"order.placed","data":{"名":"订单"}}', 'v1,x9qVTpB3a1yyrO2yIJCA0AUJV8YOQ4RkLvFHsY5BfEY='],
])('E7 own vector %#: the signature of these bytes never changes', (text, signature) => {
  const made = webhookHeaders({ id: 'msg_1', at, body: text }, [OTHER])
  expect(made['webhook-signature']).toBe(signature)
  expect(checkWebhook({ headers: made, body: text, secrets: [OTHER], now: at })).toBe('genuine')
})

test('E7 a genuine message is taken, by either of two secrets while they rotate', () => {
  expect(checkWebhook({ headers, body, secrets: [SECRET], now: at })).toBe('genuine')
  expect(checkWebhook({ headers, body, secrets: [OTHER, SECRET], now: at })).toBe('genuine')
  const both = webhookHeaders({ id: 'm', at, body }, [OTHER, SECRET])
  expect(checkWebhook({ headers: both, body, secrets: [SECRET], now: at })).toBe('genuine')
})

test('E7 one changed byte anywhere is a forgery', () => {
  const bytes = Buffer.from(body)
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(checkWebhook({ headers, body: changed, secrets: [SECRET], now: at })).toBe('forged')
  }
  const renamed = { ...headers, 'webhook-id': 'msg_other' }
  const redated = { ...headers, 'webhook-timestamp': '1731705122' }
  for (const altered of [renamed, redated])
    expect(checkWebhook({ headers: altered, body, secrets: [SECRET], now: at })).toBe('forged')
  expect(checkWebhook({ headers, body, secrets: [OTHER], now: at })).toBe('forged')
  expect(checkWebhook({ headers, body, secrets: [], now: at })).toBe('forged')
})

test('E7 a message of another time is refused: more than five minutes old, or from the future', () => {
  expect(checkWebhook({ headers, body, secrets: [SECRET], now: later(at, 5 * MINUTE_MS) })).toBe('genuine')
  expect(checkWebhook({ headers, body, secrets: [SECRET], now: later(at, 5 * MINUTE_MS + 1) })).toBe('too_old')
  expect(checkWebhook({ headers, body, secrets: [SECRET], now: later(at, -5 * MINUTE_MS - 1) })).toBe('too_new')
})

test.each([
  ['no headers', {}],
  ['no id', { ...headers, 'webhook-id': undefined }],
  ['an empty id', { ...headers, 'webhook-id': '' }],
  ['two signatures headers', { ...headers, 'webhook-signature': ['v1,a', 'v1,b'] }],
  ['a time in words', { ...headers, 'webhook-timestamp': 'now' }],
])('E7 %s is unsigned', (_what, given) => {
  expect(checkWebhook({ headers: given, body, secrets: [SECRET], now: at })).toBe('unsigned')
})

test('E7 other versions of signature beside ours do no harm', () => {
  const mixed = { ...headers, 'webhook-signature': `v1a,AAAA ${headers['webhook-signature']} v2,BBBB` }
  expect(checkWebhook({ headers: mixed, body, secrets: [SECRET], now: at })).toBe('genuine')
  const alone = { ...headers, 'webhook-signature': 'v1a,AAAA' }
  expect(checkWebhook({ headers: alone, body, secrets: [SECRET], now: at })).toBe('forged')
})

test('E7 an id that came before is refused, for as long as its message could still be genuine', () => {
  const isNew = repeatGuard()
  expect(isNew('a', at)).toBe(true)
  expect(isNew('b', at)).toBe(true)
  expect(isNew('a', later(at, 5 * MINUTE_MS))).toBe(false)
  expect(isNew('a', later(at, 11 * MINUTE_MS))).toBe(true)
})

test('a new secret has 32 bytes behind its prefix', () => {
  const secret = newWebhookSecret(seededRandomness(1))
  expect(secret).toMatch(/^whsec_/)
  expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
})
