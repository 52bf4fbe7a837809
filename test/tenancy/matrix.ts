// The function matrix: every route and which role may call it, as a page that people review and a test that walks it.
import { permissions, roleMay, roles } from '../../src/contracts/permissions.ts'
import { changes, type Route } from '../../src/platform/http/route.ts'

export const MATRIX = new URL('../../docs/security/matrix.md', import.meta.url)

/** The page for these routes. */
export function matrixPage(routes: readonly Route[]): string {
  const rows = [...routes]
    .sort((one, other) =>
      one.path === other.path ? one.method.localeCompare(other.method) : one.path.localeCompare(other.path),
    )
    .map(row)
  return `# Who may call what

Generated from the routes and \`src/contracts/permissions.ts\` by \`UPDATE_MATRIX=1 npx vitest run --project database test/tenancy/matrix.db.test.ts\`.
A test walks every route as every role and compares what happens with this page, so a change of rights shows as a change of this page.
An API key may call a route where its scopes hold the permission; keys never hold ${['identity.write', 'session.own'].map((name) => `\`${name}\``).join(' and ')}.

| route | changes | permission | ${roles.join(' | ')} |
|---|---|---|${roles.map(() => '---|').join('')}
${rows.join('\n')}

## Permissions

| permission | roles |
|---|---|
${Object.entries(permissions)
  .map(([name, allowed]) => `| \`${name}\` | ${allowed.join(', ')} |`)
  .join('\n')}
`
}

function row(route: Route): string {
  const { permit, because } = route.options
  const marks = roles.map((role) => (permit === 'public' || roleMay(role, permit) ? '✓' : '–'))
  const right = permit === 'public' ? `public: ${because}` : `\`${permit}\``
  return `| \`${route.method} ${route.path}\` | ${changes(route) ? 'yes' : 'no'} | ${right} | ${marks.join(' | ')} |`
}

export interface Expected {
  readonly method: string
  readonly path: string
  readonly isPublic: boolean
  readonly allowed: Readonly<Record<string, boolean>>
}

/** Reads the page back: what it says is what the test expects. */
export function readMatrix(page: string): Expected[] {
  return [...page.matchAll(/^\| `([A-Z]+) (\S+)` \| \w+ \| (.+?) \| ([✓–](?: \| [✓–])*) \|$/gm)].map(
    ([, method = '', path = '', right = '', marks = '']) => ({
      method,
      path,
      isPublic: right.startsWith('public'),
      allowed: Object.fromEntries(marks.split(' | ').map((mark, place) => [roles[place] ?? '', mark === '✓'])),
    }),
  )
}
