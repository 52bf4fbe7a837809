// The schema as text: every object that the migrations make, in an order that depends on names alone, so that two databases of the same
// schema give the same text. Partitions are left out: how many there are depends on the day.

/** Runs a query and answers its rows. */
export type Ask = (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

const OURS = "n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'public')"

/** Each query answers one column `text`; the order of the list is that of the page. */
const parts: readonly { readonly title: string; readonly query: string }[] = [
  {
    title: 'Schemas',
    query: `select 'create schema ' || quote_ident(n.nspname) || ';' as text from pg_namespace n where ${OURS} order by n.nspname collate "C"`,
  },
  {
    title: 'Sequences and types',
    query: `select format('%s %s.%s;', case c.relkind when 'S' then 'create sequence' else 'create type' end, n.nspname, c.relname) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('S', 'c') order by n.nspname collate "C", c.relname collate "C"`,
  },
  {
    title: 'Tables',
    query: `select format(E'create table %s.%s (\\n%s\\n)%s%s;%s', n.nspname, c.relname,
        (select string_agg(format('  %s %s%s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                  case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(o.collname) else '' end,
                  case when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
                       when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
                  case when a.attnotnull then ' not null' else '' end), E',\\n' order by a.attnum)
           from pg_attribute a join pg_type t on t.oid = a.atttypid
           left join pg_collation o on o.oid = a.attcollation left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
        case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end,
        case when c.reloptions is null then '' else ' with (' || array_to_string(c.reloptions, ', ') || ')' end,
        case when c.relrowsecurity then format(E'\\nalter table %s.%s enable row level security;', n.nspname, c.relname) else '' end
        || case when c.relforcerowsecurity then format(E'\\nalter table %s.%s force row level security;', n.nspname, c.relname) else '' end) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${OURS} and c.relkind in ('r', 'p') and not c.relispartition order by n.nspname collate "C", c.relname collate "C"`,
  },
  {
    title: 'Constraints',
    query: `select format('alter table %s.%s add constraint %s %s;', n.nspname, c.relname, quote_ident(k.conname), pg_get_constraintdef(k.oid)) as text
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where ${OURS} and k.contype <> 'n' and not c.relispartition order by n.nspname collate "C", c.relname collate "C", k.conname collate "C"`,
  },
  {
    title: 'Indexes',
    query: `select pg_get_indexdef(i.indexrelid) || ';' as text
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where ${OURS} and not c.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))
     order by n.nspname collate "C", c.relname collate "C", x.relname collate "C"`,
  },
  {
    title: 'Views',
    query: `select format(E'create view %s.%s%s as\\n%s', n.nspname, c.relname, case when c.reloptions is null then '' else ' with (' || array_to_string(c.reloptions, ', ') || ')' end, pg_get_viewdef(c.oid, true)) as text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('v', 'm') order by n.nspname collate "C", c.relname collate "C"`,
  },
  {
    title: 'Functions',
    query: `select pg_get_functiondef(p.oid) || ';' as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${OURS} and p.prokind in ('f', 'p') order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  },
  {
    title: 'Triggers',
    query: `select pg_get_triggerdef(t.oid) || ';' as text from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where ${OURS} and not t.tgisinternal and not c.relispartition order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"`,
  },
  {
    title: 'Policies',
    query: `select format('create policy %s on %s.%s as %s for %s to %s%s%s;', quote_ident(p.policyname), n.nspname, p.tablename, lower(p.permissive), lower(p.cmd),
        array_to_string(p.roles, ', '), ' using (' || p.qual || ')', ' with check (' || p.with_check || ')') as text
      from pg_policies p join pg_namespace n on n.nspname = p.schemaname join pg_class c on c.relnamespace = n.oid and c.relname = p.tablename
     where ${OURS} and not c.relispartition order by n.nspname collate "C", p.tablename collate "C", p.policyname collate "C"`,
  },
  {
    title: 'Rights',
    query: `select format('grant %s on %s to %s;', g.privileges, g.object, g.grantee) as text from (
        select string_agg(lower(x.privilege_type), ', ' order by x.privilege_type) as privileges, o.object, coalesce(r.rolname, 'public') as grantee
          from (select 'schema ' || n.nspname as object, n.nspacl as acl, n.nspowner as owner from pg_namespace n where ${OURS}
                union all
                select format('table %s.%s', n.nspname, c.relname), c.relacl, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S') and not c.relispartition
                union all
                select format('function %s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), p.proacl, p.proowner
                  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS}
                union all
                select format('column %s.%s.%s', n.nspname, c.relname, a.attname), a.attacl, c.relowner
                  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                 where ${OURS} and a.attacl is not null and not c.relispartition) o
          cross join lateral aclexplode(o.acl) x left join pg_roles r on r.oid = x.grantee
         where x.grantee <> o.owner and x.privilege_type <> 'MAINTAIN'
         group by o.object, r.rolname) g order by g.object collate "C", g.grantee collate "C"`,
  },
]

const HEAD = `-- The schema after all migrations: made by \`node scripts/dump-schema.ts\`, compared with the migrations by a test. To be read, not to be run.`

/** The whole schema as text; the asker must see every object, as the owner does. */
export async function schemaText(ask: Ask): Promise<string> {
  const pages: string[] = [HEAD]
  for (const { title, query } of parts) {
    const rows = await ask(query)
    if (rows.length > 0) pages.push(`-- ${title}`, ...rows.map((row) => String(row.text).trimEnd()))
  }
  return `${pages.join('\n\n')}\n`
}
