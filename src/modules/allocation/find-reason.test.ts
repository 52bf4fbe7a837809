// The reason why nothing was sent, and what kept each rule from an answer, name what really stood in the way.
import { expect, test } from 'vitest'
import { decideAll } from './decide-all.ts'
import { reasonOf } from './find-reason.ts'
import { FreeStock } from './free-stock.ts'
import { guidancesOf, nowhere } from './guidance.ts'
import { groundOf, withStop } from './prepare-ground.ts'
import { at, byRules, demandOf, facts, SITES } from './rules.arbitrary.ts'

interface Case {
  /** Units of the article by site, from the first. */
  readonly stock: readonly number[]
  readonly wanted?: number
  readonly may_part?: boolean
  readonly excluded?: readonly string[]
  /** Sites that a disruption has closed. */
  readonly shut?: readonly string[]
  readonly rules?: readonly object[]
}

// What is said of an order of one article, and of the rules that came before the last.
function said({ stock, wanted = 10, may_part = false, excluded = [], shut = [], rules = [{}] }: Case) {
  const ground = withStop(groundOf(facts, 'CNY'), new Set(shut), { version_id: 'flood', from: at, until: null })
  const free = new FreeStock()
  SITES.forEach((site, index) => {
    free.add(site, 'red', stock[index] ?? 0)
  })
  const wish = { lines: [{ sku: 'red', quantity: wanted }], priority: 0, may_part, excluded: [] }
  const demand = { ...demandOf(wish, 0), excluded: new Set(excluded.map((site) => `1 ${site}`)) }
  const guidances = guidancesOf(
    rules.map((rule, index) => ({ rule: `r${index}`, ...rule })),
    nowhere,
  )
  const [decision] = decideAll(ground, byRules(guidances, [demand]), free, at)
  if (decision === undefined) throw new Error('not decided')
  return { reason: reasonOf(ground, decision), tried: decision.tried.map(({ because }) => because) }
}

test.each<[string, Case, string]>([
  ['all locations together have too little of what must leave whole', { stock: [4, 3] }, 'no_stock'],
  [
    'too little even without the rule, which names one of them',
    { stock: [4, 3], rules: [{ locations: ['A'] }] },
    'no_stock',
  ],
  ['nothing anywhere, under a rule', { stock: [], rules: [{ locations: ['A'] }], may_part: true }, 'no_stock'],
  ['a part may leave, the rule keeps it', { stock: [4], rules: [{ partial: false }], may_part: true }, 'rules'],
  ['enough where the rule does not send from', { stock: [4, 10], rules: [{ locations: ['A'] }] }, 'rules'],
  ['enough, in more parts than the rule allows', { stock: [5, 5], rules: [{ max_parts: 1 }] }, 'rules'],
  ['enough but for the safety stock of the rule', { stock: [12], rules: [{ safety_stock: 5 }] }, 'rules'],
  ['refused by all that have it', { stock: [10], excluded: ['A'] }, 'refused'],
  ['refused by one, closed where it is besides', { stock: [10, 10], excluded: ['A'], shut: ['B'] }, 'disrupted'],
  ['refused by one, nothing where it is closed', { stock: [10], excluded: ['A'], shut: ['B'] }, 'refused'],
  ['too little where it is open, enough with what is closed', { stock: [4, 6], shut: ['B'] }, 'disrupted'],
  ['too little with what is closed', { stock: [4, 3], shut: ['B'] }, 'no_stock'],
])('the reason is what stands in the way: %s', (_, asked, reason) => {
  expect(said(asked).reason).toBe(reason)
})

test.each<[string, Case, string]>([
  ['its own location has nothing', { stock: [0, 10], rules: [{ locations: ['A'] }] }, 'no_stock'],
  ['its own location has too little', { stock: [4, 10], rules: [{ locations: ['A'] }] }, 'no_stock'],
  ['its own location is closed', { stock: [10, 10, 10], rules: [{ locations: ['A'] }], shut: ['A'] }, 'disrupted'],
  [
    'another one is closed',
    { stock: [0, 10, 10], rules: [{ groups: ['east'], radius_km: 1 }], shut: ['C'] },
    'no_stock',
  ],
  ['it names none that there is', { stock: [10, 10], rules: [{ locations: ['Z'] }] }, 'rule_location'],
  ['enough in more parts than it allows', { stock: [5, 5], rules: [{ max_parts: 1 }] }, 'split'],
  ['too little for any number of parts', { stock: [4, 5], rules: [{ max_parts: 1 }] }, 'no_stock'],
  ['its safety stock is what is missing', { stock: [12], rules: [{ safety_stock: 5 }] }, 'rule_safety'],
])('of a rule that found no way it is told what kept its own locations: %s', (_, asked, because) => {
  const [rule = {}] = asked.rules ?? []
  expect(said({ ...asked, rules: [rule, { partial: false }] }).tried[0]).toBe(because)
})
