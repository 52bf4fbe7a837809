// The test projects: unit (no database), tidy (rules of the house), database (a fresh tenant each), e2e (a real browser).
import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const world = ['test/world/database.ts'].filter((path) => existsSync(path))
// As in production: Node itself loads the TypeScript, nothing rewrites it. Screens alone need Vite, for their JSX.
const native = { experimental: { viteModuleRunner: false } }
const patience = { testTimeout: 180_000, hookTimeout: 180_000, teardownTimeout: 30_000 }
const never = ['**/node_modules/**', '**/fixtures/**']

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,bench,scripts}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', ...never],
          ...native,
          ...patience,
        },
      },
      { test: { name: 'unit-web', include: ['web/**/*.test.{ts,tsx}'], exclude: never, ...patience } },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], exclude: never, ...native, ...patience } },
      {
        test: {
          name: 'database',
          include: ['{src,bench,scripts}/**/*.db.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/tidy/**', 'test/e2e/**', ...never],
          globalSetup: world,
          // Files of one worker share what they have loaded: loading Ordo anew for each cost a third of the run.
          isolate: false,
          ...native,
          ...patience,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          exclude: never,
          globalSetup: [...world, 'test/e2e/browser.ts'],
          ...native,
          ...patience,
        },
      },
    ],
  },
})
