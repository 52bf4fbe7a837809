// D10: a server that is told to stop finishes what it has begun, says so first, and is gone within ten seconds. And what it shows of itself.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { eventStream } from '../../src/platform/http/events-stream.ts'
import { route } from '../../src/platform/http/route.ts'
import { freshWorld } from '../world/index.ts'
import { keyOf, portOf, type Server, serve } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

const pause = (duration_ms: number) => new Promise((resolve) => setTimeout(resolve, duration_ms))

async function address(server: Server): Promise<string> {
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${portOf(server)}`
}

test('D10 requests in flight are answered, health is red before the door closes, new connections are refused', async () => {
  await using world = await freshWorld()
  const server = serve(world, tryRoutes)
  const at = await address(server)
  const headers = { ...(await keyOf(world)) }
  const slow = Promise.all(Array.from({ length: 5 }, () => fetch(`${at}/slow?wait_ms=1500`, { headers })))
  await pause(300)
  const began = performance.now()
  const stopped = server.app.stop({ linger_ms: 400 })
  await pause(100)
  const health = await fetch(`${at}/health`)
  expect([health.status, health.headers.get('connection')]).toEqual([503, 'close'])
  expect((await slow).map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200])
  await stopped
  expect(performance.now() - began).toBeLessThan(5_000)
  await expect(fetch(`${at}/health`)).rejects.toThrow()
})

test('D10 what does not end in time is cut off', async () => {
  await using world = await freshWorld()
  const server = serve(world, tryRoutes)
  const at = await address(server)
  const headers = { ...(await keyOf(world)) }
  const slow = fetch(`${at}/slow?wait_ms=5000`, { headers }).then(
    () => 'answered',
    () => 'cut off',
  )
  await pause(300)
  const began = performance.now()
  await server.app.stop({ within_ms: 500 })
  expect(performance.now() - began).toBeLessThan(3_000)
  expect(await slow).toBe('cut off')
})

test('a stream sends its events, stays alive, and ends with the server', async () => {
  await using world = await freshWorld()
  const ended: string[] = []
  const streaming = route('GET /ticks', {
    permit: 'orders.read',
    summary: 'Ticks.',
    produces: 'text/event-stream',
    reply: { 200: Type.String() },
    run: async () =>
      eventStream((stream) => {
        stream.send('tick', { amount: 5n }, '1')
        stream.signal.addEventListener('abort', () => ended.push('ended'))
      }),
  })
  const server = serve(world, [streaming])
  const at = await address(server)
  const reply = await fetch(`${at}/ticks`, { headers: { ...(await keyOf(world)) } })
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const text = reply.text()
  await pause(200)
  await server.app.stop()
  expect(await text).toBe('retry: 2000\n\nid: 1\nevent: tick\ndata: {"amount":5}\n\n')
  expect(ended).toEqual(['ended'])
})

test('the metrics count requests by declared route and status, never by address or tenant', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  await server.call('GET', '/slow?wait_ms=5', undefined, await keyOf(world))
  await server.call('GET', '/slow?wait_ms=5')
  const { text } = await server.call('GET', '/metrics')
  expect(text).toContain('http_requests_total{route="GET /slow",status="200"} 1')
  expect(text).toContain('http_requests_total{route="GET /slow",status="401"} 1')
  expect(text).toMatch(/http_request_duration_seconds_bucket\{route="GET \/slow",le="\+Inf"\} 2/)
  expect(text).toContain('http_requests_under_way 1')
  expect(text).not.toContain(world.tenant)
})

test('a browser that navigates gets the page, a script gets the API, files come compressed and nothing outside the folder', async () => {
  await using world = await freshWorld()
  const folder = mkdtempSync(join(tmpdir(), 'ordo-pages-'))
  mkdirSync(join(folder, 'console', 'assets'), { recursive: true })
  mkdirSync(join(folder, 'portal'))
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'console', 'index.html'), '<title>console</title>')
  writeFileSync(join(folder, 'console', 'assets', 'main-abcd1234.js'), 'x'.repeat(5_000))
  writeFileSync(join(folder, 'portal', 'index.html'), '<title>portal</title>')
  const staticFolders = [
    { at: '/', folder: join(folder, 'console'), pages: ['/app'] },
    { at: '/t', folder: join(folder, 'portal') },
    { at: '/none', folder: join(folder, 'none') },
  ]
  await using server = serve(world, tryRoutes, { staticFolders })
  const visit = (url: string) => server.call('GET', url, undefined, { accept: 'text/html,application/xhtml+xml' })
  for (const url of ['/', '/notes', '/orders/123']) expect((await visit(url)).text).toBe('<title>console</title>')
  for (const url of ['/t', '/t/shop/abc']) expect((await visit(url)).text).toBe('<title>portal</title>')
  expect((await visit('/notes')).headers['content-security-policy']).toContain("script-src 'self'")
  expect((await server.call('GET', '/notes')).status).toBe(401)
  for (const url of ['/', '/app', '/app/today']) expect((await server.call('GET', url)).text).toContain('console')
  const wants_json = await server.call('GET', '/app/today', undefined, { accept: 'application/json' })
  expect(wants_json).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect((await server.call('GET', '/apples')).status).toBe(404)
  const script = await server.call('GET', '/assets/main-abcd1234.js', undefined, { 'accept-encoding': 'gzip, br' })
  expect(script.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const again = await server.call('GET', '/assets/main-abcd1234.js', undefined, {
    'if-none-match': String(script.headers.etag),
  })
  expect(again.status).toBe(304)
  for (const url of ['/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt'])
    expect((await server.call('GET', url)).text).not.toContain('secret detail')
  expect((await server.call('GET', '/secret.txt')).status).toBe(404)
})
