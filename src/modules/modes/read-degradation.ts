// The degradations in force as decisions read them among the facts: which values have failed, since when, and which.
import { Compile } from 'typebox/compile'
import { DegradationFact, type DegradedKind, degradedKinds } from '../../contracts/modes.ts'
import type { Fact } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'

export interface Degradation extends DegradationFact {
  readonly kind: DegradedKind
}

const entriesIn = factReader('degradation', Compile(DegradationFact), (_fact, value) => value)

/** What is decided with last good values now, by kind. */
export function degradationsIn(facts: ReadonlyMap<string, readonly Fact[]>): ReadonlyMap<DegradedKind, Degradation> {
  const entries = entriesIn(facts)
  return new Map(
    degradedKinds.flatMap((kind): [DegradedKind, Degradation][] => {
      const value = entries.get(kind)
      return value === undefined ? [] : [[kind, { ...value, kind }]]
    }),
  )
}
