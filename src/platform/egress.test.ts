// Calls outside: no way leads to a private address, by name, by number, by redirect or by a name that changes its mind.
import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { callOut, EgressError, type Resolve } from './egress.ts'
import { isPublicAddress } from './egress-address.ts'

const closed = { allow_private_addresses: false }
const open = { allow_private_addresses: true }
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer({}, answer)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
}

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '3fff::1',
  '100::1',
  'localhost',
  '',
])('E9 %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
  '2400:3200::1',
])('E9 %s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ['a loopback number', 'https://127.0.0.1/', 'private_address'],
  ['a short loopback number', 'https://127.1/', 'private_address'],
  ['a decimal number', 'https://2130706433/', 'private_address'],
  ['a hexadecimal number', 'https://0x7f000001/', 'private_address'],
  ['an octal number', 'https://0177.0.0.1/', 'private_address'],
  ['full-width digits', 'https://１２７.0.0.1/', 'private_address'],
  ['the metadata service', 'https://169.254.169.254/latest/', 'private_address'],
  ['IPv6 loopback', 'https://[::1]/', 'private_address'],
  ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/', 'private_address'],
  ['IPv4 mapped, in hexadecimal', 'https://[::ffff:7f00:1]/', 'private_address'],
  ['link-local IPv6', 'https://[fe80::1]/', 'private_address'],
  ['a unique local address', 'https://[fd00::1]/', 'private_address'],
  ['plain HTTP', 'http://example.com/', 'not_https'],
  ['a user name', 'https://user@example.com/', 'bad_address'],
  ['a file', 'file:///etc/passwd', 'bad_address'],
  ['gopher', 'gopher://example.com/', 'bad_address'],
  ['no address', 'example', 'bad_address'],
] as const)('E9 %s is refused', async (_what, url, fault) => {
  await expect(callOut(closed, { method: 'GET', url })).rejects.toMatchObject({ fault })
})

test.each([
  ['loopback', ['127.0.0.1']],
  ['private', ['10.1.2.3']],
  ['link-local', ['169.254.169.254']],
  ['mapped', ['::ffff:10.0.0.1']],
  ['public first and private second', ['93.184.215.14', '192.168.0.1']],
])('E9 a name that leads to %s addresses is refused', async (_what, addresses) => {
  const resolve: Resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  await expect(callOut(closed, { method: 'GET', url: 'https://shop.example/' }, resolve)).rejects.toMatchObject({
    fault: 'private_address',
  })
})

test('E9 a name is resolved once, and the address that was judged is the one that is called', async () => {
  const url = await listen((_request, reply) => reply.end('reached'))
  const port = new URL(url).port
  let asked = 0
  const resolve: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
  const reply = await callOut(open, { method: 'GET', url: `http://rebinding.example:${port}/` }, resolve)
  expect([reply.body.toString(), asked]).toEqual(['reached', 1])
})

test('E9 a redirect is an answer and is not followed', async () => {
  let reached = 0
  const inside = await listen((_request, reply) => {
    reached += 1
    reply.end()
  })
  const url = await listen((_request, reply) => reply.writeHead(302, { location: inside }).end())
  expect((await callOut(open, { method: 'POST', url, body: '{}' })).status).toBe(302)
  expect(reached).toBe(0)
})

test('an answer that is too large or too slow ends the call', async () => {
  const large = await listen((_request, reply) => reply.end('x'.repeat(200_000)))
  await expect(callOut(open, { method: 'GET', url: large })).rejects.toMatchObject({ fault: 'too_large' })
  const slow = await listen(() => {})
  await expect(callOut(open, { method: 'GET', url: slow, timeout_ms: 100 })).rejects.toMatchObject({
    fault: 'no_answer',
  })
})

test('the codes of the network do not leave: they could be taken for those of the database', async () => {
  const url = await listen((request) => request.destroy())
  const error = await callOut(open, { method: 'GET', url }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EgressError)
  expect(error).not.toHaveProperty('code')
})
