// `ordo erasures`: the log of erasures is kept outside the database, and replayed after a backup was restored.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { openRuntime } from '../app.ts'
import { type ErasureLine, ErasureReasons, exportErasures, replayErasures } from '../modules/privacy/index.ts'
import type { Runtime } from '../platform/runtime.ts'
import { allTenants } from '../platform/tenants.ts'
import { openSurroundings } from './environment.ts'

const Line = Compile(
  Type.Object({
    tenant_id: Type.String({ format: 'uuid' }),
    person_id: Type.String({ format: 'uuid' }),
    reason: ErasureReasons,
    erased_at: Type.String({ format: 'date-time' }),
    contact_digests: Type.Array(Type.String(), { maxItems: 2 }),
  }),
)

/** Prints a line for each erasure of every tenant. */
export async function exportErasuresCommand(): Promise<void> {
  await withRuntime(async (runtime) => {
    for (const tenant_id of await allTenants(runtime.db.sql))
      for await (const line of exportErasures(runtime, tenant_id))
        process.stdout.write(`${JSON.stringify({ tenant_id, ...line })}\n`)
  })
}

/** Replays the lines of a file, or the log that the database has; prints how many persons were erased again. */
export async function replayErasuresCommand(file: string | undefined): Promise<void> {
  await withRuntime(async (runtime) => {
    let replayed = 0
    if (file === undefined)
      for (const tenant_id of await allTenants(runtime.db.sql))
        replayed += await replayErasures(runtime, tenant_id, exportErasures(runtime, tenant_id))
    else for await (const line of linesOf(file)) replayed += await replayErasures(runtime, line.tenant_id, [line])
    process.stdout.write(`${replayed} persons erased again\n`)
  })
}

async function* linesOf(file: string): AsyncGenerator<ErasureLine & { readonly tenant_id: string }> {
  let line_no = 0
  for await (const text of createInterface({ input: createReadStream(file) })) {
    line_no += 1
    if (text.trim() === '') continue
    const line: unknown = JSON.parse(text)
    if (!Line.Check(line)) throw new Error(`line ${line_no} of ${file} is no line of \`ordo erasures export\``)
    yield line
  }
}

async function withRuntime(work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const surroundings = await openSurroundings({ migrating: false })
  const { app_url, role, keys } = surroundings
  const runtime = openRuntime({ app_url, keys, ...(role === undefined ? {} : { role }) })
  try {
    await work(runtime)
  } finally {
    await runtime.db.close()
    await surroundings.stop()
  }
}
