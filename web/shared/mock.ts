// A stand-in for the server while screens are built: answers from mock-answers.ts; what it does not know is refused like the server would.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answers, type MockInput } from './mock-answers.ts'
import { boardNow } from './mock-work.ts'

interface Handler {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly run: (input: MockInput) => unknown
}

const handlers: readonly Handler[] = Object.entries(answers)
  .map(([address, run]): Handler => {
    const [method = 'GET', path = ''] = address.split(' ')
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    return { method, names, pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), run }
  })
  .sort((a, b) => a.names.length - b.names.length)

/** Answers a call of the console or the portal; calls of no known address go on to `next`. */
export function answerMock(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const url = new URL(request.url ?? '/', 'http://mock')
  if (url.pathname === '/board/stream') {
    stream(request, response)
    return
  }
  for (const handler of handlers) {
    const match = handler.method === request.method ? handler.pattern.exec(url.pathname) : null
    if (match === null) continue
    const params = Object.fromEntries(
      handler.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
    )
    reply(response, handler, { params, query: url.searchParams })
    return
  }
  next()
}

function reply(response: ServerResponse, handler: Handler, input: MockInput): void {
  try {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(handler.run(input)))
  } catch {
    response
      .writeHead(404, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ title: '不存在', status: 404, code: 'not_found' }))
  }
}

function stream(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const send = () => response.write(`event: board\ndata: ${JSON.stringify(boardNow())}\n\n`)
  send()
  const timer = setInterval(send, 1000)
  request.on('close', () => clearInterval(timer))
}
