// T5 D3 D4: what a transaction promises when statements fail, come late, or the database goes away under it.
import { createServer } from 'node:net'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { isConnectionLoss, openDatabase, sqlState } from '../../src/platform/db.ts'
import { deadLetters, outside, runBatch, schedule } from '../../src/platform/engine/index.ts'
import { openProxy } from '../crash/proxy.ts'
import { freshWorld } from '../world/index.ts'

const until = async (met: () => Promise<boolean> | boolean, within_ms: number) => {
  for (let waited = 0; waited < within_ms; waited += 50) {
    if (await met()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

test('T5 a statement that comes after the end of its transaction is refused and never runs in that of somebody else', async () => {
  await using world = await freshWorld()
  await using other = await freshWorld()
  const shared = openDatabase({ url: inject('app_url'), max: 1 })
  let late: (() => Promise<unknown>) | undefined
  const lost = shared.transaction(world.tenant, 'system', async (tx) => {
    late = () => tx.sql`select current_setting('app.tenant') as tenant`
    throw new Error('refused')
  })
  await expect(lost).rejects.toThrow('refused')
  await shared.transaction(other.tenant, 'system', async (tx) => {
    await expect(late?.()).rejects.toThrow('has ended')
    const [row] = await tx.sql<{ tenant: string }[]>`select current_setting('app.tenant') as tenant`
    expect(row?.tenant).toBe(other.tenant)
  })
  await shared.close()
})

test('a statement that failed refuses the whole transaction, even where its error was caught', async () => {
  await using world = await freshWorld()
  const refused = world.transaction(async (tx) => {
    await tx.sql`insert into platform.fact_head (tenant_id, kind, version) values (${tx.tenant}, 'caught', 1)`
    await tx.sql`select 1 / 0 as never`.catch(() => undefined)
    return 'fine'
  })
  expect(await refused.catch(sqlState)).toBe('22012')
  const rows = await world.transaction(
    (tx) => tx.sql`select kind from platform.fact_head where tenant_id = ${tx.tenant} and kind = 'caught'`,
  )
  expect(rows).toHaveLength(0)
})

test('D3 a backend that dies is a loss of the database, said before its commit or at it, and the next transaction has a new one', async () => {
  await using world = await freshWorld()
  const database = openDatabase({ url: inject('app_url'), max: 1 })
  const owner = postgres(inject('admin_url'), { max: 1 })
  const lost = await database
    .transaction(world.tenant, 'system', async (tx) => {
      const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
      await owner`select pg_terminate_backend(${row?.pid ?? 0})`
      return tx.sql`select pg_sleep(5)`
    })
    .catch((error: unknown) => error)
  expect(isConnectionLoss(lost) && !lost.committing).toBe(true)
  const again = await database.transaction(world.tenant, 'system', (tx) => tx.sql<{ one: number }[]>`select 1 as one`)
  expect(again[0]?.one).toBe(1)
  await owner.end()
  await database.close()
})

test('D4 a reset of any other connection is no loss of the database: the job that met it fails and counts', async () => {
  await using world = await freshWorld()
  const rude = createServer((socket) => socket.resetAndDestroy())
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
  const address = rude.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const calling = outside('test.calling', { batch: 1, attempts: 1 }, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch((error: Error) => Promise.reject(error.cause))
    return async () => void answer
  })
  await world.transaction((tx) => schedule(tx, [{ step: 'test.calling', subject: tx.newId() }]))
  expect(await runBatch(world.runtime, calling, world.tenant)).toBe(1)
  const dead = await world.transaction((tx) => deadLetters(tx, 10))
  expect(dead.map((letter) => letter.error).join()).toMatch(/ECONNRESET|socket|closed/i)
  expect(isConnectionLoss(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(false)
  await new Promise((resolve) => rude.close(resolve))
})

test('D4 connections that fall silent for ever are given up, and the database is reached again within ten seconds', async () => {
  await using world = await freshWorld()
  const url = new URL(inject('app_url'))
  const proxy = await openProxy(Number(url.port))
  url.port = String(proxy.port)
  const database = openDatabase({ url: url.href, max: 3 })
  const one = () => database.transaction(world.tenant, 'system', (tx) => tx.sql<{ one: number }[]>`select 1 as one`)
  await Promise.all([one(), one(), one()])
  proxy.swallow()
  const hanging = [one(), one(), one(), one()].map((asked) =>
    asked.then(
      () => 'answered',
      (error: unknown) => (isConnectionLoss(error) ? 'lost' : 'failed'),
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  proxy.restore()
  const restored = performance.now()
  expect((await one())[0]?.one).toBe(1)
  expect(performance.now() - restored).toBeLessThan(10_000)
  // Who had a connection has lost it; who still waited for one may have got a new one.
  const ends = await Promise.all(hanging)
  expect(ends).toContain('lost')
  expect(ends).not.toContain('failed')
  expect(await until(() => proxy.open() <= 3 + 1, 5_000)).toBe(true)
  await database.close()
  await proxy.close()
})

test('D4 a slow way to the database makes work slow, and loses and refuses nothing', async () => {
  await using world = await freshWorld()
  const url = new URL(inject('app_url'))
  const proxy = await openProxy(Number(url.port))
  url.port = String(proxy.port)
  const database = openDatabase({ url: url.href, max: 2 })
  proxy.delay(300)
  const all = await Promise.all(
    [1, 2, 3, 4].map((wanted) =>
      database.transaction(world.tenant, 'system', (tx) => tx.sql<{ one: number }[]>`select ${wanted}::int as one`),
    ),
  )
  expect(all.map((rows) => rows[0]?.one)).toEqual([1, 2, 3, 4])
  await database.close()
  await proxy.close()
})
