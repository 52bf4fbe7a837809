// PostgreSQL as Ordo uses it: one pool, transactions that belong to one tenant, SQL as tagged templates with values only.
import postgres from 'postgres'
import { type Clock, systemClock } from './clock.ts'
import { type Connection, ConnectionLost, type Statement, type Value } from './connection.ts'
import { idMaker, isUuid } from './ids.ts'
import { type Log, openLog } from './log.ts'
import { Pool } from './pool.ts'

export type { Statement, Value } from './connection.ts'

/** The driver's own pool, for the owner's chores. int8 is money or a position and arrives as bigint; int4 is a quantity and arrives as number. */
export type Sql = postgres.Sql<{ bigint: bigint }>
export type TransactionSql = postgres.TransactionSql<{ bigint: bigint }>

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
  /** In a batch of the engine: whether `step` will run on `event` for `subject` in this very transaction, so that no job is needed. */
  readonly follow?: (event: string, step: string, subject: string) => boolean
  /** This step runs at once after another: what that one locked is locked already. */
  readonly at_once?: boolean
  /** Runs after the commit and never if it fails; for nudges only, never for effects. */
  readonly afterCommit: (then: () => void) => void
  readonly log: Log
}

export interface Database {
  /** A statement alone on some connection; it belongs to no tenant and sees only what is public. */
  readonly sql: Statement
  /** A text without parameters, of one statement or several; for schemas and tests. */
  run<Row extends object = postgres.Row>(text: string): Promise<postgres.RowList<Row[]>>
  /** What a statement answers, without running it. */
  describe(text: string): ReturnType<Connection['describe']>
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
  /** Without one nothing is said. */
  log?: Log
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
  const log = options.log ?? openLog('silent')
  const newId = idMaker(clock)
  const subscriptions = options.subscriptions ?? new Map<string, readonly string[]>()
  const pool = new Pool({ url: options.url, max: options.max ?? 16, settings: settingsOf(options) })
  let statements = 0
  const counted = (connection: Connection): Statement => {
    return (template, ...values) => {
      if (!HOUSEKEEPING.test(template[0] ?? '')) statements += 1
      return connection.sql(template, ...values)
    }
  }

  async function alone<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection = await pool.take()
    try {
      return await work(connection)
    } finally {
      pool.give(connection)
    }
  }

  function once<Result>(tenant: string, actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return alone(async (connection) => {
      const after: Array<() => void> = []
      const afterCommit = (then: () => void) => void after.push(then)
      const result = await transact(connection, counted(connection), tenant, (sql) =>
        work({ sql, tenant, actor, now: clock.now(), newId, subscriptions, afterCommit, log }),
      )
      for (const then of after) then()
      return result
    })
  }

  return {
    sql: (template, ...values) => alone((connection) => counted(connection)(template, ...values)),
    run: (text) => alone((connection) => connection.run(text)),
    describe: (text) => alone((connection) => connection.describe(text)),
    clock,
    newId,
    statements: () => statements,
    close: () => pool.close(),
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

function settingsOf(options: DatabaseOptions): Record<string, string | number | boolean> {
  return {
    application_name: options.application ?? 'ordo',
    TimeZone: 'UTC',
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    jit: false,
    ...(options.role === undefined ? {} : { role: options.role }),
  }
}

/**
 * Runs `work` between BEGIN and COMMIT on a connection that nobody else has. The begin travels with the first statement; SET LOCAL as
 * statements of their own reach the workers of a distributed PostgreSQL too. A statement that failed refuses the whole, even if its error
 * was caught; one that is sent after the end is refused, so that it can never run in the transaction of somebody else.
 */
async function transact<Result>(
  connection: Connection,
  send: Statement,
  tenant: string,
  work: (sql: Statement) => Promise<Result>,
): Promise<Result> {
  let ended = false
  let failure: unknown
  const sql: Statement = <Rows extends readonly object[]>(
    template: TemplateStringsArray,
    ...values: readonly Value[]
  ) => {
    if (ended) return Promise.reject<postgres.RowList<Rows>>(new Error('the transaction of this statement has ended'))
    const answer = send<Rows>(template, ...values)
    answer.catch((error: unknown) => {
      failure ??= error
    })
    return answer
  }
  const begun = connection.run(
    `begin; set local citus.propagate_set_commands = 'local'; set local app.tenant = '${tenant}'`,
  )
  try {
    const [result] = await Promise.all([work(sql), begun])
    ended = true
    if (failure !== undefined) throw failure
    await commit(connection)
    return result
  } catch (error) {
    ended = true
    if (connection.lost === null) await rollBack(connection)
    throw error
  }
}

async function commit(connection: Connection): Promise<void> {
  const answer = await connection.run('commit').catch((error: unknown) => {
    if (error instanceof ConnectionLost) error.committing = true
    throw error
  })
  if (answer.command !== 'COMMIT') throw new Error('the database rolled the transaction back')
}

// A connection that cannot roll back is in a state that nobody knows.
async function rollBack(connection: Connection): Promise<void> {
  await connection.run('rollback').catch(() => connection.destroy())
}

const HOUSEKEEPING = /^\s*(begin|commit|rollback|set local|savepoint|release|rollback to)/i

/** The SQLSTATE of a PostgreSQL error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError ? error.code : undefined
}

/** Whether the database went away under the work; the loss of any other connection is another matter. */
export function isConnectionLoss(error: unknown): error is ConnectionLost {
  return error instanceof ConnectionLost
}
