// One connection to PostgreSQL, held by one owner at a time. When it breaks, everything that waits on it is told so at once, nothing is
// sent on it any more, and nothing of it is used again: the driver would go on writing to a socket that is gone, and end the process.
import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { arrayTypes } from './array-types.ts'

/** What a statement takes: no fragments, so that each statement of the code base can be prepared as it stands. */
export type Value = string | number | boolean | bigint | Date | Uint8Array | null | readonly Value[]

/** SQL as a tagged template with values only. */
export type Statement = <Rows extends readonly object[] = postgres.Row[]>(
  template: TemplateStringsArray,
  ...values: readonly Value[]
) => Promise<postgres.RowList<Rows>>

/** The connection is gone; whether what was sent last has been done is unknown. Never thrown for any other network. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  readonly code = '08006'
  /** Whether a COMMIT was on its way: otherwise the transaction has had no effect. */
  committing = false
}

export interface ConnectionOptions {
  readonly url: string
  /** Session settings: application_name, role, time-outs. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
}

const CONNECT_WITHIN_MS = 5_000
/** The server ends the session after these. */
const FATAL = new Set(['FATAL', 'PANIC'])
/** A server that starts, stops, or has no session free. */
const UNAVAILABLE = /^(57P|53|08)/
/** Codes of the driver and of sockets, as opposed to refusals of the server and mistakes in a statement. */
const BROKEN = /^(CONNECTION_|CONNECT_TIMEOUT|ERR_|E[A-Z]+$)/

/** Opens a connection; throws ConnectionLost where that fails, and a PostgresError where the server refuses it. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const connection = new Connection(options)
  try {
    await connection.greet()
    return connection
  } catch (error) {
    connection.destroy()
    throw error
  }
}

export class Connection {
  readonly opened_ms = performance.now()
  /** The process of the server that works for it. */
  backend = 0
  readonly #sql: postgres.Sql<{ bigint: bigint }>
  readonly #waiting = new Map<(error: Error) => void, number>()
  #socket: Socket | null = null
  #greeted = false
  #lost: ConnectionLost | null = null
  #moved_bytes = 0

  constructor({ url, settings }: ConnectionOptions) {
    // A variable, because the driver's types do not name the option `socket`.
    const options = {
      max: 1,
      types: { ...arrayTypes, bigint: postgres.BigInt },
      fetch_types: false,
      onnotice: () => {},
      connect_timeout: CONNECT_WITHIN_MS / 1000,
      max_lifetime: null,
      connection: settings,
      onclose: () => this.#lose(new Error('the connection was closed')),
      socket: (address: Address) => this.#dial(address),
    }
    this.#sql = postgres(url, options)
  }

  /** The first statement: makes the connection, and learns which process of the server serves it. */
  async greet(): Promise<void> {
    const [row] = await this.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    this.#greeted = true
    this.backend = row?.pid ?? 0
  }

  /** Why it is gone, null while it stands. */
  get lost(): ConnectionLost | null {
    return this.#lost
  }

  readonly sql: Statement = <Rows extends readonly object[]>(
    template: TemplateStringsArray,
    ...values: readonly Value[]
  ) =>
    this.#settle(() =>
      // The driver guesses the type of an array from its first element and takes the element's type for the array's; left open, the server's cast decides.
      this.#sql<Rows>(template, ...values.map((value) => (isList(value) ? this.#sql.typed(value, 0) : value))),
    )

  /** Sends a text without parameters, of one statement or several. */
  run<Row extends object = postgres.Row>(text: string): Promise<postgres.RowList<Row[]>> {
    return this.#settle(() => this.#sql.unsafe<Row[]>(text))
  }

  /** What a statement takes and answers, without running it. */
  describe(text: string): Promise<{ columns: readonly { name: string }[] | undefined }> {
    return this.#settle(() => this.#sql.unsafe(text).describe())
  }

  /** Since when the oldest statement waits for its answer while no byte moves in either direction, in milliseconds; 0 where nothing hangs. */
  silence_ms(): number {
    const bytes = (this.#socket?.bytesRead ?? 0) + (this.#socket?.bytesWritten ?? 0)
    const moved = bytes !== this.#moved_bytes
    this.#moved_bytes = bytes
    const [since] = this.#waiting.values()
    return moved || since === undefined ? 0 : performance.now() - since
  }

  /** Takes leave of the server; for a connection on which nothing waits. */
  async close(): Promise<void> {
    if (this.#lost !== null) return
    this.#lose(new Error('the connection was closed here'))
    await this.#sql.end({ timeout: 1 })
    this.#socket?.destroy()
  }

  /** Breaks it off at once. */
  destroy(): void {
    this.#lose(new Error('the connection was given up'))
    this.#socket?.destroy()
  }

  #settle<Result>(send: () => PromiseLike<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#lost !== null) return reject(this.#lost)
      this.#waiting.set(reject, performance.now())
      send().then(
        (result) => {
          this.#waiting.delete(reject)
          resolve(result)
        },
        (error: unknown) => {
          this.#waiting.delete(reject)
          reject(this.#judge(error))
        },
      )
    })
  }

  #judge(error: unknown): unknown {
    if (this.#lost !== null) return this.#lost
    if (error instanceof postgres.PostgresError ? !FATAL.has(error.severity) : !BROKEN.test(codeOf(error))) return error
    // Who may not come in is told why; a session that the server ends is lost.
    if (error instanceof postgres.PostgresError && !this.#greeted && !UNAVAILABLE.test(error.code)) return error
    this.#lose(error)
    this.#socket?.destroy()
    return this.#lost ?? error
  }

  #lose(cause: unknown): void {
    if (this.#lost !== null) return
    const why = cause instanceof Error ? cause.message : String(cause)
    const lost = new ConnectionLost(`the connection to the database is lost: ${why}`, { cause })
    this.#lost = lost
    for (const reject of this.#waiting.keys()) reject(lost)
    this.#waiting.clear()
  }

  // The driver asks for a socket; after the first statement has been answered it gets no second one.
  async #dial({ host, port, path }: Address): Promise<Socket> {
    if (this.#greeted || this.#lost !== null) throw this.#lost ?? new Error('a connection is opened once')
    let failure: unknown
    for (const [place, name] of (typeof path === 'string' ? [path] : host).entries()) {
      try {
        const socket = await dialOne(typeof path === 'string' ? { path } : { host: name, port: port[place] ?? 5432 })
        for (const event of ['error', 'close']) socket.once(event, (cause) => this.#lose(cause || new Error(event)))
        this.#socket = socket
        return Object.assign(socket, { host: name })
      } catch (error) {
        failure = error
      }
    }
    this.#lose(failure)
    throw failure
  }
}

interface Address {
  readonly host: readonly string[]
  readonly port: readonly number[]
  readonly path: string | false | undefined
}

function dialOne(address: { path: string } | { host: string; port: number }): Promise<Socket> {
  const socket = connect(address).setNoDelay(true)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), CONNECT_WITHIN_MS)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
