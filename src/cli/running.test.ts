// A command beside a running Ordo works on that one, or says what to give: it never begins a second one by mistake.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { noteRunning, refuseBeside, runningIn } from './running.ts'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ordo-running-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'running')
}

test('an Ordo is noted while it runs; of what has died, or has no database any more, nothing is left', () => {
  const folder = temporary()
  expect(runningIn(folder, () => true)).toEqual([])
  const forget = noteRunning(folder, { port: 4700, data: '/data/of/mine' })
  // no process has so high a number
  writeFileSync(join(folder, 'dead.json'), JSON.stringify({ pid: 2 ** 30, port: 4800, data: '/data/of/nobody' }))
  writeFileSync(join(folder, 'torn.json'), '{"pid":')
  expect(runningIn(folder, () => true)).toEqual([{ pid: process.pid, port: 4700, data: '/data/of/mine' }])
  expect(readdirSync(folder)).toEqual([`${process.pid}.json`])
  forget()
  expect(runningIn(folder, () => true)).toEqual([])
  noteRunning(folder, { port: 4700, data: '/data/of/mine' })
  expect(runningIn(folder, (data) => data !== '/data/of/mine')).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

test('where notes cannot be written there are none, and nothing fails', () => {
  const folder = join(temporary(), 'below')
  writeFileSync(join(folder, '..', '..', 'running'), 'a file in the way')
  const forget = noteRunning(folder, { port: 4700, data: '/data' })
  forget()
  expect(existsSync(folder)).toBe(false)
  expect(runningIn(folder, () => true)).toEqual([])
})

test('a command that names no folder works on the one that runs there, alone, and is refused where Ordo runs elsewhere', () => {
  const elsewhere = { pid: 1, port: 4700, data: '/data/elsewhere' }
  const here = { pid: 2, port: 4600, data: '/repo/.ordo' }
  expect(() => refuseBeside([], '/repo/.ordo')).not.toThrow()
  expect(() => refuseBeside([elsewhere, here], '/repo/.ordo')).not.toThrow()
  expect(() => refuseBeside([elsewhere], '/repo/.ordo')).toThrow(
    'Ordo runs at http://127.0.0.1:4700 with its data in /data/elsewhere: give ORDO_DATA=/data/elsewhere to work on that, or ORDO_DATA=/repo/.ordo for one of its own',
  )
})
