// What a first visit loads, compressed, against the budget: the console before its first route 300 kB, the portal as a whole 90 kB.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly isEntry?: boolean
}

type Manifest = Readonly<Record<string, Chunk>>

interface Budget {
  readonly part: string
  readonly at_most_kb: number
  /** Besides the entry and what it imports: chunks that every first visit needs too, one of each list. */
  readonly also: readonly (readonly string[])[]
}

const budgets: readonly Budget[] = [
  {
    part: 'console',
    at_most_kb: 300,
    also: [
      ['locales/zh-CN.json', 'locales/en.json'],
      ['../../node_modules/antd/es/locale/zh_CN.js', '../../node_modules/antd/es/locale/en_US.js'],
    ],
  },
  { part: 'portal', at_most_kb: 90, also: [['locales/zh-CN.json', 'locales/en.json']] },
]

/** Prints each part beside its budget; false where one is over. */
export function checkSizes(): boolean {
  return budgets.map(isWithin).every(Boolean)
}

function isWithin({ part, at_most_kb, also }: Budget): boolean {
  const folder = fileURLToPath(new URL(`../dist/${part}/`, import.meta.url))
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8'))
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true) ?? ''
  const size = (file: string) => gzipSync(readFileSync(folder + file), { level: 6 }).length
  const sum = (files: ReadonlySet<string>) => [...files].reduce((total, file) => total + size(file), 0)
  const first = filesOf(manifest, entry, new Set())
  let bytes = sum(first) + size('index.html')
  for (const choices of also) {
    const extra = choices.map((key) =>
      sum(new Set([...filesOf(manifest, key, new Set())].filter((file) => !first.has(file)))),
    )
    bytes += Math.max(0, ...extra)
  }
  const kb = bytes / 1000
  console.log(
    `${kb <= at_most_kb ? '✓' : '✗'} ${part.padEnd(8)} first load ${kb.toFixed(1)} kB gzip of ${at_most_kb} kB`,
  )
  for (const key of manifest[entry]?.dynamicImports ?? []) {
    const own = new Set([...filesOf(manifest, key, new Set())].filter((file) => !first.has(file)))
    if (process.argv.includes('--routes')) console.log(`    ${key.padEnd(36)} + ${(sum(own) / 1000).toFixed(1)} kB`)
  }
  return kb <= at_most_kb
}

function filesOf(manifest: Manifest, key: string, found: Set<string>): Set<string> {
  const chunk = manifest[key]
  if (chunk === undefined || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const css of chunk.css ?? []) found.add(css)
  for (const other of chunk.imports ?? []) filesOf(manifest, other, found)
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = checkSizes() ? 0 : 1
