// `ordo openapi`: the document of the API as the routes declare it, kept in docs so that a change of it is seen.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allRoutes, openRuntime } from '../app.ts'
import { nobody } from '../platform/http/principal.ts'
import { buildServer } from '../platform/http/server.ts'
import { ROOT } from './environment.ts'

const FILE = join(ROOT, 'docs/openapi.json')

/** Writes docs/openapi.json, or compares it where `checking`; answers the exit code. */
export async function openapiCommand(checking: boolean): Promise<number> {
  const runtime = openRuntime({
    app_url: 'postgres://nobody@127.0.0.1:1/none',
    keys: `x:${Buffer.alloc(32).toString('base64')}`,
    log_level: 'silent',
  })
  const server = buildServer(runtime, { routes: allRoutes, principals: nobody })
  const answer = await server.inject({ method: 'GET', url: '/openapi.json' })
  await server.close()
  await runtime.db.close()
  const document: unknown = JSON.parse(answer.body)
  const text = `${JSON.stringify(document, null, 1)}\n`
  if (!checking) {
    writeFileSync(FILE, text)
    process.stdout.write('wrote docs/openapi.json\n')
    return 0
  }
  if (readFileSync(FILE, 'utf8') === text) return 0
  process.stderr.write('docs/openapi.json differs from the routes: run `npx ordo openapi`\n')
  return 1
}
