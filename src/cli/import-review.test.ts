// Waiving reasons of review for one channel: the rules that ship, rules of people, the same twice.
import { expect, test } from 'vitest'
import { shippedReviewRules } from '../modules/review/index.ts'
import { rulesOf } from '../platform/rules.ts'
import { waiveReasons } from './import-review.ts'

const order = {
  channel: 'past',
  currency: 'GBP',
  total: 9_000_000,
  payment_method: 'reference',
  units: 900,
  largest_line: 900,
  lines: 1,
  earlier_orders: 0,
  categories: [],
  handling_classes: [],
  address_problem: '',
  blacklisted: true,
}

async function codes(document: unknown, channel: string): Promise<unknown> {
  const [answer] = await rulesOf(`test ${JSON.stringify(document).length}`, document).evaluate([{ ...order, channel }])
  return Array.isArray(answer) ? answer.map((reason) => reason.code).sort() : answer
}

test('orders of the channel are no longer held for what is waived, those of others and other reasons stay', async () => {
  const { document, changed, left } = waiveReasons(shippedReviewRules, 'past', [
    'large_amount',
    'new_customer_high_value',
    'unusual_quantity',
  ])
  expect(changed).toBeGreaterThan(10)
  expect(left).toEqual([])
  expect(await codes(document, 'past')).toEqual(['blacklisted'])
  expect(await codes(document, 'shop')).toEqual([
    'blacklisted',
    'large_amount',
    'new_customer_high_value',
    'unusual_quantity',
  ])
})

test('the same again changes nothing, a second channel joins the first', () => {
  const first = waiveReasons(shippedReviewRules, 'past', ['many_lines'])
  expect(waiveReasons(first.document, 'past', ['many_lines'])).toEqual({
    document: first.document,
    changed: 0,
    left: [],
  })
  const second = waiveReasons(first.document, 'older', ['many_lines'])
  expect(JSON.stringify(second.document)).toContain(JSON.stringify('not in ["past","older"]'))
})

const table = (inputs: object[], rules: object[]) => ({
  nodes: [
    { id: 'a', type: 'inputNode', name: 'a' },
    {
      id: 't',
      type: 'decisionTableNode',
      name: 't',
      content: { inputs, outputs: [{ id: 'code', field: 'code' }], rules },
    },
  ],
  edges: [],
})

test('a condition on channels that somebody wrote is left and told, one on others is left alone, a missing column is added', () => {
  const channel = [{ id: 'c', field: 'channel' }]
  const mine = table(channel, [
    { _id: 'r1', c: '"past"', code: '"many_lines"' },
    { _id: 'r2', c: '"shop"', code: '"many_lines"' },
  ])
  expect(waiveReasons(mine, 'past', ['many_lines'])).toEqual({ document: mine, changed: 0, left: ['r1'] })
  const bare = waiveReasons(table([], [{ _id: 'r1', code: '"many_lines"' }]), 'past', ['many_lines'])
  expect(bare.document).toEqual(
    table(
      [{ id: 'channel', name: 'channel', field: 'channel' }],
      [{ _id: 'r1', code: '"many_lines"', channel: 'not in ["past"]' }],
    ),
  )
})
