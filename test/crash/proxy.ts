// A TCP proxy before PostgreSQL that breaks connections: at the moment a COMMIT has gone to the server, in the middle of anything, or not at all.
import { connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  readonly port: number
  /** The next COMMIT is forwarded and its connection cut before the answer comes back: the client cannot know its outcome. */
  cutNext(): void
  /** Resets every second connection that is open, as it stands. */
  resetSome(): void
  /** Connections stay open and nothing passes any more, in either direction, until `restore`; what was sent meanwhile is gone. */
  swallow(): void
  /** What comes passes only after this time, in both directions. */
  delay(by_ms: number): void
  /** New connections pass again; those that were open while it swallowed stay silent for ever, as after a lost state of a firewall. */
  restore(): void
  cuts(): number
  /** Connections that are open now. */
  open(): number
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly upstream: Socket
  severed: boolean
  silent: boolean
}

class BreakingProxy implements Proxy {
  readonly #pairs = new Set<Pair>()
  readonly #upstream_port: number
  readonly #server = createServer((client) => this.#accept(client))
  port = 0
  #armed = false
  #swallows = false
  #delay_ms = 0
  #cuts = 0
  #turn = 0

  constructor(upstream_port: number) {
    this.#upstream_port = upstream_port
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    this.port = address !== null && typeof address === 'object' ? address.port : 0
    return this
  }

  #accept(client: Socket): void {
    const pair = { client, upstream: connect(this.#upstream_port, '127.0.0.1'), severed: false, silent: this.#swallows }
    this.#pairs.add(pair)
    for (const socket of [client, pair.upstream]) {
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
    }
    client.on('data', (chunk) => this.#pass(pair, pair.upstream, chunk))
    client.on('data', (chunk) => this.#cutCommit(pair, chunk))
    pair.upstream.on('data', (chunk) => {
      if (!pair.severed) this.#pass(pair, client, chunk)
    })
    client.on('close', () => {
      this.#pairs.delete(pair)
      if (pair.severed) pair.upstream.end()
      else pair.upstream.destroy()
    })
    pair.upstream.on('close', () => {
      if (!pair.silent) client.destroy()
    })
  }

  #pass(pair: Pair, to: Socket, chunk: Buffer): void {
    if (pair.silent) return
    if (this.#delay_ms === 0) to.write(chunk)
    else setTimeout(() => to.writable && to.write(chunk), this.#delay_ms)
  }

  #cutCommit(pair: Pair, chunk: Buffer): void {
    if (!this.#armed || !/commit/i.test(chunk.toString('latin1'))) return
    this.#armed = false
    this.#cuts += 1
    pair.severed = true
    pair.client.destroy()
  }

  cutNext(): void {
    this.#armed = true
  }

  resetSome(): void {
    this.#turn += 1
    for (const [place, pair] of [...this.#pairs].entries()) {
      if ((place + this.#turn) % 2 === 0) continue
      this.#cuts += 1
      pair.client.resetAndDestroy()
    }
  }

  swallow(): void {
    this.#swallows = true
    for (const pair of this.#pairs) pair.silent = true
  }

  delay(by_ms: number): void {
    this.#delay_ms = by_ms
  }

  restore(): void {
    this.#swallows = false
    this.#delay_ms = 0
  }

  cuts(): number {
    return this.#cuts
  }

  open(): number {
    return this.#pairs.size
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      for (const { client, upstream } of this.#pairs) for (const socket of [client, upstream]) socket.destroy()
      this.#server.close(() => resolve())
    })
  }
}

/** Listens on a free port of the loopback address and forwards to PostgreSQL at `port`. */
export function openProxy(port: number): Promise<Proxy> {
  return new BreakingProxy(port).listen()
}
