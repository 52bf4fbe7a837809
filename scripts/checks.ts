// Every check that `npm test` makes, in order; a new check is a new row.

export interface Check {
  readonly name: string
  /** A program of node_modules/.bin (or npm) and its arguments. */
  readonly run: string
  /** 'one': the check counts as one by its exit code; 'tests': every test of this Vitest project counts. */
  readonly counts: 'one' | 'tests'
  /** Part of `npm run check` too. */
  readonly fast?: true
  /** A glob; while it matches nothing the check is left out with a notice. */
  readonly waitsFor?: string
}

export const checks: readonly Check[] = [
  { name: 'format and lint', run: 'biome ci --error-on-warnings .', counts: 'one', fast: true },
  { name: 'types', run: 'tsc --noEmit', counts: 'one', fast: true },
  { name: 'boundaries', run: 'depcruise --config .dependency-cruiser.mjs src web', counts: 'one', fast: true },
  { name: 'unused code', run: 'knip', counts: 'one', fast: true, waitsFor: 'src/main.ts' },
  { name: 'terms', run: 'node scripts/terms.ts', counts: 'one', fast: true, waitsFor: 'docs/terms.md' },
  { name: 'tidy', run: 'vitest run --project tidy', counts: 'tests', fast: true },
  { name: 'unit tests', run: 'vitest run --project unit*', counts: 'tests' },
  { name: 'OpenAPI document', run: 'node src/main.ts openapi --check', counts: 'one', waitsFor: 'docs/openapi.json' },
  { name: 'web build', run: 'npm run build:web', counts: 'one', waitsFor: 'web/*/index.html' },
  { name: 'database tests', run: 'vitest run --project database', counts: 'tests', waitsFor: 'test/world/database.ts' },
  { name: 'browser tests', run: 'vitest run --project e2e', counts: 'tests', waitsFor: 'test/e2e/**/*.e2e.ts' },
]
