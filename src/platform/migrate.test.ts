// Numbers of migrations: two files with one number are refused, before one of them is silently left out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { migrations } from './migrate.ts'

test('migrations come in the order of their numbers, and no number twice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ordo-migrations-'))
  const url = pathToFileURL(`${folder}/`)
  const write = (name: string) => writeFileSync(join(folder, name), 'select 1')
  for (const name of ['0002_second.sql', '0001_first.sql', 'notes.txt']) write(name)
  expect(migrations(url).map(({ version, name }) => [version, name])).toEqual([
    [1, '0001_first.sql'],
    [2, '0002_second.sql'],
  ])
  write('0002_other.sql')
  expect(() => migrations(url)).toThrow('0002')
  rmSync(folder, { recursive: true })
})

test('the migrations of this program have numbers of their own', () => {
  expect(migrations().length).toBeGreaterThan(30)
})
