// Makes every check of checks.ts, prints each with its time, and ends with one line `N passed, N failed`.
import { parseArgs } from 'node:util'
import { type Check, checks } from './checks.ts'
import { isReady, type Outcome, runCheck } from './run-check.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fast: { type: 'boolean' },
    long: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const HELP = `npm test [-- options] [names of checks]
  --list   prints the checks and makes none
  --fast   only what needs no test run (npm run check)
  --long   the long forms: soak, thousands of sequences (npm run test:long)`

if (values.help) console.log(HELP)
else if (values.list) for (const check of checks) console.log(`${check.name.padEnd(18)} ${check.run}`)
else process.exitCode = await main()

async function main(): Promise<number> {
  if (values.long) process.env.ORDO_LONG = '1'
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort())
  const chosen = checks.filter(isChosen)
  if (chosen.length === 0) {
    console.error(`No check is named ${positionals.join(', ')}; --list shows them all.`)
    return 2
  }
  let [passed, failed] = [0, 0]
  for (const check of chosen) {
    if (stop.signal.aborted) break
    if (!isReady(check)) {
      console.log(`·  ${check.name}: left out, it waits for ${check.waitsFor}`)
      continue
    }
    const outcome = await runCheck(check, stop.signal)
    print(check, outcome)
    passed += outcome.passed
    failed += outcome.failed
  }
  if (stop.signal.aborted) failed += 1
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

function isChosen(check: Check): boolean {
  if (positionals.length > 0) return positionals.some((name) => check.name.startsWith(name))
  return values.fast !== true || check.fast === true
}

function print(check: Check, { passed, failed, skipped, duration_ms, output }: Outcome): void {
  const tests = check.counts === 'one' ? '' : ` ${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  const verdict = failed > 0 ? `FAILED${check.counts === 'one' ? '' : `${tests}, ${failed} failed`}` : `ok${tests}`
  console.log(
    `${failed > 0 ? '✗' : '✓'}  ${check.name.padEnd(18)} ${(duration_ms / 1000).toFixed(1).padStart(6)} s  ${verdict}`,
  )
  if (failed > 0) console.log(`\n$ ${check.run}\n${output.trimEnd()}\n`)
}
