// Server-sent events: a route answers `eventStream(...)`; heartbeats keep it alive, a slow reader is let go, a stopping server ends it.
import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { bigintAsNumber } from '../outbox/publish.ts'

const HEARTBEAT_MS = 15_000
/** Bytes that may wait for a reader before he is let go; he comes back by himself. */
const BEHIND_AT_MOST = 1_048_576

export interface StreamEnds {
  /** Sends an event; `data` becomes JSON on one line. */
  send(event: string, data: unknown, id?: string): void
  /** Aborted when the reader has gone or the server stops. */
  readonly signal: AbortSignal
}

export class EventStream {
  readonly #start: (stream: StreamEnds) => void | Promise<void>
  readonly #abort = new AbortController()
  readonly #out = new PassThrough({ highWaterMark: BEHIND_AT_MOST })
  #timer: NodeJS.Timeout | null = null

  constructor(start: (stream: StreamEnds) => void | Promise<void>) {
    this.#start = start
  }

  /** Sends the head and starts the events. */
  attach(reply: FastifyReply): FastifyReply {
    this.#out.on('close', () => this.end())
    this.#out.on('error', () => this.end())
    this.#out.write('retry: 2000\n\n')
    this.#timer = setInterval(() => this.#write(': alive\n\n'), HEARTBEAT_MS)
    this.#timer.unref()
    const ends = {
      signal: this.#abort.signal,
      send: (event: string, data: unknown, id?: string) =>
        this.#write(
          `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data, bigintAsNumber)}\n\n`,
        ),
    }
    Promise.resolve(this.#start(ends)).catch(() => this.end())
    return reply
      .code(200)
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      .send(this.#out)
  }

  #write(text: string): void {
    if (this.#abort.signal.aborted) return
    if (this.#out.writableLength > BEHIND_AT_MOST) this.end()
    else this.#out.write(text)
  }

  /** Ends the stream as soon as `may` answers no or fails, asked every so often. */
  checkEvery(every_ms: number, may: () => Promise<boolean>): void {
    const timer = setInterval(() => {
      may().then(
        (still) => (still ? undefined : this.end()),
        () => this.end(),
      )
    }, every_ms)
    timer.unref()
    this.onEnd(() => clearInterval(timer))
  }

  onEnd(then: () => void): void {
    this.#abort.signal.addEventListener('abort', then, { once: true })
  }

  /** Ends the stream; the reader's browser connects again by itself. */
  end(): void {
    if (this.#abort.signal.aborted) return
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#abort.abort()
    this.#out.end()
  }
}

/** The answer of a route that streams: `start` subscribes, sends, and stops at `signal`. It may be asynchronous; what it throws ends the stream. */
export function eventStream(start: (stream: StreamEnds) => void | Promise<void>): EventStream {
  return new EventStream(start)
}
