// The connections of a process: at most so many, each with one owner at a time; those that break or fall silent are replaced.
import { type Connection, ConnectionLost, type ConnectionOptions, openConnection } from './connection.ts'

export interface PoolOptions extends ConnectionOptions {
  /** Connections at most. */
  readonly max: number
}

/** Older connections are replaced when they come back: their statements and caches grow, and addresses move. */
const LIVES_MS = 45 * 60_000
const LOOK_EVERY_MS = 1_000
/** A statement that waits so long while nothing moves is asked after by another connection. */
const SILENT_MS = 4_000
/** Longer than any statement may run: then nobody is asked any more. */
const HOPELESS_MS = 75_000

interface Waiting {
  readonly resolve: (connection: Connection) => void
  readonly reject: (error: unknown) => void
}

export class Pool {
  readonly #options: PoolOptions
  readonly #idle: Connection[] = []
  readonly #taken = new Set<Connection>()
  readonly #waiting: Waiting[] = []
  readonly #watch: NodeJS.Timeout
  #opening = 0
  #looking = false
  #closing: (() => void) | null = null

  constructor(options: PoolOptions) {
    this.#options = options
    this.#watch = setInterval(() => void this.#look(), LOOK_EVERY_MS)
    this.#watch.unref()
  }

  /** Connections that are open or being opened. */
  get size(): number {
    return this.#idle.length + this.#taken.size + this.#opening
  }

  /** A connection for its taker alone, which gives it back; waits where all are taken. Throws ConnectionLost where none can be made. */
  take(): Promise<Connection> {
    if (this.#closing !== null) return Promise.reject(new ConnectionLost('the pool is closed'))
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.lost !== null) continue
      this.#taken.add(idle)
      return Promise.resolve(idle)
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#open()
    })
  }

  /** Gives back what was taken, in no transaction; a connection that is lost makes room for a new one. */
  give(connection: Connection): void {
    if (!this.#taken.delete(connection)) return
    if (connection.lost === null && performance.now() - connection.opened_ms > LIVES_MS) void connection.close()
    if (connection.lost === null) this.#hand(connection)
    else this.#open()
    if (this.#closing !== null && this.#taken.size === 0) this.#closing()
  }

  /** Waits for what is taken, five seconds at most, then ends every connection. */
  async close(): Promise<void> {
    if (this.#closing !== null) return
    const returned = new Promise<void>((resolve) => {
      this.#closing = resolve
      if (this.#taken.size === 0) resolve()
    })
    clearInterval(this.#watch)
    for (const { reject } of this.#waiting.splice(0)) reject(new ConnectionLost('the pool is closed'))
    const patience = setTimeout(() => this.#closing?.(), 5_000)
    await returned
    clearTimeout(patience)
    for (const connection of this.#taken) connection.destroy()
    // at most 120: the connections of the pool, never more than `max`
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()))
  }

  #hand(connection: Connection): void {
    const next = this.#waiting.shift()
    if (next === undefined) {
      if (this.#closing === null) this.#idle.push(connection)
      else void connection.close()
      return
    }
    this.#taken.add(connection)
    next.resolve(connection)
  }

  // One new connection for one who waits, as long as there is room; where it fails, the one who has waited longest is told.
  #open(): void {
    if (this.#waiting.length <= this.#opening || this.size >= this.#options.max) return
    this.#opening += 1
    openConnection(this.#options).then(
      (connection) => {
        this.#opening -= 1
        this.#hand(connection)
      },
      (error: unknown) => {
        this.#opening -= 1
        this.#waiting.shift()?.reject(error)
        this.#open()
      },
    )
  }

  // A peer that vanished without a word leaves its connections silent for minutes: the server, asked on a new one, knows whether it works on them.
  async #look(): Promise<void> {
    if (this.#looking) return
    const silent = [...this.#taken].filter((connection) => connection.silence_ms() > SILENT_MS)
    if (silent.length === 0) return
    this.#looking = true
    try {
      const working = await this.#workingBackends(silent)
      for (const connection of silent)
        if (connection.silence_ms() > SILENT_MS && !working.has(connection.backend)) connection.destroy()
    } catch {
      // The server cannot be asked: what hangs may still be answered, within bounds.
      for (const connection of silent) if (connection.silence_ms() > HOPELESS_MS) connection.destroy()
    } finally {
      this.#looking = false
    }
  }

  async #workingBackends(silent: readonly Connection[]): Promise<Set<number>> {
    const asking = await openConnection(this.#options)
    try {
      const rows = await asking.sql<{ pid: number }[]>`
        select pid from pg_stat_activity where pid = any (${silent.map((connection) => connection.backend)}::int[])
           and coalesce(state, 'active') = 'active' -- all tenants: sessions belong to the process`
      return new Set(rows.map((row) => row.pid))
    } finally {
      await asking.close()
    }
  }
}
