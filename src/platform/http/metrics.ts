// Prometheus metrics: requests by route and status with their durations, statements, process; others register their own collectors.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Runtime } from '../runtime.ts'

/** Upper bounds in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

class Tally {
  readonly buckets = new Array<number>(BOUNDS.length + 1).fill(0)
  readonly statuses = new Map<number, number>()
  sum_seconds = 0
  count = 0
}

interface Sample {
  readonly labels: Record<string, string>
  readonly value: number
  readonly metricName: string
}

/** Counts without hashing labels: one tally per route, turned into samples when somebody asks. */
export class RequestMetrics {
  readonly #tallies = new Map<string, Tally>()

  /** Counts a request; `route` is its declared address, never the path that was asked for. */
  observe(route: string, status: number, duration_ms: number): void {
    let tally = this.#tallies.get(route)
    if (tally === undefined) {
      tally = new Tally()
      this.#tallies.set(route, tally)
    }
    const seconds = duration_ms / 1000
    let place = 0
    while (place < BOUNDS.length && seconds > (BOUNDS[place] ?? 0)) place += 1
    tally.buckets[place] = (tally.buckets[place] ?? 0) + 1
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
    tally.sum_seconds += seconds
    tally.count += 1
  }

  counts(): Sample[] {
    const samples: Sample[] = []
    for (const [route, tally] of this.#tallies) {
      for (const [status, value] of tally.statuses)
        samples.push({ labels: { route, status: String(status) }, value, metricName: 'http_requests_total' })
    }
    return samples
  }

  durations(): Sample[] {
    const name = 'http_request_duration_seconds'
    const samples: Sample[] = []
    for (const [route, tally] of this.#tallies) {
      let below = 0
      for (const [place, bound] of [...BOUNDS, Infinity].entries()) {
        below += tally.buckets[place] ?? 0
        samples.push({
          labels: { route, le: bound === Infinity ? '+Inf' : String(bound) },
          value: below,
          metricName: `${name}_bucket`,
        })
      }
      samples.push(
        { labels: { route }, value: tally.sum_seconds, metricName: `${name}_sum` },
        { labels: { route }, value: tally.count, metricName: `${name}_count` },
      )
    }
    return samples
  }
}

/** The metrics page in the Prometheus text format. */
export async function metricsPage(registry: Registry, requests: RequestMetrics): Promise<string> {
  const lines = [await registry.metrics()]
  lines.push(
    '# HELP http_requests_total Requests by route and status.',
    '# TYPE http_requests_total counter',
    ...requests.counts().map(line),
  )
  lines.push(
    '# HELP http_request_duration_seconds Duration of requests by route.',
    '# TYPE http_request_duration_seconds histogram',
    ...requests.durations().map(line),
  )
  return `${lines.join('\n')}\n`
}

function line(sample: Sample): string {
  const labels = Object.entries(sample.labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '')}"`)
  return `${sample.metricName}{${labels.join(',')}} ${sample.value}`
}

/** A registry of this process: Node's own figures, statements sent, requests under way; `collect` adds what modules count. */
export function openRegistry(
  runtime: Runtime,
  under_way: () => number,
  collect: ((registry: Registry) => void) | undefined,
): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'http_requests_under_way',
    help: 'Requests that have come and are not answered yet.',
    registers: [registry],
    collect() {
      this.set(under_way())
    },
  })
  new Gauge({
    name: 'database_statements_total',
    help: 'Statements sent since the start, BEGIN, SET LOCAL and COMMIT left out.',
    registers: [registry],
    collect() {
      this.set(runtime.db.statements())
    },
  })
  collect?.(registry)
  return registry
}
