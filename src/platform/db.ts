// PostgreSQL as Ordo uses it: one pool, transactions that belong to one tenant, SQL as tagged templates with values only.
import postgres from 'postgres'
import { type Clock, systemClock } from './clock.ts'
import { idMaker, isUuid } from './ids.ts'

/** int8 is money or a position and arrives as bigint; int4 is a quantity and arrives as number; numeric stays text. */
export type Sql = postgres.Sql<{ bigint: bigint }>
export type TransactionSql = postgres.TransactionSql<{ bigint: bigint }>

/** What a statement takes: no fragments, so that each statement of the code base can be prepared as it stands. */
export type Value = string | number | boolean | bigint | Date | Uint8Array | null | readonly Value[]

/** SQL as a tagged template with values only. */
export type Statement = <Rows extends readonly object[] = postgres.Row[]>(
  template: TemplateStringsArray,
  ...values: readonly Value[]
) => postgres.PendingQuery<Rows>

/** Who does something: `user:<id>`, `key:<id>`, `step:<name>`, `customer:<id>` or `system`. */
export type Actor = string

/** The steps that an event starts, by event type; filled from flow.ts by the composition root. */
export type Subscriptions = ReadonlyMap<string, readonly string[]>

/** A transaction of one tenant; everything in it commits or nothing does. */
export interface Tx {
  readonly sql: Statement
  readonly tenant: string
  readonly actor: Actor
  /** The time of this transaction by the injected clock. */
  readonly now: Date
  readonly newId: () => string
  readonly subscriptions: Subscriptions
  /** Runs after the commit and never if it fails; for nudges only, never for effects. */
  readonly afterCommit: (then: () => void) => void
}

export interface Database {
  /** The pool; statements on it belong to no tenant and see only what is public. */
  readonly sql: Sql
  readonly clock: Clock
  readonly newId: () => string
  /** Runs `work` in a transaction of `tenant`; a deadlock or serialisation failure is tried at most three times. */
  transaction<Result>(tenant: string, actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Statements sent since the start, BEGIN, SET LOCAL and COMMIT left out. */
  statements(): number
  close(): Promise<void>
}

export interface DatabaseOptions {
  url: string
  clock?: Clock
  subscriptions?: Subscriptions
  /** Connections at most. */
  max?: number
  /** The role to take, where the credentials in the URL are not already those of the app. */
  role?: string
  /** Tries of a transaction that lost against a concurrent one; 1 shows every deadlock. */
  tries?: number
  application?: string
}

const RETRIED = new Set(['40001', '40P01', '55P03'])
const TRIES_AT_MOST = 3

/** Opens a pool on `url` as the app role; nothing connects before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const clock = options.clock ?? systemClock
  const newId = idMaker(clock)
  const subscriptions = options.subscriptions ?? new Map<string, readonly string[]>()
  let statements = 0
  const sql: Sql = postgres(options.url, {
    max: options.max ?? 16,
    types: { bigint: postgres.BigInt },
    onnotice: () => {},
    connect_timeout: 10,
    debug: (_connection, query) => {
      if (!HOUSEKEEPING.test(query)) statements += 1
    },
    connection: {
      application_name: options.application ?? 'ordo',
      TimeZone: 'UTC',
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      jit: false,
      ...(options.role === undefined ? {} : { role: options.role }),
    },
  })

  async function once<Result>(tenant: string, actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const after: Array<() => void> = []
    const result = await sql.begin(async (transaction) => {
      const ready = setTenant(transaction, tenant)
      const tx: Tx = {
        sql: statementOf(transaction),
        tenant,
        actor,
        now: clock.now(),
        newId,
        subscriptions,
        afterCommit: (then) => after.push(then),
      }
      const [answer] = await Promise.all([work(tx), ready])
      return { answer }
    })
    for (const then of after) then()
    return result.answer
  }

  return {
    sql,
    clock,
    newId,
    statements: () => statements,
    close: () => sql.end({ timeout: 5 }),
    async transaction(tenant, actor, work) {
      if (!isUuid(tenant)) throw new Error('a transaction needs the id of a tenant')
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(tenant, actor, work)
        } catch (error) {
          if (attempt >= (options.tries ?? TRIES_AT_MOST) || !RETRIED.has(sqlState(error) ?? '')) throw error
        }
      }
    },
  }
}

// The driver guesses the type of an array from its first element and takes the element's type for the array's; left open, the server's cast decides.
function statementOf(transaction: TransactionSql): Statement {
  return <Rows extends readonly object[]>(template: TemplateStringsArray, ...values: readonly Value[]) =>
    transaction<Rows>(template, ...values.map((value) => (isList(value) ? transaction.typed(value, 0) : value)))
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

const HOUSEKEEPING = /^\s*(begin|commit|rollback|set local|savepoint|release|rollback to)/i

/** SET LOCAL as statements of their own, so that they reach the workers of a distributed PostgreSQL too; pipelined with the first statement. */
function setTenant(sql: TransactionSql, tenant: string): Promise<unknown> {
  return sql.unsafe(`set local citus.propagate_set_commands = 'local'; set local app.tenant = '${tenant}'`).execute()
}

/** The SQLSTATE of a PostgreSQL error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError ? error.code : undefined
}

/** Whether the outcome of the statement is unknown: the connection went away under it. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    code.startsWith('CONNECTION_') ||
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    code.startsWith('57P') ||
    code.startsWith('08')
  )
}
