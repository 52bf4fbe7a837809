// The load: keep-alive HTTP/1.1 connections over plain sockets, one request in flight on each, every latency kept.
import { connect, type Socket } from 'node:net'

export interface Load {
  readonly port: number
  readonly connections: number
  readonly requests: number
  /** The whole request, head and body, for the n-th call. */
  readonly request: (index: number) => Buffer
  /** Starts calls evenly at this rate instead of as fast as answers come; calls a second. */
  readonly rate?: number
}

export interface Answers {
  readonly seconds: number
  /** Milliseconds of every call, ascending. */
  readonly latencies_ms: Float64Array
  readonly by_status: ReadonlyMap<number, number>
}

/** Sends the requests and waits for their answers; a connection that breaks ends the run with its error. */
export async function sendLoad(load: Load): Promise<Answers> {
  const latencies = new Float64Array(load.requests)
  const statuses = new Map<number, number>()
  let next = 0
  const began = performance.now()
  const one = async () => {
    const socket = await open(load.port)
    const answers = reader(socket)
    for (let index = next++; index < load.requests; index = next++) {
      if (load.rate !== undefined) await until(began + (index / load.rate) * 1000)
      const sent = performance.now()
      socket.write(load.request(index))
      const status = await answers()
      latencies[index] =
        performance.now() - (load.rate === undefined ? sent : Math.min(sent, began + (index / load.rate) * 1000))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    socket.end()
  }
  await Promise.all(Array.from({ length: load.connections }, one)) // at most load.connections
  return { seconds: (performance.now() - began) / 1000, latencies_ms: latencies.sort(), by_status: statuses }
}

/** The share `part` (0.5, 0.99) of ascending latencies. */
export function percentile(ascending: Float64Array, part: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? 0
}

function until(at_ms: number): Promise<void> {
  const wait = at_ms - performance.now()
  return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait))
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })
}

/** Answers a function that waits for the next whole response and tells its status. */
function reader(socket: Socket): () => Promise<number> {
  let buffer = ''
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null
  const look = () => {
    const end = buffer.indexOf('\r\n\r\n')
    if (end < 0 || waiting === null) return
    const length = Number(/content-length: (\d+)/i.exec(buffer.slice(0, end))?.[1] ?? 0)
    if (buffer.length < end + 4 + length) return
    const status = Number(buffer.slice(9, 12))
    buffer = buffer.slice(end + 4 + length)
    const { resolve } = waiting
    waiting = null
    resolve(status)
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    buffer += chunk
    look()
  })
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      look()
    })
}
