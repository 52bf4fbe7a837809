// Writes db/schema.sql: what the migrations make of an empty database, as text. A test fails where the two differ.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/db.ts'
import { schemaText } from '../src/platform/dump-schema.ts'
import { startEmbedded } from '../src/platform/embedded.ts'
import { migrate } from '../src/platform/migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'ordo-schema-'))
const embedded = await startEmbedded({ folder, settings: ['fsync=off'] })
try {
  await migrate(embedded.admin_url, systemClock.now())
  const owner = openDatabase({ url: embedded.admin_url, max: 1 })
  writeFileSync(new URL('../db/schema.sql', import.meta.url), await schemaText((text) => owner.run(text)))
  await owner.close()
} finally {
  await embedded.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
}
