// Where SQL may stand and what each statement must name.
import { Visitor } from 'oxc-parser'
import { isSqlTag, mayHoldSql, statementsOf } from '../../../scripts/statements.ts'
import { at, type Finding, isProduct, type Rule } from '../rule.ts'
import { pathOf } from './exact.ts'

const SQL_VERB = /^\s*(select|insert|update|delete|with|merge|truncate)\s/i
const TOUCHES_ROWS = /\b(from|join|into|update|truncate)\s+(?!unnest\b|generate_series\b|jsonb?_)\S/i

const sqlInStores: Rule = {
  name: 'sql-in-stores',
  promise: 'SQL stands in store files, the platform and the command line only, always as a template tagged sql',
  where: isProduct,
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      TaggedTemplateExpression(node) {
        const isSql = isSqlTag(node.tag)
        if (isSql && !mayHoldSql(file.path))
          found.push(at(file, node, 'move the statement into store.ts of its module'))
        if (!isSql && SQL_VERB.test(node.quasi.quasis[0]?.value.raw ?? ''))
          found.push(at(file, node, 'tag it sql, so that the statement is prepared in a test'))
      },
      CallExpression(node) {
        if (pathOf(node.callee).endsWith('.unsafe') && !/^src\/(platform|cli)\//.test(file.path))
          found.push(
            at(file, node, 'unsafe() is for the platform and the command line; write the statement as a template'),
          )
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path: 'src/modules/orders/place-order.ts', text: 'await tx.sql`select 1`' },
    { path: 'src/modules/orders/store.ts', text: 'await transaction`select 1`' },
    { path: 'src/modules/orders/store.ts', text: "await tx.sql.unsafe('select 1')" },
  ],
  keeps: [
    { path: 'src/modules/orders/store.ts', text: 'await tx.sql`select 1`' },
    { path: 'src/modules/orders/store-lines.ts', text: 'await tx.sql<Row[]>`select 1`' },
    { path: 'src/platform/engine/jobs.ts', text: 'await sql`select 1`' },
    { path: 'test/race/last-unit.test.ts', text: 'await sql`select 1`' },
  ],
}

const tenantNamed: Rule = {
  name: 'tenant-named',
  promise: 'every statement names tenant_id, or says why it is for all tenants',
  where: isProduct,
  check: (file) =>
    statementsOf(file.source, () => undefined)
      .filter(({ text }) => TOUCHES_ROWS.test(text) && !/\btenant_id\b|-- all tenants: \S/.test(text))
      .map(({ line }) => ({ line, says: 'name tenant_id, or write `-- all tenants: <why>` into the statement' })),
  breaks: [
    { path: 'src/modules/orders/store.ts', text: 'sql`select id from orders.customer_order`' },
    { path: 'src/modules/orders/store.ts', text: 'sql`update orders.line set quantity = 1`' },
    { path: 'src/modules/orders/store.ts', text: 'sql`select 1 from x -- all tenants:\n`' },
  ],
  keeps: [
    { path: 'src/modules/orders/store.ts', text: 'sql`select 1 from x where tenant_id = ${tx.tenant}`' },
    { path: 'src/platform/tenants.ts', text: 'sql`select id from platform.tenant -- all tenants: the list of them`' },
    { path: 'src/platform/db.ts', text: 'sql`select now()`' },
  ],
}

export const sql: readonly Rule[] = [sqlInStores, tenantNamed]
