// The flow measured: the clock runs from the start of the worker to the last release to the warehouse.
import postgres from 'postgres'
import { steps } from '../../src/app.ts'
import { startWorker } from '../../src/platform/engine/index.ts'
import type { Scene } from './scene.ts'

const WAY = ['orders.reserve', 'review.screen', 'orders.verify-payment', 'allocation.allocate', 'warehouse.release']

export interface Flowing {
  readonly orders_per_s: number
  /** Statements per batch of each inside step of the way: all statements ÷ batches. */
  readonly statements_per_batch: number
  readonly batches: ReadonlyMap<string, { batches: number; jobs: number }>
  /** Bytes of the explanations kept, as text. */
  readonly explained: { readonly median: number; readonly p99: number; readonly max: number }
}

/** Runs the worker until nothing of the way is left; throws where fewer orders than `orders` were released. */
export async function measureFlow(scene: Scene, orders: number): Promise<Flowing> {
  const admin = postgres(scene.admin_url, { max: 1, onnotice: () => {} })
  const before = scene.runtime.db.statements()
  const [released_before] = await admin.unsafe(
    "select count(*)::int as count from warehouse.fulfilment_order where state = 'released'",
  )
  const began = performance.now()
  const worker = startWorker(scene.runtime, steps)
  for (let left = 1; left > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const [row] = await admin.unsafe(
      'select count(*)::int as count from (select from engine.job where step = any ($1) limit 1) few',
      [WAY],
    )
    left = Number(row?.count ?? 0)
  }
  const seconds = (performance.now() - began) / 1000
  const statements = scene.runtime.db.statements() - before
  await worker.stop()
  const [row] = await admin.unsafe(
    "select count(*)::int as count from warehouse.fulfilment_order where state = 'released'",
  )
  const [dead] = await admin.unsafe('select count(*)::int as count, min(error) as error from engine.dead_letter')
  const [bytes] = await admin.unsafe(
    `select percentile_disc(0.5) within group (order by octet_length(detail::text)) as median,
            percentile_disc(0.99) within group (order by octet_length(detail::text)) as p99,
            max(octet_length(detail::text)) as max
       from allocation.explanation`,
  )
  await admin.end()
  const released = Number(row?.count ?? 0) - Number(released_before?.count ?? 0)
  if (released < orders)
    throw new Error(`only ${released} of ${orders} orders were released; ${dead?.count} dead letters: ${dead?.error}`)
  const batches = [...worker.done().values()].reduce((sum, step) => sum + step.batches, 0)
  return {
    orders_per_s: orders / seconds,
    statements_per_batch: statements / batches,
    batches: worker.done(),
    explained: { median: Number(bytes?.median), p99: Number(bytes?.p99), max: Number(bytes?.max) },
  }
}
