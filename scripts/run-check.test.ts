// The counts of `npm test` tell the truth: nothing that failed, broke or never ran counts as passed.
import { expect, test } from 'vitest'
import { checks } from './checks.ts'
import { count, type Report, runCheck } from './run-check.ts'

const calm: Report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] }
const signal = new AbortController().signal

test('every test counts', () => {
  expect(count(0, calm)).toEqual({ passed: 3, failed: 0, skipped: 1 })
  expect(count(1, { ...calm, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2, skipped: 1 })
})

test('a file that does not load is a failure', () => {
  expect(count(1, { ...calm, testResults: [{ status: 'failed', assertionResults: [] }] }).failed).toBe(1)
})

test('a suite without a test, without a report, or with an unexplained exit code is a failure', () => {
  expect(count(0, { ...calm, numPassedTests: 0 }).failed).toBe(1)
  expect(count(0, undefined).failed).toBe(1)
  expect(count(1, calm).failed).toBe(1)
})

test('a check of one counts by its exit code, with what it printed', async () => {
  const base = { name: 'x', counts: 'one' } as const
  expect(await runCheck({ ...base, run: 'node --version' }, signal)).toMatchObject({
    passed: 1,
    failed: 0,
    output: expect.stringContaining('v24'),
  })
  expect(await runCheck({ ...base, run: 'node --no-such-option' }, signal)).toMatchObject({
    passed: 0,
    failed: 1,
    output: expect.stringContaining('no-such-option'),
  })
  expect(await runCheck({ ...base, run: 'no-such-program' }, signal)).toMatchObject({ passed: 0, failed: 1 })
})

test('the names of the checks differ', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length)
})
