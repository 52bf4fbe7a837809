// Words that must not be left behind in any file.
import { at, type File, type Finding, isCode, type Rule } from '../rule.ts'

const LEFTOVER = /\b(TODO|FIXME|XXX|HACK)\b/
const MACHINE_PATH = /\/work\/(main|shared|\.)|\/(home|Users)\/\w+\//
const isProse = (path: string) => /\.(md|sql|css|html|ya?ml|json|sh)$/.test(path) && !path.endsWith('package-lock.json')
const isAboutRules = (path: string) => path.startsWith('test/tidy/') || path === 'STYLE.md'

const nothingLeft: Rule = {
  name: 'nothing-left',
  promise: 'no TODO on main: it is done, or an issue says so',
  where: (path) => (isCode(path) || isProse(path)) && !isAboutRules(path),
  check: (file) => {
    if (!isCode(file.path)) return linesWith(file, LEFTOVER, 'do it or open an issue')
    const comments = file.source.comments.filter((comment) => LEFTOVER.test(comment.value))
    return comments.map((comment) => at(file, comment, 'do it or open an issue'))
  },
  breaks: [
    { path: 'src/flow.ts', text: 'const a = 1 // TODO: more' },
    { path: 'docs/guides/a.md', text: 'text\nFIXME' },
    { path: 'db/migrations/0001_a.sql', text: '-- XXX' },
  ],
  keeps: [{ path: 'src/flow.ts', text: "const size = 'XXX'" }],
}

const anyMachine: Rule = {
  name: 'any-machine',
  promise: 'no file names a path of one machine',
  where: (path) => isCode(path) || isProse(path),
  check: (file) => linesWith(file, MACHINE_PATH, 'paths are relative to the repository or come from the caller'),
  breaks: [
    { path: 'docs/a.md', text: ['see ', 'work', 'main', 'src'].join('/') },
    { path: 'src/a.ts', text: `const a = '${['', 'home', 'eva', 'ordo'].join('/')}'` },
  ],
  keeps: [{ path: 'src/modules/warehouse/routes.ts', text: "route('GET /work/next')" }],
}

function linesWith({ text }: File, pattern: RegExp, says: string): Finding[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [{ line: index + 1, says }] : []))
}

export const words: readonly Rule[] = [nothingLeft, anyMachine]
