// All SQL of drafts, test cases, versions and activations of rules.
import type { Tx } from '../../platform/db.ts'

export interface DraftRow {
  readonly draft_id: string
  readonly kind: string
  readonly name: string
  readonly document: unknown
  readonly based_on: string
  readonly revision: number
  readonly state: string
  readonly created_by: string
  readonly created_at: Date
  readonly changed_by: string
  readonly changed_at: Date
}

/** The open drafts of a kind, newest first. */
export async function openDrafts(tx: Tx, kind: string, limit: number): Promise<DraftRow[]> {
  return tx.sql<DraftRow[]>`
    select draft_id, kind, name, document, based_on, revision, state, created_by, created_at, changed_by, changed_at from policies.draft
     where tenant_id = ${tx.tenant} and kind = ${kind} and state = 'open' order by draft_id desc limit ${limit}::int`
}

export async function lockDraft(tx: Tx, draft_id: string): Promise<DraftRow | undefined> {
  const rows = await tx.sql<DraftRow[]>`
    select draft_id, kind, name, document, based_on, revision, state, created_by, created_at, changed_by, changed_at from policies.draft
     where tenant_id = ${tx.tenant} and draft_id = ${draft_id} for update`
  return rows[0]
}

export interface NewDraft {
  readonly draft_id: string
  readonly kind: string
  readonly name: string
  readonly document: unknown
  readonly based_on: string
}

export async function insertDraft(tx: Tx, draft: NewDraft): Promise<void> {
  await tx.sql`
    insert into policies.draft (tenant_id, draft_id, kind, name, document, based_on, created_by, created_at, changed_by, changed_at)
    values (${tx.tenant}, ${draft.draft_id}, ${draft.kind}, ${draft.name}, ${JSON.stringify(draft.document)}::text::jsonb, ${draft.based_on},
            ${tx.actor}, ${tx.now}, ${tx.actor}, ${tx.now})`
}

export async function rewriteDraft(tx: Tx, draft_id: string, name: string, document: unknown): Promise<void> {
  await tx.sql`
    update policies.draft set name = ${name}, document = ${JSON.stringify(document)}::text::jsonb, revision = revision + 1, changed_by = ${tx.actor}, changed_at = ${tx.now}
     where tenant_id = ${tx.tenant} and draft_id = ${draft_id}`
}

export async function closeDraft(tx: Tx, draft_id: string, state: 'activated' | 'discarded'): Promise<void> {
  await tx.sql`
    update policies.draft set state = ${state}, changed_by = ${tx.actor}, changed_at = ${tx.now}
     where tenant_id = ${tx.tenant} and draft_id = ${draft_id} and state = 'open'`
}

export interface TestRow {
  readonly case_id: string
  readonly name: string
  readonly input: unknown
  readonly expected: string[]
}

export async function testsOf(tx: Tx, kind: string, limit: number): Promise<TestRow[]> {
  return tx.sql<TestRow[]>`
    select case_id, name, input, expected from policies.test_case
     where tenant_id = ${tx.tenant} and kind = ${kind} order by case_id limit ${limit}::int`
}

export interface NewTest {
  readonly case_id: string
  readonly kind: string
  readonly name: string
  readonly input: object
  readonly expected: readonly string[]
}

export async function insertTest(tx: Tx, test: NewTest): Promise<void> {
  await tx.sql`
    insert into policies.test_case (tenant_id, case_id, kind, name, input, expected, changed_by, changed_at)
    values (${tx.tenant}, ${test.case_id}, ${test.kind}, ${test.name}, ${JSON.stringify(test.input)}::text::jsonb, ${[...test.expected]}::text[], ${tx.actor}, ${tx.now})`
}

/** Rewrites a test case; false where there is none of this kind. */
export async function rewriteTest(tx: Tx, test: NewTest): Promise<boolean> {
  const rows = await tx.sql<{ case_id: string }[]>`
    update policies.test_case set name = ${test.name}, input = ${JSON.stringify(test.input)}::text::jsonb, expected = ${[...test.expected]}::text[],
           changed_by = ${tx.actor}, changed_at = ${tx.now}
     where tenant_id = ${tx.tenant} and kind = ${test.kind} and case_id = ${test.case_id} returning case_id`
  return rows.length > 0
}

