// The database allows exactly the states that the machines know.
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { unitMoves } from '../../src/modules/orders/machine.ts'
import { returnMachine } from '../../src/modules/returns/machine.ts'
import { labelMachine, parcelMachine } from '../../src/modules/shipping/machine.ts'
import { fulfilmentMachine } from '../../src/modules/warehouse/machine.ts'

const sql = postgres(inject('admin_url'), { max: 1, onnotice: () => {} })
afterAll(() => sql.end())

test.each([
  ['fulfilment_state', fulfilmentMachine.states],
  ['parcel_state', parcelMachine.states],
  ['label_state', labelMachine.states],
  ['return_state', returnMachine.states],
])('the CHECK %s lists the states of its machine', async (name, states) => {
  const [row] = await sql<{ text: string }[]>`
    select pg_get_constraintdef(oid) as text from pg_constraint where conname = ${name}`
  const listed = [...(row?.text ?? '').matchAll(/'([a-z_]+)'/g)].map((match) => match[1])
  expect(listed.toSorted()).toEqual([...states].toSorted())
})

test('every move that the floor makes is one that units of an order may make', () => {
  const moves = [
    ['allocated', 'released'],
    ['released', 'picked'],
    ['released', 'reserved'],
    ['picked', 'packed'],
    ['packed', 'picked'],
    ['packed', 'shipped'],
    ['shipped', 'delivered'],
    ['shipped', 'lost'],
    ['shipped', 'returned'],
    ['delivered', 'return_requested'],
    ['return_requested', 'returned'],
    ['return_requested', 'delivered'],
    ['returned', 'restocked'],
    ['returned', 'written_off'],
  ] as const
  for (const [from, to] of moves) expect(unitMoves[from]).toContain(to)
})
