// A stream ends when its reader may no longer read it, not when his browser feels like it.
import { expect, test } from 'vitest'
import { callersOf } from '../../src/modules/identity/index.ts'
import { freshWorld } from '../world/index.ts'
import { keyOf, serve } from './serve.ts'

test.each(['revoked', 'narrowed'])(
  'the board stops streaming to a key that was %s',
  async (how) => {
    await using world = await freshWorld()
    await using server = serve(world, undefined, { look_again_ms: 50 })
    const headers = await keyOf(world, ['insight.read'])
    expect((await server.call('GET', '/board', undefined, headers)).status).toBe(200)
    let ended = false
    const streaming = server.call('GET', '/board/stream', undefined, headers).finally(() => {
      ended = true
    })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(ended).toBe(false)
    await world.transaction(async (tx) => {
      if (how === 'revoked')
        await tx.sql`update identity.api_key set revoked_at = ${tx.now} where tenant_id = ${tx.tenant}`
      else await tx.sql`update identity.api_key set scopes = '{orders.read}' where tenant_id = ${tx.tenant}`
    })
    callersOf(world.runtime).forget(world.tenant)
    const { status, text } = await streaming
    expect([status, text.includes('event: board')]).toEqual([200, true])
  },
  20_000,
)
