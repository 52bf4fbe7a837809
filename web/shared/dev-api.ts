// Gives a development server its API: the mock, or a running Ordo at `target`. Never part of a build.
import type { Connect, Plugin } from 'vite'
import { answerMock } from './mock.ts'

/** A Vite plugin that answers API calls before the pages are looked at. */
export function apiFor(target: string | undefined): Plugin {
  return {
    name: 'ordo-dev-api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (wantsPage(request)) next()
        else if (target === undefined) answerMock(request, response, next)
        else pass(target, request, response).catch(next)
      })
    },
  }
}

function wantsPage(request: Connect.IncomingMessage): boolean {
  const url = request.url ?? '/'
  if (/^\/(@|node_modules|src\/|[a-z-]+\.(tsx?|svg|css)|t\/-\/)/.test(url) || /\.(tsx?|css|json|svg)(\?|$)/.test(url))
    return true
  return (request.headers.accept ?? '').includes('text/html') || request.headers['sec-fetch-dest'] === 'script'
}

async function pass(
  target: string,
  request: Connect.IncomingMessage,
  response: import('node:http').ServerResponse,
): Promise<void> {
  const { request: open } = await import('node:http')
  const url = new URL(request.url ?? '/', target)
  const call = open(url, { method: request.method, headers: { ...request.headers, host: url.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  call.on('error', () => response.writeHead(502).end())
  request.pipe(call)
}