export async function deleteTest(tx: Tx, kind: string, case_id: string): Promise<boolean> {
  const rows = await tx.sql<{ case_id: string }[]>`
    delete from policies.test_case where tenant_id = ${tx.tenant} and kind = ${kind} and case_id = ${case_id} returning case_id`
  return rows.length > 0
}

/** The document of a version of a kind, as it was set. */
export async function documentOfVersion(tx: Tx, kind: string, version_id: string): Promise<{ value: unknown }[]> {
  return tx.sql<{ value: unknown }[]>`
    select value from platform.fact
     where tenant_id = ${tx.tenant} and kind = 'rules' and key = ${kind} and version_id::text = ${version_id} and value is not null`
}

/** Keeps everybody else from switching rules until the end of the transaction. */
export async function lockRules(tx: Tx): Promise<void> {
  await tx.sql`
    insert into platform.fact_head as head (tenant_id, kind, version) values (${tx.tenant}, 'rules', 0)
    on conflict (tenant_id, kind) do update set version = head.version`
}

export interface ActivationRow {
  readonly activation_id: string
  readonly version_id: string
  readonly replaced: string
  readonly restores: string | null
  readonly draft_id: string | null
  readonly draft_name: string | null
  readonly reason: string
  readonly tests_passed: number
  readonly tests_failed: number
  readonly activated_by: string
  readonly activated_at: Date
}

export type NewActivation = Omit<ActivationRow, 'draft_name' | 'activated_by' | 'activated_at'> & {
  readonly kind: string
}

export async function insertActivation(tx: Tx, row: NewActivation): Promise<void> {
  await tx.sql`
    insert into policies.activation (tenant_id, activation_id, kind, version_id, replaced, restores, draft_id, reason, tests_passed, tests_failed, activated_by, activated_at)
    values (${tx.tenant}, ${row.activation_id}, ${row.kind}, ${row.version_id}, ${row.replaced}, ${row.restores}, ${row.draft_id}, ${row.reason},
            ${row.tests_passed}, ${row.tests_failed}, ${tx.actor}, ${tx.now})`
}

/** What went live, newest first. */
export async function activationsOf(tx: Tx, kind: string, limit: number): Promise<ActivationRow[]> {
  return tx.sql<ActivationRow[]>`
    select a.activation_id, a.version_id, a.replaced, a.restores, a.draft_id, d.name as draft_name, a.reason, a.tests_passed, a.tests_failed,
           a.activated_by, a.activated_at
      from policies.activation a left join policies.draft d on d.tenant_id = ${tx.tenant} and d.draft_id = a.draft_id
     where a.tenant_id = ${tx.tenant} and a.kind = ${kind} order by a.activation_id desc limit ${limit}::int`
}

/** What has been in force of a kind, the newest first, with what it brought back; the value is null where the shipped rules were. */
export async function rulesInForce(
  tx: Tx,
  kind: string,
  limit: number,
): Promise<{ version_id: string; value: unknown; restores: string | null }[]> {
  return tx.sql<{ version_id: string; value: unknown; restores: string | null }[]>`
    select f.version_id, f.value, a.restores
      from (select version_id, value, valid_from from platform.fact
             where tenant_id = ${tx.tenant} and kind = 'rules' and key = ${kind} and valid_from <= ${tx.now} order by valid_from desc, version_id desc limit ${limit}::int) f
      left join policies.activation a on a.tenant_id = ${tx.tenant} and a.kind = ${kind} and a.version_id = f.version_id::text
     order by f.valid_from desc, f.version_id desc`
}

export async function baseCurrencyOf(tx: Tx): Promise<string> {
  const rows = await tx.sql<{ base_currency: string }[]>`
    select base_currency from platform.tenant where tenant_id = ${tx.tenant}`
  return rows[0]?.base_currency ?? 'CNY'
}
