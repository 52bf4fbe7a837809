// All rules of the house that look at one file at a time.
import type { Rule } from './rule.ts'
import { docstrings } from './rules/docstrings.ts'
import { exact } from './rules/exact.ts'
import { limits } from './rules/limits.ts'
import { names } from './rules/names.ts'
import { size } from './rules/size.ts'
import { sql } from './rules/sql.ts'
import { tests } from './rules/tests.ts'
import { words } from './rules/words.ts'

export const rules: readonly Rule[] = [
  ...size,
  ...names,
  ...exact,
  ...limits,
  ...sql,
  ...docstrings,
  ...tests,
  ...words,
]
