// What a file is called and what its first line says.
import { isCode, type Rule } from '../rule.ts'

const EMPTY_WORDS = new Set(
  ['service', 'manager', 'helper', 'util', 'impl', 'base'].flatMap((word) => [word, `${word}s`]),
)
const FOLDERS = /^(src|web|bench|scripts)\//

const plainNames: Rule = {
  name: 'plain-names',
  promise: 'a file is named after what it does',
  where: (path) => /^(src|web|bench|scripts|test)\//.test(path),
  check: ({ path }) =>
    path
      .toLowerCase()
      .split(/[/._-]/)
      .filter((word) => EMPTY_WORDS.has(word))
      .map((word) => ({ line: 1, says: `"${word}" says nothing; name the verb and the noun` })),
  breaks: [
    { path: 'src/modules/orders/order-service.ts', text: '' },
    { path: 'web/console/utils/money.ts', text: '' },
    { path: 'test/world/db.helpers.ts', text: '' },
  ],
  keeps: [{ path: 'bench/baseline.ts', text: '' }],
}

const promiseFirst: Rule = {
  name: 'promise-first',
  promise: 'the first line of a file is a comment that says what it promises',
  where: (path) => FOLDERS.test(path) && isCode(path),
  check: ({ text }) => {
    const first = text.replace(/^#!.*\n/, '').split('\n', 1)[0] ?? ''
    const isPromise = /^(\/\/|\/\*\*?) (?!biome-|@)\S.{11,}/.test(first)
    return isPromise ? [] : [{ line: 1, says: 'begin with one line that says what this file promises' }]
  },
  breaks: [
    { path: 'src/flow.ts', text: "import { a } from './a.ts'\n// Too late to say it here." },
    { path: 'src/flow.ts', text: '// short' },
    { path: 'web/app.tsx', text: '// biome-ignore lint/plugin: a directive is no promise' },
    { path: 'bench/run.ts', text: '' },
  ],
  keeps: [
    { path: 'src/flow.ts', text: '// The way of an order, as data.' },
    { path: 'scripts/run.ts', text: '#!/usr/bin/env node\n/** Runs what is asked for. */' },
    { path: 'test/race/last-unit.test.ts', text: 'test()' },
  ],
}

export const names: readonly Rule[] = [plainNames, promiseFirst]
