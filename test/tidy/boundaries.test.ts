// Each border of scripts/boundaries.ts is broken once in fixtures/boundaries, and each breach is found; src/modules/graph.ts itself is sound.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { expect, test } from 'vitest'
import { boundaries, type Graph, reading } from '../../scripts/boundaries.ts'
import { graph } from '../../src/modules/graph.ts'

const fixtureGraph: Graph = {
  alpha: { needs: [] },
  beta: { needs: ['alpha'] },
  'beta/inner': { needs: [] },
  gamma: { needs: ['beta'] },
}

test('every border fires where it is broken and nowhere else', async () => {
  const baseDir = fileURLToPath(new URL('fixtures/boundaries', import.meta.url))
  const rules = boundaries(fixtureGraph)
  const { output } = await cruise(['src', 'web'], {
    baseDir,
    validate: true,
    ruleSet: { forbidden: rules },
    ...reading,
  })
  if (typeof output === 'string') throw new Error(output)
  const found = output.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort()
  expect(found).toEqual([
    'contracts are a leaf: src/contracts/not-a-leaf.ts',
    'face of alpha: src/modules/beta/behind-the-face.ts',
    'face of alpha: src/modules/beta/type-behind-the-face.ts',
    'needs of alpha: src/modules/alpha/needs-beta.ts',
    'needs of gamma: src/modules/gamma/lazy.ts',
    'needs of gamma: src/modules/gamma/needs-inner.ts',
    'no circle: src/platform/egg.ts',
    'platform knows no module: src/platform/knows-alpha.ts',
    'pure code touches no I/O of the platform: src/modules/beta/rules.ts',
    'pure code touches no I/O of the platform: src/modules/beta/rules.ts',
    'pure code touches no node module: src/modules/beta/rules.ts',
    'pure code touches no node module: src/solvers/tour.ts',
    'pure code touches no store: src/modules/beta/rules.ts',
    'solvers stand alone: src/solvers/knows-platform.ts',
    'src knows nothing outside: src/platform/uses-bench.ts',
    'web knows contracts only: web/console/reaches-in.ts',
  ])
  const kinds = rules.map(({ name }) => (name ?? '').replace(/ of .*/, ''))
  const fired = found.map((line) => line.replace(/( of .*)?: .*/, ''))
  expect([...new Set(kinds)].sort()).toEqual([...new Set(fired)].sort())
})

test('graph.ts names every module folder, needs only names that it has, and holds no circle', () => {
  const needs: Graph = graph
  const names = Object.keys(needs)
  const folders = readdirSync('src/modules', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((folder) => folder.name).filter((name) => !names.includes(name))).toEqual([])
  expect(names.flatMap((name) => needs[name]?.needs ?? []).filter((name) => !names.includes(name))).toEqual([])
  expect(names.filter((name) => reaches(needs, name, name))).toEqual([])
})

test('a circle in a graph is seen', () => {
  expect(reaches({ a: { needs: ['b'] }, b: { needs: ['c'] }, c: { needs: ['a'] } }, 'a', 'a')).toBe(true)
})

function reaches(needs: Graph, from: string, target: string, seen = new Set<string>()): boolean {
  return (needs[from]?.needs ?? []).some((next) => {
    if (next === target) return true
    if (seen.has(next)) return false
    seen.add(next)
    return reaches(needs, next, target, seen)
  })
}
