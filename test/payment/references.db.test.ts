// One line of a bank statement pays one order: whoever names it for another is told so.
import { expect, test } from 'vitest'
import { receiveTransfer } from '../../src/modules/payment/settle-receipts.ts'
import { payingWorld } from './paying.ts'

test('a line of the bank that paid one order is refused for another, and repeats for its own change nothing', async () => {
  await using paying = await payingWorld()
  const { world } = paying
  const intents: string[] = []
  for (const amount of [400n, 400n])
    intents.push((await paying.balance(await paying.demand('transfer', amount))).intent_id)
  const [one = '', other = ''] = intents
  const receive = (intent_id: string) =>
    world.transaction((tx) => receiveTransfer(tx, { intent_id, amount: 400n, reference: 'line 1' }))
  await receive(one)
  expect((await receive(one)).captured).toBe(400n)
  await expect(receive(other)).rejects.toMatchObject({ code: 'reference_used' })
  expect(await world.brokenInvariants()).toEqual([])
})
