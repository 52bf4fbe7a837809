// T7: every route as every role, against the reviewed page docs/security/matrix.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { type Role, roles } from '../../src/contracts/permissions.ts'
import { permissionsOf } from '../../src/modules/identity/index.ts'
import type { Principal } from '../../src/platform/http/principal.ts'
import { serve } from '../api/serve.ts'
import { freshWorld } from '../world/index.ts'
import { MATRIX, matrixPage, readMatrix } from './matrix.ts'

if (process.env.UPDATE_MATRIX === '1') writeFileSync(MATRIX, matrixPage(allRoutes))

function principal(tenant: string, role: Role): Principal {
  const id = '01900000-0000-7000-8000-000000000001'
  return {
    tenant,
    actor: `user:${id}`,
    permissions: permissionsOf(role),
    session: { session_id: id, csrf_token: 'token' },
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
}

/** An address of the route whose ids exist nowhere. */
const somewhere = (path: string) => path.replace(/:\w+/g, '01900000-0000-7000-8000-00000000dead')

test('T7 the page of rights is that of the routes', () => {
  expect(readFileSync(MATRIX, 'utf8')).toBe(matrixPage(allRoutes))
})

test('T7 every route lets in exactly the roles that the page names, and nobody without credentials', async () => {
  await using world = await freshWorld()
  const expected = readMatrix(readFileSync(MATRIX, 'utf8'))
  expect(expected).toHaveLength(allRoutes.length)
  const faults: string[] = []
  for (const role of [...roles, 'nobody'] as const) {
    const caller = role === 'nobody' ? undefined : principal(world.tenant, role)
    await using server = serve(world, allRoutes, {
      principals: { recognise: () => caller },
      limits: { address: 100_000, person: 100_000 },
    })
    for (const { method, path, isPublic, allowed } of expected) {
      const streams = allRoutes.some((route) => route.path === path && route.options.produces === 'text/event-stream')
      if (streams && allowed[role] === true) continue // it would never end
      const reply = await server.call(method, somewhere(path), method === 'GET' ? undefined : {}, {
        'x-csrf-token': 'token',
        'idempotency-key': `m-${role}`,
      })
      const wanted = isPublic
        ? 'in'
        : role === 'nobody'
          ? 'unauthenticated'
          : allowed[role] === true
            ? 'in'
            : 'forbidden'
      const own = reply.status === 401 && path.startsWith('/session') // the session of this test exists nowhere
      const got =
        reply.body?.code === 'unauthenticated' && !own
          ? 'unauthenticated'
          : reply.body?.code === 'forbidden'
            ? 'forbidden'
            : 'in'
      const verdict = role === 'nobody' && own ? 'unauthenticated' : got
      if (verdict !== wanted || reply.status >= 500)
        faults.push(`${role} ${method} ${path}: ${reply.status} ${reply.body?.code}, expected ${wanted}`)
    }
  }
  expect(faults).toEqual([])
})
