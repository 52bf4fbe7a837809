// Degradations told to those who watch the machine: a line in the log as each begins and ends, and a gauge of the tenants that are in one.
import { Gauge, type Registry } from 'prom-client'
import { outside } from '../../platform/engine/index.ts'
import type { Runtime } from '../../platform/runtime.ts'
import { degradationsById, degradedNow } from './store-degradations.ts'

/** On degradation.began and degradation.ended. */
export const tellDegradations = outside('modes.tell-degradation', { batch: 20 }, async (call, job) => {
  const [row] = await call.transaction((tx) => degradationsById(tx, [job.subject]))
  if (row !== undefined) {
    const { degradation_id, kind, cause, keys, ended_at } = row
    const told = { tenant: call.tenant, degradation_id, kind, cause, keys }
    if (ended_at === null) call.runtime.log.error(told, 'allocation decides with the last good values')
    else call.runtime.log.warn(told, 'good values are back: what was decided without them is priced again')
  }
  return async () => {}
})

/** Adds the gauge of degraded tenants to a registry. */
export function watchDegradations({ db }: Runtime): (registry: Registry) => void {
  return (registry) => {
    new Gauge({
      name: 'ordo_degraded_tenants',
      help: 'Tenants whose allocation decides with the last good values now, by what has failed: rates, geo, rules.',
      labelNames: ['kind'],
      registers: [registry],
      async collect() {
        const rows = await degradedNow(db)
        this.reset()
        for (const kind of ['rates', 'geo', 'rules'])
          this.set({ kind }, rows.find((row) => row.kind === kind)?.tenants ?? 0)
      },
    })
  }
}
