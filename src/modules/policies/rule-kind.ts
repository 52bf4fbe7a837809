// What a module that decides by rules tells about them: the words of its tables, how a case is answered, how recent orders are rehearsed.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { RuleField, RuleOutcome } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import type { RulesFinding } from '../../platform/rules.ts'
import type { RuleColumns } from './complete-document.ts'

/** Rules and the version they are; `document` is a JDM document. */
export interface VersionedRules {
  readonly version_id: string
  readonly document: unknown
}

/** One real order under the live rules and under others, on the same ground. */
export interface Rehearsed {
  readonly order_id: string
  readonly number: string
  readonly live: RuleOutcome
  /** null: the draft failed on it. */
  readonly draft: RuleOutcome | null
}

export interface Rehearsal {
  readonly rows: readonly Rehearsed[]
  /** Orders of which everything has been cancelled: there is nothing to decide. */
  readonly cancelled: number
  /** Kinds of values that have failed: both sides stand on the last good ones. */
  readonly degraded: readonly DegradedKind[]
}

export interface RuleKind {
  readonly kind: string
  readonly title: { readonly en: string; readonly zh: string }
  /** In force until somebody sets others. */
  readonly shipped: VersionedRules
  /** What earlier programs called them, where they did the same. */
  readonly shipped_before?: readonly string[]
  readonly columns: RuleColumns
  /** The columns with the choices that the tenant has now. */
  vocabulary(tx: Tx): Promise<{ inputs: RuleField[]; outputs: RuleField[] }>
  /** What cannot be followed in a document that can be read. */
  check(document: unknown): Promise<RulesFinding[]>
  /** What comes out for cases as test cases write them: ids of rules or codes, in their order. */
  evaluate(document: unknown, inputs: readonly object[]): Promise<readonly (readonly string[])[]>
  /** Whether what came out is what a test case expects. */
  agrees(expected: readonly string[], got: readonly string[]): boolean
  /** The numbers of orders, for people. */
  numbersOf(tx: Tx, order_ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The newest `orders` real orders under both; nothing is written. */
  rehearse(tx: Tx, live: VersionedRules, draft: VersionedRules, orders: number): Promise<Rehearsal>
}
