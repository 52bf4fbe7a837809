// Reading facts as what they mean: each list is checked and converted once, and again only when one of its facts changes.
import type { Static, TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import type { Fact } from './facts.ts'

/**
 * Makes a reader of the facts of `kind` among facts that were read together: an entry for each key. `currentFacts` answers the same
 * list until a fact changes, so what was made of a list stays right as long as the list lives. Throws where a fact does not fit its schema.
 */
export function factReader<Schema extends TSchema, Entry>(
  kind: string,
  validator: Validator<Record<never, never>, Schema>,
  entry: (fact: Fact, value: Static<Schema>) => Entry,
): (facts: ReadonlyMap<string, readonly Fact[]>) => ReadonlyMap<string, Entry> {
  const known = new WeakMap<readonly Fact[], ReadonlyMap<string, Entry>>()
  return (facts) => {
    const list = facts.get(kind) ?? []
    const before = known.get(list)
    if (before !== undefined) return before
    const entries = new Map<string, Entry>()
    for (const fact of list) {
      if (!validator.Check(fact.value)) throw new Error(`the fact ${kind} ${fact.key} does not fit its schema`)
      entries.set(fact.key, entry(fact, fact.value))
    }
    known.set(list, entries)
    return entries
  }
}
