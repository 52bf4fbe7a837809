// `ordo import setup`: what the orders of an import need to be fulfilled: tenant, sites, shop, carriers, review rules, SKUs and stock, by a printed seed.
import postgres from 'postgres'
import { openRuntime, steps } from '../app.ts'
import type { Mapping } from '../contracts/intake-mapping.ts'
import * as catalog from '../modules/catalog/index.ts'
import { createTenant } from '../modules/identity/index.ts'
import { MappingFault, openMapping, type PlannedSetup, planSetup, readMapping } from '../modules/intake/index.ts'
import * as inventory from '../modules/inventory/index.ts'
import * as shipping from '../modules/shipping/index.ts'
import type { Tx } from '../platform/db.ts'
import { drain } from '../platform/engine/index.ts'
import { currentFacts, setFacts } from '../platform/facts.ts'
import { type Context, contextOf, type Runtime } from '../platform/runtime.ts'
import { openTenant, tenantOf } from '../platform/tenants.ts'
import { openSurroundings, type Surroundings } from './environment.ts'
import { foldersOf, sayingFaults } from './import-orders.ts'
import { type Waived, waiveReviews } from './import-review.ts'
import { refreshStatistics } from './invariants.ts'

export interface SetupOptions {
  readonly map: string
  readonly tenant: string
  readonly seed: string
}

const SKUS_A_TRANSACTION = 1_000
const ROWS_A_STATEMENT = 2_000
const DONE = 'import_setup'

/** Makes all that a mapping's set-up names; what is there already is set anew, stock is received once. */
export async function importSetupCommand(folder: string, options: SetupOptions): Promise<number> {
  return sayingFaults(async () => {
    await setUp(folder, options)
    return 0
  })
}

async function setUp(folder: string, options: SetupOptions): Promise<void> {
  const seed = Number(options.seed)
  if (!Number.isSafeInteger(seed)) throw new MappingFault('--seed must be a whole number')
  const { mapping } = await readMapping(options.map)
  const open = await openMapping(mapping, foldersOf(folder))
  await open.check()
  await open.load()
  const planned = await planSetup(open, seed)
  const surroundings = await openSurroundings({ migrating: true })
  const runtime = openRuntime({ ...surroundings, log_level: process.env.ORDO_LOG ?? 'warn' })
  try {
    const tenant = await tenantFor(runtime, surroundings, options.tenant, mapping)
    const context = contextOf(runtime, tenant, 'system')
    const furnished = await furnish(context, mapping, planned)
    await drain(runtime, steps, tenant)
    await refreshStatistics(surroundings.admin_url)
    process.stdout.write(`${report(mapping, planned, options.tenant, seed, furnished)}\n`)
  } finally {
    await runtime.db.close()
    await surroundings.stop()
  }
}

async function tenantFor(
  runtime: Runtime,
  surroundings: Surroundings,
  code: string,
  mapping: Mapping,
): Promise<string> {
  const known = await openTenant(runtime.db.sql, code)
  if (known !== null) return known.tenant_id
  const sql = postgres(surroundings.admin_url, { max: 1, types: { bigint: postgres.BigInt }, onnotice: () => {} })
  try {
    const { currency, zone, name } = mapping
    const made = await createTenant(sql, { code, name, base_currency: currency, time_zone: zone, locale: 'en' })
    if (made === null) throw new Error(`the tenant ${code} is not open`)
    return made.tenant_id
  } finally {
    await sql.end()
  }
}

interface Furnished {
  /** False where the stock was received by an earlier set-up. */
  readonly received: boolean
  /** null where the mapping waives nothing. */
  readonly waived: Waived | null
  /** What the mapping's currency is worth to this tenant; null where it needs no rate, '' where there is none. */
  readonly rate: string | null
}

