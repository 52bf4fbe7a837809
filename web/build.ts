// Builds the pages into dist/ and fails where they are heavier than their budget.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { checkSizes } from './check-size.ts'

for (const part of ['console', 'portal']) {
  await build({ configFile: fileURLToPath(new URL(`${part}/vite.config.ts`, import.meta.url)), logLevel: 'warn' })
}
process.exitCode = checkSizes() ? 0 : 1
