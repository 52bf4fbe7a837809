// Runs one check and answers how many passed and failed, with all that it printed.
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Check } from './checks.ts'

export interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly duration_ms: number
  readonly output: string
}

/** What Vitest's json reporter writes, as far as it is read here. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Whether what the check needs is there already. */
export function isReady({ waitsFor }: Check): boolean {
  return waitsFor === undefined || globSync(waitsFor).length > 0
}

/** The counts of a test run. A file that failed without a failed test (an import, a hook), an exit code that no test explains, and no test at all count as failures. */
export function count(
  exitCode: number,
  report: Report | undefined,
): { passed: number; failed: number; skipped: number } {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + broken.length
  const unexplained = failed === 0 && (exitCode !== 0 || report.numPassedTests === 0) ? 1 : 0
  return { passed: report.numPassedTests, failed: failed + unexplained, skipped: report.numPendingTests }
}

/** Runs the check to its end; its programs are killed when `signal` aborts. */
export async function runCheck(check: Check, signal: AbortSignal): Promise<Outcome> {
  const started_ms = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'ordo-check-'))
  const file = join(folder, 'report.json')
  try {
    const [program = '', ...args] = check.run.split(' ')
    if (check.counts === 'tests') args.push('--reporter=default', '--reporter=json', `--outputFile.json=${file}`)
    const { exitCode, output } = await execute(program, args, signal)
    const counts =
      check.counts === 'tests'
        ? count(exitCode, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
        : { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
    return { ...counts, duration_ms: performance.now() - started_ms, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function execute(program: string, args: readonly string[], signal: AbortSignal) {
  return new Promise<{ exitCode: number; output: string }>((resolve) => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }
    const env = { ...process.env, ...colour }
    const local = join('node_modules', '.bin', program)
    const child = spawn(existsSync(local) ? local : program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, signal })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => chunks.push(Buffer.from(`${program}: ${error.message}\n`)))
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: readable(Buffer.concat(chunks).toString()) }))
  })
}

/** What a log can show: colours only on a terminal, and of a very long output its head and its tail. */
function readable(output: string): string {
  const lines = (process.stdout.isTTY ? output : stripVTControlCharacters(output)).trimEnd().split('\n')
  const [head, tail] = [150, 350]
  const left_out = lines.length - head - tail
  if (left_out <= 0) return lines.join('\n')
  return [...lines.slice(0, head), `… ${left_out} lines left out …`, ...lines.slice(-tail)].join('\n')
}
