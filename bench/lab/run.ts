// bench lab: 10,000 orders of the past replayed on both sides by the background step, beside the flow that decided them once; and how long a request waits meanwhile.

import { steps } from '../../src/app.ts'
import type { ComparisonView } from '../../src/contracts/lab.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { askComparison } from '../../src/modules/lab/ask-comparison.ts'
import { viewComparison } from '../../src/modules/lab/view-comparisons.ts'
import { beginDraft } from '../../src/modules/policies/keep-drafts.ts'
import { fakeClock, MINUTE_MS } from '../../src/platform/clock.ts'
import { drain } from '../../src/platform/engine/index.ts'
import type { BenchOptions, Row } from '../row.ts'
import { acceptOrders } from '../spine/accepted.ts'
import { openScene, type Scene } from '../spine/scene.ts'

const SEED = 20_260_306
const ORDERS = 10_000
/** Orders that come within a minute, and are decided together. */
const A_MINUTE = 50
const START = new Date('2026-03-02T00:00:00Z')
const PROBE_MS = 5

/** Plenty of stock, and so little that batches contend for it. */
const cases = [
  { name: 'plenty', units_per_sku: 1_000_000 },
  { name: 'scarce', units_per_sku: 60 },
] as const

/** The rules to be proved: dear orders from two places first, the rest by kilometres too. */
const draft = rulesDocument([
  row('dear', { value: '> 10000', locations: '["HZ1", "GZ1"]' }),
  row('rest', { cost_per_km: '1', split_penalty: '800' }),
])

function row(rule: string, cells: Readonly<Record<string, string>>) {
  return { _id: rule, rule: JSON.stringify(rule), ...cells }
}

export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const orders = options.short === true ? 1000 : ORDERS
  for (const { name, units_per_sku } of cases) {
    if (options.case !== undefined && options.case !== name) continue
    const clock = fakeClock(START)
    const scene = await openScene({ tenants: 1, units_per_sku, clock })
    process.stderr.write(`${scene.settings}; seed ${SEED}; ${orders} orders, ${name}\n`)
    try {
      const [{ tenant_id } = { tenant_id: '' }] = scene.tenants
      let flow_ms = 0
      for (let done = 0; done < orders; done += A_MINUTE) {
        clock.advance(MINUTE_MS)
        await acceptOrders(scene.runtime, tenant_id, `l${done}`, A_MINUTE, SEED + done)
        const begun = performance.now()
        await drain(scene.runtime, steps, tenant_id)
        flow_ms += performance.now() - begun
      }
      await scene.analyze()
      clock.advance(MINUTE_MS)
      yield* measure(scene, tenant_id, name, flow_ms)
    } finally {
      await scene.close()
    }
  }
}

async function* measure(scene: Scene, tenant_id: string, name: string, flow_ms: number): AsyncGenerator<Row> {
  const { runtime } = scene
  const ask = (a: 'happened' | 'live') =>
    runtime.db.transaction(tenant_id, 'system', async (tx) => {
      const { draft_id } = await beginDraft(tx, allocationRuleKind, `bench ${a}`, draft)
      return askComparison(tx, { name: `bench ${a}`, period: PERIOD, a: { of: a }, b: { of: 'draft', draft_id } })
    })
  for (const a of ['live', 'happened'] as const) {
    const id = await ask(a)
    const begun = performance.now()
    const { longest_ms } = await probing(() => drain(runtime, steps, tenant_id))
    const seconds = (performance.now() - begun) / 1000
    const view = await runtime.db.transaction(tenant_id, 'system', (tx) => viewComparison(tx, id, false))
    process.stderr.write(`  ${a}: ${told(view)}; heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB\n`)
    const sides = { bench: 'lab', case: `${name}_${a}` }
    const flow = flow_ms / 1000
    yield { ...sides, metric: 'seconds', value: seconds, baseline: 'flow', baseline_value: flow, ratio: seconds / flow }
    yield { ...sides, metric: 'orders_per_s', value: view.progress.done / seconds }
    yield { ...sides, metric: 'longest_wait_ms', value: longest_ms }
  }
}

const PERIOD = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }

function told({ state, progress, changed, compared }: ComparisonView): string {
  return `${state}, ${progress.done} of ${progress.all} orders, ${changed.all} changed, ${compared.orders} compared`
}

// The longest that something else has to wait for its turn while `work` runs.
async function probing(work: () => Promise<unknown>): Promise<{ longest_ms: number }> {
  let longest_ms = 0
  let due = performance.now() + PROBE_MS
  const timer = setInterval(() => {
    longest_ms = Math.max(longest_ms, performance.now() - due)
    due = performance.now() + PROBE_MS
  }, PROBE_MS)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return { longest_ms }
}
