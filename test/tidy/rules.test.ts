// Every rule holds for every file of the repository, and its own examples prove that it fires.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { repositoryFiles } from '../../scripts/source.ts'
import { type Example, type File, fileOf, type Rule } from './rule.ts'
import { rules } from './rules.ts'

const files: readonly File[] = repositoryFiles()
  .filter((path) => /\.(ts|tsx|mjs|cjs|js|css|sql|sh|md|html|ya?ml|json)$/.test(path) && !path.includes('/fixtures/'))
  .map((path) => fileOf(path, readFileSync(path, 'utf8')))

const find = (rule: Rule, { path, text }: Example) => (rule.where(path) ? rule.check(fileOf(path, text)) : [])

const labelled = (example: Example) => [`${example.path}: ${example.text.slice(0, 60)}`, example] as const

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  test(`${rule.promise}`, () => {
    const found = files
      .filter(({ path }) => rule.where(path))
      .flatMap((file) => rule.check(file).map(({ line, says }) => `${file.path}:${line} ${says}`))
    expect(found, `${rule.name}: ${rule.promise}`).toEqual([])
  })

  test.each(rule.breaks.map(labelled))('finds %s', (_label, example) => {
    expect(find(rule, example)).not.toEqual([])
  })

  test.each(rule.keeps.map(labelled))('accepts %s', (_label, example) => {
    expect(find(rule, example)).toEqual([])
  })
})

test('the repository is there to be checked', () => {
  expect(files.length).toBeGreaterThan(20)
})
