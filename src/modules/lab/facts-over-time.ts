// The facts of each time of a replay, read anew only where one of them changed; rules are always those of the time.
import type { Tx } from '../../platform/db.ts'
import { type Fact, factsAsOf, nextFactChange } from '../../platform/facts.ts'
import { groundKinds } from '../allocation/index.ts'

type Facts = ReadonlyMap<string, readonly Fact[]>
const RULES = ['rules'] as const

export class FactsOverTime {
  /** Kinds that stand as they were at one instant, whatever the time of the replay; null: all follow the time. */
  private readonly fixed: Date | null
  private facts: Facts = new Map()
  private reached: Date | null = null
  private changes_at: Date | null = null
  constructor(fixed: Date | null) {
    this.fixed = fixed
  }

  /** The facts at `at`, which never goes back; the same map while nothing has changed. */
  async at(tx: Tx, at: Date): Promise<Facts> {
    if (this.reached === null) {
      const facts = new Map<string, readonly Fact[]>()
      for (const kind of groundKinds)
        facts.set(kind, await factsAsOf(tx, kind, kind === 'rules' ? at : (this.fixed ?? at)))
      this.facts = facts
    } else if (this.changes_at !== null && this.changes_at <= at) {
      const facts = new Map(this.facts)
      for (const kind of this.kinds()) {
        const change = await nextFactChange(tx, [kind], this.reached)
        if (change !== null && change <= at) facts.set(kind, await factsAsOf(tx, kind, at))
      }
      this.facts = facts
    } else return this.facts
    this.reached = at
    this.changes_at = await nextFactChange(tx, this.kinds(), at)
    return this.facts
  }

  private kinds(): readonly string[] {
    return this.fixed === null ? groundKinds : RULES
  }
}