/** Sets sites, shop, carriers, review rules, currency rate, SKUs and stock. */
export async function furnish(context: Context, mapping: Mapping, planned: PlannedSetup): Promise<Furnished> {
  const { setup } = mapping
  if (setup === undefined) return { received: false, waived: null, rate: null }
  const { base_currency } = await tenantOf(context.runtime.db.sql, context.tenant)
  const [waived, rate] = await context.transaction(async (tx) => {
    await putSites(tx, mapping.channel, setup)
    const done = setup.review === undefined ? null : await waiveReviews(tx, mapping.channel, setup.review.waive)
    return [done, await putRate(tx, mapping, base_currency)] as const
  })
  for (let from = 0; from < planned.skus.length; from += SKUS_A_TRANSACTION)
    await context.transaction((tx) => catalog.putSkus(tx, planned.skus.slice(from, from + SKUS_A_TRANSACTION)))
  const received = await context.transaction((tx) => receiveOnce(tx, mapping, planned))
  return { received, waived, rate }
}

// Costs compare in the tenant's own currency: without a rate allocation would park every order. One that is set already is left.
async function putRate(tx: Tx, { currency, setup }: Mapping, base_currency: string): Promise<string | null> {
  if (currency === base_currency) return null
  const key = `${currency}/${base_currency}`
  const known = (await currentFacts(tx, ['currency_rate'])).get('currency_rate') ?? []
  if (known.some((fact) => fact.key === key)) return null
  const rate = setup?.currency_rates?.[base_currency] ?? ''
  if (rate !== '') await setFacts(tx, [{ kind: 'currency_rate', key, value: { rate }, reason: 'import setup' }])
  return rate
}

// All of it or nothing, and a fact that says so: a set-up that was killed is done again, one that ended never twice.
async function receiveOnce(tx: Tx, { name }: Mapping, { stock }: PlannedSetup): Promise<boolean> {
  const done = (await currentFacts(tx, [DONE])).get(DONE) ?? []
  if (done.some((fact) => fact.key === name)) return false
  for (let from = 0; from < stock.length; from += ROWS_A_STATEMENT)
    await inventory.receiveStock(tx, stock.slice(from, from + ROWS_A_STATEMENT), { reason: 'import setup' })
  await setFacts(tx, [{ kind: DONE, key: name, value: { places: stock.length } }])
  return true
}

async function putSites(tx: Tx, channel: string, setup: NonNullable<Mapping['setup']>): Promise<void> {
  await catalog.putNetworks(tx, new Map(Object.entries(setup.networks)))
  await catalog.putLocations(tx, new Map(Object.entries(setup.locations)))
  const places = Object.entries(setup.locations).map(([location_id, { network }]) => ({
    location_id,
    network_id: network,
  }))
  await inventory.placeLocations(tx, places)
  await catalog.putChannels(tx, new Map([[channel, setup.channel]]))
  await shipping.putCarriers(tx, new Map(Object.entries(setup.carriers)))
  await shipping.putRateCards(tx, new Map(Object.entries(setup.rate_cards)))
}

function report(
  mapping: Mapping,
  planned: PlannedSetup,
  tenant: string,
  seed: number,
  { received, waived, rate }: Furnished,
): string {
  const units = planned.stock.reduce((sum, row) => sum + row.quantity, 0)
  const locations = Object.keys(mapping.setup?.locations ?? {})
  return [
    `set up for ${mapping.name} at tenant ${tenant}, seed ${seed}`,
    `  locations ${locations.join(', ')}`,
    `  carriers  ${Object.keys(mapping.setup?.carriers ?? {}).join(', ')}`,
    `  SKUs      ${planned.skus.length}`,
    received ? `  stock     ${units} units received` : '  stock     was there already',
    ...(waived === null ? [] : [reviewReport(mapping, waived)]),
    ...(rate === null ? [] : [rateReport(mapping, rate)]),
  ].join('\n')
}

function reviewReport({ channel, setup }: Mapping, { changed, left }: Waived): string {
  const reasons = setup?.review?.waive.join(', ') ?? ''
  const rows = changed === 0 ? 'as set before' : `${changed} rows of the rules changed`
  const others = left.length === 0 ? '' : `; rows with conditions of their own are left: ${left.join(', ')}`
  return `  review    orders of ${channel} are not held for ${reasons} (${rows}${others})`
}

function rateReport({ currency }: Mapping, rate: string): string {
  return rate === ''
    ? `  currency  NO RATE from ${currency} to the tenant's own: set one (PUT /currency-rates/${currency}/…), or allocation parks every order`
    : `  currency  1 ${currency} is taken for ${rate} of the tenant's own`
}
