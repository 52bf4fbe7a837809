// Runs the benchmarks that are named (all where none is) and writes their figures into the table of docs/benchmarks.md.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))
const ORDO = fileURLToPath(new URL('../bin/ordo', import.meta.url))
const ALL = ['intake', 'flow', 'hot', 'search', 'lab']
const [FROM, TO] = ['<!-- figures -->', '<!-- end of figures -->']

const Row = Compile(
  Type.Object({
    bench: Type.String(),
    case: Type.String(),
    metric: Type.String(),
    value: Type.Number(),
    baseline: Type.Optional(Type.String()),
    baseline_value: Type.Optional(Type.Number()),
    ratio: Type.Optional(Type.Number()),
  }),
)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean' },
    file: { type: 'string' },
    load: { type: 'string' },
    help: { type: 'boolean' },
  },
})

if (values.help)
  console.log(`npm run bench:record [-- benchmarks] [--short] [--file lines.jsonl]
  runs ${ALL.join(', ')} or those that are named, and replaces their rows in docs/benchmarks.md
  --file   takes the output of \`bin/ordo bench … --json\` instead of running anything`)
else if (values.file !== undefined) record(readFileSync(values.file, 'utf8'), values.load ?? '')
else
  for (const name of positionals.length === 0 ? ALL : positionals) {
    const load = loadavg()[0] ?? 0
    const flags = ['bench', name, '--json', ...(values.short ? ['--short'] : [])]
    record(execFileSync(process.execPath, [ORDO, ...flags], { encoding: 'utf8', maxBuffer: 2 ** 24 }), load.toFixed(1))
  }

/** Replaces the rows of the benchmarks that `output` tells of; those of others stay. */
function record(output: string, load: string): void {
  const rows = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      const row: unknown = JSON.parse(line)
      return Row.Check(row) ? [row] : []
    })
  const told = new Set(rows.map((row) => row.bench))
  const page = readFileSync(PAGE, 'utf8')
  const [before = '', rest = ''] = page.split(FROM)
  const [table = '', after = ''] = rest.split(TO)
  const kept = table.split('\n').filter((line) => /^\| [a-z]/.test(line) && !told.has(line.split('|')[1]?.trim() ?? ''))
  const lines = rows.map(
    (row) =>
      `| ${row.bench} | ${row.case} | ${row.metric} | ${shown(row.value)} | ${row.baseline ?? ''} | ${row.baseline_value === undefined ? '' : shown(row.baseline_value)} | ${row.ratio === undefined ? '' : row.ratio.toFixed(2)} | ${load} |`,
  )
  const place = (line: string) => ALL.indexOf(line.split('|')[1]?.trim() ?? '')
  const all = [...kept, ...lines].sort((a, b) => place(a) - place(b))
  const head = `| Bench | Case | Metric | Value | Baseline | Its value | Ratio | Load of ${cpus().length} cores before |\n|---|---|---|---:|---|---:|---:|---|`
  writeFileSync(PAGE, `${before}${FROM}\n${head}\n${all.join('\n')}\n${TO}${after}`)
  console.log(lines.join('\n'))
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
