// Labels cost money: one per parcel, whatever dies between the carrier's answer and our record, and none that nobody uses.
import { expect, test } from 'vitest'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import type { OutsideCall } from '../../src/platform/engine/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { type Ready, released } from './furnish.ts'

/** A carrier that counts: the same key gets the same number, as carriers with idempotency keys do. */
function countingCarrier(options: { failures?: number } = {}) {
  const numbers = new Map<string, string>()
  const voided: string[] = []
  let calls = 0
  let failures = options.failures ?? 0
  const carrier: shipping.Carrier = {
    async createLabel(_request, { key }) {
      calls += 1
      if (failures-- > 0) throw new Error('the carrier is down')
      const number = numbers.get(key) ?? `FAKE${String(numbers.size + 1).padStart(8, '0')}`
      numbers.set(key, number)
      return { tracking_number: number }
    },
    async voidLabel(tracking_number) {
      voided.push(tracking_number)
    },
    track: async () => [],
  }
  return { carrier, numbers, voided, calls: () => calls }
}

async function packedUp(world: World): Promise<Ready> {
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await world.transaction((tx) => warehouse.pickLines(tx, one!.fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, one!.fulfilment_id, null))
  return one!
}

const parcelsOf = (world: World, { fulfilment_id }: Ready) =>
  world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))

/** The outside call of the step as a worker makes it, whose process then dies before it records anything. */
async function callAndDie(world: World, subject: string): Promise<void> {
  const call: OutsideCall = {
    tenant: world.tenant,
    runtime: world.runtime,
    signal: AbortSignal.timeout(10_000),
    transaction: world.transaction,
  }
  await shipping.labelParcels.run(call, { job_id: subject, subject, attempts: 0, payload: null })
}

test('H3 a worker that dies after the carrier answered never makes it sell a second label', async () => {
  const fake = countingCarrier()
  const disconnect = shipping.connectCarrier('ordo-express', fake.carrier)
  try {
    await using world = await freshWorld({ stock: { A: 9 } })
    const one = await packedUp(world)
    await callAndDie(world, one.fulfilment_id)
    await callAndDie(world, one.fulfilment_id)
    await world.drain()
    expect(fake.calls()).toBe(3)
    expect(fake.numbers.size).toBe(1)
    const [parcel] = await parcelsOf(world, one)
    expect(parcel).toMatchObject({ state: 'labelled', tracking_number: 'FAKE00000001' })
    expect(await world.brokenInvariants()).toEqual([])
  } finally {
    disconnect()
  }
})

test('H3 two workers with the same parcel in hand record one label', async () => {
  const fake = countingCarrier()
  const disconnect = shipping.connectCarrier('ordo-express', fake.carrier)
  try {
    await using world = await freshWorld({ stock: { A: 9 } })
    const one = await packedUp(world)
    const call: OutsideCall = {
      tenant: world.tenant,
      runtime: world.runtime,
      signal: AbortSignal.timeout(10_000),
      transaction: world.transaction,
    }
    const job = { job_id: one.fulfilment_id, subject: one.fulfilment_id, attempts: 0, payload: null }
    const records = await Promise.all([shipping.labelParcels.run(call, job), shipping.labelParcels.run(call, job)])
    await Promise.all(records.map((record) => world.transaction(record)))
    await world.drain()
    expect(fake.numbers.size).toBe(1)
    expect(await world.brokenInvariants()).toEqual([])
  } finally {
    disconnect()
  }
})

test('H1 a label that arrives after its parcel was opened again is given back', async () => {
  const fake = countingCarrier()
  const disconnect = shipping.connectCarrier('ordo-express', fake.carrier)
  try {
    await using world = await freshWorld({ stock: { A: 9 } })
    const one = await packedUp(world)
    const call: OutsideCall = {
      tenant: world.tenant,
      runtime: world.runtime,
      signal: AbortSignal.timeout(10_000),
      transaction: world.transaction,
    }
    const record = await shipping.labelParcels.run(call, {
      job_id: one.fulfilment_id,
      subject: one.fulfilment_id,
      attempts: 0,
      payload: null,
    })
    await world.transaction((tx) => warehouse.unpackParcels(tx, one.fulfilment_id, null))
    await world.transaction(record)
    await world.drain()
    expect(fake.voided).toEqual(['FAKE00000001'])
    expect((await parcelsOf(world, one)).map((parcel) => parcel.state)).toEqual(['voided'])
    expect(await world.brokenInvariants()).toEqual([])
  } finally {
    disconnect()
  }
})

test('a carrier that is down is asked again, and the parcel gets its label when it is back', async () => {
  const fake = countingCarrier({ failures: 3 })
  const disconnect = shipping.connectCarrier('ordo-express', fake.carrier)
  try {
    await using world = await freshWorld({ stock: { A: 9 } })
    const one = await packedUp(world)
    for (let hour = 0; hour < 5; hour++) {
      await world.drain()
      world.clock.advance(HOUR_MS)
    }
    expect((await parcelsOf(world, one))[0]!.state).toBe('labelled')
    expect(fake.calls()).toBe(4)
  } finally {
    disconnect()
  }
})
