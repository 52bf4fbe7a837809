// A8: the OpenAPI document and the router say the same; every part of every request has a limit; every reference leads somewhere.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { permissions } from '../../src/contracts/permissions.ts'
import { viewRoutes } from '../../src/contracts/views.ts'
import { freshWorld, type World } from '../world/index.ts'
import { type Loose, type Server, serve } from './serve.ts'

let world: World
let server: Server
let document: Loose

beforeAll(async () => {
  world = await freshWorld()
  server = serve(world)
  document = (await server.call('GET', '/openapi.json')).body
})
afterAll(async () => {
  await server.app.close()
  await world[Symbol.asyncDispose]()
})

function operations(): { address: string; operation: Loose }[] {
  return Object.entries<Loose>(document.paths).flatMap(([path, item]) =>
    Object.entries<Loose>(item).map(([method, operation]) => ({
      address: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )
}

function* nodes(value: unknown, pointer = '#'): Generator<{ pointer: string; node: Record<string, Loose> }> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { pointer, node: value as Record<string, Loose> }
  for (const [key, member] of Object.entries(value)) yield* nodes(member, `${pointer}/${key}`)
}

test('A8 the document lists exactly the routes that the router answers', () => {
  const printed = server.app.printRoutes({ commonPrefix: false })
  const documented = operations().map(({ address }) => address.replace(/\{(\w+)\}/g, ':$1'))
  expect([...documented].sort()).toEqual(server.app.declared.map((one) => `${one.method} ${one.path}`).sort())
  expect(new Set(documented).size).toBe(documented.length)
  const undocumented = [
    '/reference',
    '/reference/start.js',
    '/reference/scalar',
    '/reference/scalar/',
    '/reference/scalar/js/scalar.js',
  ]
  for (const address of documented) {
    const [method = 'GET', url = ''] = address.split(' ')
    expect([address, server.app.hasRoute({ method: method as 'GET', url })]).toEqual([address, true])
  }
  const known = new Set([...documented.map((address) => address.split(' ')[1] ?? ''), ...undocumented])
  expect(routed(printed).filter((path) => !known.has(path))).toEqual([])
  expect(routed(printed).length).toBeGreaterThan(documented.length / 2)
})

/** The paths of a printed router: a tree, four characters a level, where a line with methods is an end. */
function routed(printed: string): string[] {
  const ancestors: string[] = []
  const paths: string[] = []
  for (const line of printed.split('\n')) {
    const [, indent = '', step = '', methods] = /^([│├└─ \s]*)(\S+)(?: \(([A-Z, ]+)\))?/u.exec(line) ?? []
    if (step === '') continue
    const level = Math.floor(indent.length / 4)
    ancestors.splice(level - 1, Number.POSITIVE_INFINITY, step)
    if (methods !== undefined) paths.push(ancestors.join(''))
  }
  return paths
}

test('A8 what the screens read is served, by the routes that their contract names', () => {
  const served = new Set(allRoutes.map((one) => `${one.method} ${one.path}`))
  const missing = Object.keys(viewRoutes).filter((address) => !served.has(address))
  expect(missing).toEqual([])
})

test('A8 every reference leads somewhere, every operation has an id of its own, a summary and its refusals', () => {
  for (const { pointer, node } of nodes(document)) {
    if (typeof node.$ref !== 'string') continue
    const target = node.$ref
      .slice(2)
      .split('/')
      .reduce((at: Loose, step: string) => at?.[step], document)
    expect([pointer, node.$ref, target !== undefined]).toEqual([pointer, node.$ref, true])
  }
  const ids = operations().map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { address, operation } of operations()) {
    expect([address, operation.summary.length > 5]).toEqual([address, true])
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['422', '429', '500', '503']))
    if (operation.security === undefined) expect(Object.keys(permissions)).toContain(operation['x-permission'])
    else expect([address, operation.description.length > 25]).toEqual([address, true])
  }
})

test('A7 A8 every array of a request has a maximum, every text a length, a pattern or a format, every object is closed', () => {
  const faults: string[] = []
  for (const { address, operation } of operations()) {
    const parts = [
      ...(operation.parameters ?? []).map((one: Loose) => one.schema),
      operation.requestBody?.content?.['application/json']?.schema,
    ]
    for (const { pointer, node } of nodes(parts.filter(Boolean))) {
      if (node.type === 'array' && node.maxItems === undefined)
        faults.push(`${address} ${pointer}: array without maxItems`)
      if (node.type === 'object' && node.properties !== undefined && !closed(node) && !pointer.includes('allOf'))
        faults.push(`${address} ${pointer}: open object`)
      if (node.type === 'integer' && (node.minimum === undefined || node.maximum === undefined))
        faults.push(`${address} ${pointer}: integer without bounds`)
    }
  }
  expect(faults).toEqual([])
})

const closed = (node: Record<string, Loose>) =>
  node.additionalProperties !== undefined || node.unevaluatedProperties !== undefined

test('every change is idempotent by a key, by nature, or by a key of its own, and says so', () => {
  for (const { address, operation } of operations()) {
    if (!operation['x-changes'] || !address.startsWith('POST ')) continue
    const header = (operation.parameters ?? []).find((one: Loose) => one.name === 'Idempotency-Key')
    const declared = allRoutes.find((one) => `${one.method} ${one.path.replace(/:(\w+)/g, '{$1}')}` === address)
    expect([address, header?.required === true || declared?.options.idempotent === 'natural']).toEqual([address, true])
  }
})
