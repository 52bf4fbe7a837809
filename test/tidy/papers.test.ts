// Dependencies have their decision record, languages their same keys, rules their line in STYLE.md.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { dependencyFaults, localeFaults, tableRows } from './papers.ts'
import { rules } from './rules.ts'

const read = (path: string) => readFileSync(path, 'utf8')

test('every dependency has a row in docs/adr/0002-dependencies.md, and every row a dependency', () => {
  expect(dependencyFaults(read('package.json'), read('docs/adr/0002-dependencies.md'))).toEqual([])
})

test('a dependency without a row, a row without a dependency and a row without a reason are found', () => {
  const packageJson = JSON.stringify({
    dependencies: { fastify: '5' },
    devDependencies: { vite: '8' },
    optionalDependencies: { knip: '6' },
  })
  const record = '| `vite` | builds | MIT | none |\n| `left-pad` | pads | MIT | none |\n| `knip` | | ISC | none |'
  expect(dependencyFaults(packageJson, record)).toEqual([
    'fastify has no row',
    'left-pad has a row but is not used',
    '`knip` lacks why, licence or alternatives',
  ])
})

test('the screens say the same in Chinese and English', () => {
  const folders = globSync('web/**/locales/*.json', { exclude: ['**/node_modules/**'] }).map((path) => dirname(path))
  const found = [...new Set(folders)].flatMap((folder) => {
    const [zh, en] = [join(folder, 'zh-CN.json'), join(folder, 'en.json')]
    if (!existsSync(zh) || !existsSync(en)) return [`${folder} lacks zh-CN.json or en.json`]
    return localeFaults(read(zh), read(en)).map((fault) => `${folder}: ${fault}`)
  })
  expect(found).toEqual([])
})

test('a key, a text and a placeholder that only one language has are found', () => {
  const zh = JSON.stringify({ order: { title: '订单 {{number}}', hold: '' }, only: '仅' })
  const en = JSON.stringify({ order: { title: 'Order', hold: 'Hold' }, more: 'More' })
  expect(localeFaults(zh, en)).toEqual([
    'order.title has other placeholders',
    'order.hold is empty',
    'only is missing in the second',
    'more is missing in the first',
  ])
})

test('forms of number differ between languages without a fault', () => {
  const zh = JSON.stringify({ lines_other: '{{count}} 行' })
  const en = JSON.stringify({ lines_one: 'One line', lines_other: '{{count}} lines' })
  expect(localeFaults(zh, en)).toEqual([])
})

test('STYLE.md names every rule that tidy checks, and no other', () => {
  const checkers = tableRows(read('STYLE.md')).map((cells) => cells.at(-1) ?? '')
  const named = checkers.flatMap((cell) => [...cell.matchAll(/tidy `([a-z-]+)`/g)].map(([, name]) => name))
  const own = ['problem-catalogue', 'papers', 'boundaries', 'linter']
  expect(named.filter((name) => !own.includes(name ?? '')).sort()).toEqual(rules.map(({ name }) => name).sort())
})
