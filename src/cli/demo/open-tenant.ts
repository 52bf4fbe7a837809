// The tenant of the demo: one person of each role, one key for the shops; an interrupted loading is put aside, a finished one is kept.
import postgres from 'postgres'
import { type Role, roles } from '../../contracts/permissions.ts'
import * as identity from '../../modules/identity/index.ts'
import { fakeClock } from '../../platform/clock.ts'
import type { Sql, Tx } from '../../platform/db.ts'
import type { Runtime } from '../../platform/runtime.ts'

export const CODE = 'demo'
const MERCHANT = '山野集 Shanye Goods'
const DOMAIN = 'shanye.test'

const names: Readonly<Record<Role, string>> = {
  admin: '林知夏',
  operator: '周子航',
  agent: '陈若曦',
  lead: '赵建国',
  picker: '吴小梅',
  manager: '沈思远',
}

const scopes = [
  'orders.place',
  'orders.read',
  'orders.cancel',
  'stock.read',
  'stock.reserve',
  'catalog.read',
  'tracking.write',
  'events.read',
]

export interface DemoTenant {
  readonly tenant: string
  readonly staff: Readonly<Record<Role, string>>
  readonly key_id: string
}

/** Whether the merchant `demo` is there: loaded to its end, somebody else's, or not. */
export type Presence = 'loaded' | 'of_others' | 'absent'

/** Looks for the demo. What a loading left that did not come to its end is renamed and closed; a merchant of that code that is no demo is left alone. */
export async function findDemo(admin_url: string): Promise<Presence> {
  return asOwner(admin_url, async (sql) => {
    const [found] = await sql<{ begun: boolean; ended: boolean }[]>`
      select settings ? 'demo_begun_at' as begun, settings ? 'demo_loaded_at' as ended
        from platform.tenant where code = ${CODE} -- as owner: before it is known whose tenant it is (tenant_id)`
    if (found === undefined) return 'absent'
    if (found.ended) return 'loaded'
    if (!found.begun) return 'of_others'
    await sql`
      update platform.tenant set code = ${CODE} || '-' || right(tenant_id::text, 12), state = 'suspended' where code = ${CODE} -- as owner: tenants are its own`
    return 'absent'
  })
}

/** Marks the demo as begun or loaded. */
async function mark(
  admin_url: string,
  tenant_id: string,
  what: 'demo_begun_at' | 'demo_loaded_at',
  at: Date,
): Promise<void> {
  await asOwner(admin_url, async (sql) => {
    await sql`
      update platform.tenant set settings = settings || jsonb_build_object(${what}::text, ${at.toISOString()}::text)
       where tenant_id = ${tenant_id} -- as owner: tenants are its own`
  })
}

export function markLoaded(admin_url: string, tenant_id: string, at: Date): Promise<void> {
  return mark(admin_url, tenant_id, 'demo_loaded_at', at)
}

/** Makes the merchant with its staff and key, as of `from`. */
export async function openTenant(admin_url: string, runtime: Runtime, from: Date): Promise<DemoTenant> {
  const admin = { email: emailOf('admin'), name: names.admin, password: passwordOf(runtime) }
  const made = await asOwner(admin_url, (sql) =>
    identity.createTenant(sql, { code: CODE, name: MERCHANT, admin }, fakeClock(from)),
  )
  if (made === null || made.staff_id === null) throw new Error(`the tenant ${CODE} is there already`)
  const { tenant_id, staff_id } = made
  await mark(admin_url, tenant_id, 'demo_begun_at', from)
  const hashes = new Map<Role, string>()
  for (const role of roles) if (role !== 'admin') hashes.set(role, await identity.hashPassword(passwordOf(runtime)))
  return runtime.db.transaction(tenant_id, `user:${staff_id}`, async (opened) => {
    const tx: Tx = { ...opened, now: from }
    const add = async (role: Role): Promise<string> => {
      const id = tx.newId()
      const person = { staff_id: id, email: emailOf(role), name: names[role], role, locale: 'zh-CN' as const }
      await identity.insertStaff(tx, { ...person, password_hash: hashes.get(role) ?? '' })
      return id
    }
    const staff = {
      admin: staff_id,
      operator: await add('operator'),
      agent: await add('agent'),
      lead: await add('lead'),
      picker: await add('picker'),
      manager: await add('manager'),
    }
    const key_id = tx.newId()
    const { key_sha256, hint } = keyOf(runtime)
    await identity.insertKey(tx, { key_id, name: '店铺接口 Shops', key_sha256, hint, scopes })
    return { tenant: tenant_id, staff, key_id }
  })
}

/** What to print: a line for each role and one for the key. The same at every start of this installation. */
export function loginLines(runtime: Runtime): string[] {
  const password = passwordOf(runtime)
  return [...roles.map((role) => `${CODE} · ${emailOf(role)} · ${password}`), `API key · ${keyOf(runtime).key}`]
}

function emailOf(role: Role): string {
  return `${role}@${DOMAIN}`
}

// Of the installation's own key: nobody can log in to a demo elsewhere by knowing this one.
function passwordOf(runtime: Runtime): string {
  const digest = runtime.secrets.digest('demo password')
  return [digest.slice(0, 4), digest.slice(4, 8), digest.slice(8, 12)].join('-')
}

function keyOf(runtime: Runtime) {
  return identity.newKey(Buffer.from(runtime.secrets.digest('demo key'), 'hex'), CODE)
}

async function asOwner<Result>(admin_url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql: Sql = postgres(admin_url, { max: 1, types: { bigint: postgres.BigInt }, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
