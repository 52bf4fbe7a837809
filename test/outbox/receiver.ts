// Somebody's endpoint: notes what arrives and answers as it is told.
import { createServer, type IncomingHttpHeaders } from 'node:http'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
  /** What the next requests are answered with; 200 when nothing is left. A number below 100 hangs up. */
  readonly answers: number[]
  /** What every request is answered with from now on; null answers by the list again. */
  always(status: number | null): void
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const answers: number[] = []
  let fixed: number | null = null
  const server = createServer((request, reply) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const status = fixed ?? answers.shift() ?? 200
      if (status < 100) reply.destroy()
      else reply.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answers,
    always: (status) => {
      fixed = status
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
