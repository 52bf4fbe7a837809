// A2: whatever is refused is problem+json with a listed code; A4: edits name the revision they are made on; A7: everything has a limit.
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { problemCatalogue } from '../../src/platform/problem.ts'
import { freshWorld } from '../world/index.ts'
import { everyPermission, freshKey, keyOf, portOf, type Reply, serve, sessionOf } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

/** The reply is a refusal as the contract has it. */
function expectProblem(reply: Reply, status: number, code: string): void {
  expect(reply).toMatchObject({
    status,
    body: { code, status, type: `https://ordo.dev/problems/${code}`, instance: expect.stringMatching(/^urn:uuid:/) },
  })
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(problemCatalogue().get(code)).toBeDefined()
}

test('A2 every kind of refusal of the server is a problem with its code', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  const post = (body: unknown, headers = {}) => server.call('POST', '/echo', body, { ...key, ...headers })
  expectProblem(await server.call('GET', '/nothing/here'), 404, 'not_found')
  expectProblem(await server.call('GET', '/notes/%zz'), 400, 'malformed_request')
  const wrongMethod = await server.call('DELETE', '/notes')
  expectProblem(wrongMethod, 405, 'method_not_allowed')
  expect(wrongMethod.headers.allow).toBe('GET, HEAD, POST')
  expectProblem(await server.call('GET', '/notes'), 401, 'unauthenticated')
  expectProblem(
    await server.call('GET', '/notes', undefined, { authorization: 'Bearer ordo_x_y' }),
    401,
    'unauthenticated',
  )
  expectProblem(await server.call('GET', '/notes', undefined, { authorization: 'Basic YTpi' }), 401, 'unauthenticated')
  expectProblem(await server.call('GET', '/notes', undefined, await keyOf(world, ['stock.read'])), 403, 'forbidden')
  expectProblem(await post('{"text": '), 400, 'malformed_json')
  expectProblem(await post(Buffer.from([0x7b, 0xff, 0x7d])), 400, 'malformed_json')
  expectProblem(await post('<a/>', { 'content-type': 'text/xml' }), 415, 'unsupported_media_type')
  expectProblem(await post({ text: 'x'.repeat(2_000_000) }), 413, 'body_too_large')
  expectProblem(await post({ nothing: 1 }), 422, 'invalid_request')
  expectProblem(await server.call('GET', '/broken', undefined, key), 500, 'internal')
})

test('A2 what fails inside tells nothing of the inside', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const reply = await server.call('GET', '/broken', undefined, await keyOf(world))
  expect(reply.text).not.toMatch(/hunter2|secret detail|\.ts/)
})

test('A2 all errors of a body come at once, each with its pointer, an unknown property once', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  const reply = await server.call(
    'POST',
    '/staff',
    { name: '', email: 'x', role: 'king', password: 'short', locale: 'en', 'is/admin': true },
    { ...(await sessionOf(server, world, 'admin')), ...freshKey() },
  )
  expectProblem(reply, 422, 'invalid_request')
  expect(
    reply.body.errors.map((item: { code: string; pointer: string }) => `${item.code} ${item.pointer}`).sort(),
  ).toEqual(['enum /role', 'minLength /email', 'minLength /name', 'minLength /password', 'unknown_property /is~1admin'])
})

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['de,zh;q=0.3,en;q=0.2', 'zh'],
  ['fr', 'en'],
])('A2 refusals follow Accept-Language: %s gives %s', async (accept, language) => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const reply = await server.call('GET', '/nothing', undefined, { 'accept-language': accept })
  expect(reply.headers['content-language']).toBe(language)
  expect(reply.body.title).toBe(problemCatalogue().get('not_found')?.[language === 'zh' ? 'zh' : 'en'])
})

test('A4 an edit without If-Match is refused with 428, on an old revision with 412', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  const edit = (headers = {}) => server.call('PATCH', '/notes/1', { text: 'a' }, { ...key, ...headers })
  expectProblem(await edit(), 428, 'revision_required')
  expectProblem(await edit({ 'if-match': '"2"' }), 412, 'revision_stale')
  expectProblem(await edit({ 'if-match': 'W/"3"' }), 412, 'revision_stale')
  expect(await edit({ 'if-match': '"3"' })).toMatchObject({ status: 200, headers: { etag: '"4"' } })
})

test.each([
  ['a text with U+0000', '{"text":"a\\u0000b"}', 'control_character', '/text'],
  ['half of a surrogate pair', '{"text":"\\ud83d"}', 'lone_surrogate', '/text'],
  ['the same deep inside', '{"any":[{"a":["\\udc00"]}]}', 'lone_surrogate', '/any/0/a/0'],
  ['a number beyond all', '{"any":{"a":1e999}}', 'out_of_range', '/any/a'],
  ['a name that reaches for the prototype', '{"any":{"__proto__":{"admin":true}}}', 'unknown_property', '/any'],
  ['the same name, escaped', '{"any":{"\\u005f_proto__":1}}', 'unknown_property', '/any'],
  ['thirty-three levels', `{"any":${'['.repeat(33)}${']'.repeat(33)}}`, 'too_deep', `/any${'/0'.repeat(31)}`],
  ['six items where five are taken', '{"list":[1,2,3,4,5,6]}', 'maxItems', '/list'],
  ['a text beyond the usual 4,000 characters', `{"text":"${'x'.repeat(4_001)}"}`, 'maxLength', '/text'],
  ['an integer that JSON cannot carry exactly', '{"number":9007199254740993}', 'maximum', '/number'],
  ['a number as text', '{"number":"1"}', 'type', '/number'],
])('A7 %s is refused', async (_name, body, code, pointer) => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const reply = await server.call('POST', '/echo', body, await keyOf(world))
  expectProblem(reply, 422, 'invalid_request')
  expect(reply.body.errors).toMatchObject([{ code, pointer }])
})

test('A7 a hundred thousand levels are refused like thirty-three, and a body of a hundred errors lists no more', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  expectProblem(
    await server.call('POST', '/echo', `{"any":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, key),
    422,
    'invalid_request',
  )
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, place) => [`p${place}`, place]))
  const reply = await server.call('POST', '/echo', many, key)
  expectProblem(reply, 422, 'invalid_request')
  expect(reply.body.errors.length).toBeLessThanOrEqual(100)
})

test('A7 headers beyond 16 KiB and what is not HTTP are answered with a problem, then the connection ends', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const port = portOf(server)
  const ask = (text: string) =>
    new Promise<string>((resolve) => {
      let received = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (bytes) => {
        received += bytes.toString()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(received))
    })
  const large = await ask(`GET /notes HTTP/1.1\r\nhost: x\r\nx-large: ${'a'.repeat(20_000)}\r\n\r\n`)
  expect(large).toMatch(/^HTTP\/1\.1 431 /)
  expect(large).toContain('"code":"headers_too_large"')
  const broken = await ask('GET /notes HTTP/9\r\n\r\n')
  expect(broken).toMatch(/^HTTP\/1\.1 400 /)
  expect(broken).toContain('"code":"malformed_request"')
})

test('every refusal has its text in both languages and a status that fits', () => {
  for (const [code, definition] of problemCatalogue()) {
    expect([code, definition.status >= 400 && definition.status < 600]).toEqual([code, true])
    for (const text of [definition.en, definition.zh, definition.fix.en, definition.fix.zh])
      expect(text.length).toBeGreaterThan(3)
    expect(definition.zh).toMatch(/\p{Script=Han}/u)
  }
  expect(everyPermission.length).toBeGreaterThan(20)
})
