// Promises of matching returns: the latest line first, never more than was sold, and an attempt can be taken back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SoldLedger } from './match-returns.ts'

const sold = (ledger: SoldLedger, order_id: string, quantity: number) =>
  ledger.sold('anna', 'TEA', { order_id, line_no: 1, quantity })

test('goods come back from the latest line, then from the one before it', () => {
  const ledger = new SoldLedger()
  sold(ledger, 'first', 5)
  sold(ledger, 'second', 2)
  expect(ledger.takeBack('anna', 'TEA', 3)).toEqual([
    { order_id: 'second', line_no: 1, quantity: 2 },
    { order_id: 'first', line_no: 1, quantity: 1 },
  ])
  expect(ledger.takeBack('anna', 'TEA', 4)).toEqual([{ order_id: 'first', line_no: 1, quantity: 4 }])
  expect(ledger.takeBack('anna', 'TEA', 1)).toBeNull()
})

test('nobody gives back what another bought, and not more than he bought', () => {
  const ledger = new SoldLedger()
  sold(ledger, 'first', 2)
  expect(ledger.takeBack('bob', 'TEA', 1)).toBeNull()
  expect(ledger.takeBack('anna', 'POT', 1)).toBeNull()
  expect(ledger.takeBack('anna', 'TEA', 3)).toBeNull()
  expect(ledger.takeBack('anna', 'TEA', 2)).toHaveLength(1)
})

const action = fc.record({ sells: fc.boolean(), quantity: fc.integer({ min: 1, max: 9 }) })

test('what came back and what is left is what was sold, also after attempts that were taken back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(action, { maxLength: 6 }), fc.boolean()), { maxLength: 8 }), (batches) => {
      const ledger = new SoldLedger()
      let left = 0
      for (const [actions, fails] of batches) {
        let after = left
        for (const { sells, quantity } of actions) {
          if (sells) sold(ledger, 'order', quantity)
          const back = sells ? null : ledger.takeBack('anna', 'TEA', quantity)
          if (!sells) expect(back === null).toBe(quantity > after)
          after += sells ? quantity : back === null ? 0 : -quantity
        }
        if (fails) ledger.undo()
        else {
          ledger.mark()
          left = after
        }
      }
      expect(ledger.takeBack('anna', 'TEA', left + 1)).toBeNull()
      if (left > 0) expect(ledger.takeBack('anna', 'TEA', left)).not.toBeNull()
    }),
  )
})
