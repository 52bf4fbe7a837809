// Draws docs/modules.md: the modules, what each is for, whom it needs, and the events that start its steps. `--check` compares instead.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { flow } from '../src/flow.ts'
import { graph, type ModuleName } from '../src/modules/graph.ts'

const FILE = new URL('../docs/modules.md', import.meta.url)

const chinese: Readonly<Record<ModuleName, string>> = {
  identity: '身份',
  audit: '审计',
  catalog: '商品与网络',
  inventory: '库存',
  capacity: '产能',
  payment: '支付',
  orders: '订单',
  intake: '接单',
  policies: '规则',
  review: '审单',
  shipping: '物流',
  warehouse: '仓库',
  allocation: '分仓',
  disruptions: '中断',
  lab: '规则实验室',
  modes: '运行模式',
  tracking: '跟踪',
  returns: '退货',
  notifications: '通知',
  inbox: '待办箱',
  privacy: '隐私',
  insights: '洞察',
}

/** The page as it should be. */
export function drawModules(): string {
  const names = Object.keys(chinese).filter((name): name is ModuleName => name in graph)
  const arrows = names.flatMap((name) => graph[name].needs.map((need) => `  ${name} --> ${need}`))
  return [
    '# Modules 模块',
    '',
    'Drawn from `src/modules/graph.ts`, `src/flow.ts` and the first line of each `index.ts` by `node scripts/draw-modules.ts`; a test compares.',
    'An arrow means: may call, through the `index.ts` of the other. Everything else is heard of by events.',
    '',
    '由 `node scripts/draw-modules.ts` 根据 `src/modules/graph.ts`、`src/flow.ts` 和各模块 `index.ts` 的首行生成，并由测试比对。',
    '箭头表示可以通过对方的 `index.ts` 调用；其余一律通过事件获知。',
    '',
    '```mermaid',
    'flowchart LR',
    ...names.map((name) => `  ${name}["${name}<br/>${chinese[name]}"]`),
    ...arrows,
    '```',
    '',
    '| module | 模块 | what it is for | needs | steps that events start |',
    '|---|---|---|---|---|',
    ...names.map(
      (name) =>
        `| \`${name}\` | ${chinese[name]} | ${promiseOf(name)} | ${code(graph[name].needs)} | ${stepsOf(name).join('<br>')} |`,
    ),
    '',
    'Steps of the platform itself and timers stand in `src/flow.ts`. 平台自身的步骤和定时器见 `src/flow.ts`。',
    '',
  ].join('\n')
}

function promiseOf(name: ModuleName): string {
  const [first = ''] = readFileSync(new URL(`../src/modules/${name}/index.ts`, import.meta.url), 'utf8').split('\n')
  const promise = first.replace(/^\/\/\s*/, '').replace(/^(The face of [^:]*|[^:]*'s face):\s*/, '')
  return promise.charAt(0).toUpperCase() + promise.slice(1)
}

function stepsOf(name: ModuleName): string[] {
  const rows = flow.filter((row) => row.event !== null && row.step.name.startsWith(`${name}.`))
  return [...Map.groupBy(rows, (row) => row.step.name)].map(
    ([step, starts]) => `\`${step}\` on ${code(starts.flatMap((row) => row.event ?? []))}`,
  )
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}

function main(): void {
  const page = drawModules()
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, page)
    console.log('wrote docs/modules.md')
  } else if (readFileSync(FILE, 'utf8') !== page) {
    console.error('docs/modules.md differs from the modules: run node scripts/draw-modules.ts')
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
