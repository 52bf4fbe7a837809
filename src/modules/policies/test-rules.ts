// Test cases: what must come out for an order; rules are proved by all of their kind.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { RuleTestRun } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import { policyProblem } from './problems.ts'
import type { RuleKind } from './rule-kind.ts'
import { deleteTest, insertTest, rewriteTest, type TestRow, testsOf } from './store.ts'

export const TESTS_AT_MOST = 200
const Input = Compile(Type.Record(Type.String(), Type.Unknown()))

export interface WrittenTest {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expected: readonly string[]
}

/** Adds a test case; answers its id. */
export async function addTest(tx: Tx, kind: RuleKind, written: WrittenTest): Promise<string> {
  if ((await testsOf(tx, kind.kind, TESTS_AT_MOST)).length >= TESTS_AT_MOST) throw policyProblem('rule_tests_full')
  const case_id = tx.newId()
  await insertTest(tx, { case_id, kind: kind.kind, ...written })
  return case_id
}

export async function changeTest(tx: Tx, kind: RuleKind, case_id: string, written: WrittenTest): Promise<void> {
  if (!(await rewriteTest(tx, { case_id, kind: kind.kind, ...written })))
    throw policyProblem('rule_test_unknown', { case_id })
}

export async function removeTest(tx: Tx, kind: RuleKind, case_id: string): Promise<void> {
  if (!(await deleteTest(tx, kind.kind, case_id))) throw policyProblem('rule_test_unknown', { case_id })
}

/** A test case with its input as an object. */
export function inputOf({ input }: TestRow): Record<string, unknown> {
  return Input.Check(input) ? input : {}
}

/** Runs every test case of the kind against a document. */
export async function runTests(tx: Tx, kind: RuleKind, document: unknown): Promise<RuleTestRun> {
  const tests = await testsOf(tx, kind.kind, TESTS_AT_MOST)
  const answers = tests.length === 0 ? [] : await kind.evaluate(document, tests.map(inputOf))
  const results = tests.map(({ case_id, name, expected }, index) => {
    const got = [...(answers[index] ?? [])].slice(0, 20)
    return { case_id, name, expected, got, passed: kind.agrees(expected, got) }
  })
  const passed = results.filter((result) => result.passed).length
  return { passed, failed: results.length - passed, results }
}

/** Runs every test case; throws rule_tests_red where one fails and nobody takes it on himself. */
export async function proveRules(
  tx: Tx,
  kind: RuleKind,
  document: unknown,
  despite_tests: boolean | undefined,
): Promise<RuleTestRun> {
  const tests = await runTests(tx, kind, document)
  if (tests.failed === 0 || despite_tests === true) return tests
  throw policyProblem(
    'rule_tests_red',
    { failed: tests.failed },
    tests.results
      .filter((result) => !result.passed)
      .slice(0, 20)
      .map(({ case_id, name, expected, got }) => ({
        code: 'rule_test_red',
        pointer: case_id,
        detail: name,
        expected,
        got,
      })),
  )
}
