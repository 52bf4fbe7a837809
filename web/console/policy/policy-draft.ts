// The allocation policy while it is edited: every value with its default and bounds, what is wrong, what differs, and what is sent; pure.
import type { AllocationPolicy, AllocationPolicyRead } from '../../../src/contracts/allocation.ts'
import { policyDefaults, urgentLevels } from '../../../src/contracts/policy-defaults.ts'

const MONEY = { unit: 'money', least: 0, most: 1_000_000_000 } as const
const GRAMS = { unit: 'grams', least: 0, most: 100_000 } as const

/** Amounts in minor units of the base currency. */
export const groups = [
  {
    name: 'policy.prices',
    fields: [
      { name: 'split_penalty_minor', ...MONEY },
      { name: 'late_per_day_minor', ...MONEY },
      { name: 'load_price_minor', ...MONEY },
      { name: 'depletion_price_minor', ...MONEY },
    ],
  },
  {
    name: 'policy.carbon',
    fields: [
      { name: 'carbon_price_minor', ...MONEY },
      { name: 'carbon_tonne_km_grams', ...GRAMS },
      { name: 'carbon_parcel_km_grams', ...GRAMS },
    ],
  },
  {
    name: 'policy.bounds',
    fields: [
      { name: 'max_parts', unit: 'count', least: 1, most: 20 },
      { name: 'attempts_at_most', unit: 'count', least: 1, most: 50 },
    ],
  },
] as const
export const lists = ['urgent_levels', 'keep_apart'] as const

export type Field = (typeof groups)[number]['fields'][number]
export type NumberName = Field['name']
export type ListName = (typeof lists)[number]
type Numbers = Readonly<Record<NumberName, number | null>>
type Lists = Readonly<Record<ListName, readonly string[]>>
export type Values = Numbers & Lists
/** What a person has entered; null where a field was emptied. */
export type Edits = Partial<Values>

const fields: readonly Field[] = groups.flatMap((group) => [...group.fields])
export const fieldOf = (name: NumberName): Field | undefined => fields.find((field) => field.name === name)

export const listDefaults: Lists = { urgent_levels: urgentLevels, keep_apart: [] }

/** Every value as it holds: what is set, and the default where nothing is. */
export function valuesOf(policy: AllocationPolicy): Values {
  const { urgent_levels, keep_apart } = policy
  return {
    ...policyDefaults,
    ...policy,
    urgent_levels: urgent_levels ?? listDefaults.urgent_levels,
    keep_apart: keep_apart?.map((pair) => pair.join(' + ')) ?? listDefaults.keep_apart,
  }
}

/** The fields in which two sets of values differ, in the order in which they are shown. */
export function differences(before: Values, after: Values): readonly (NumberName | ListName)[] {
  const names = [...fields.map(({ name }) => name), ...lists]
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

export type Fault = 'empty' | 'range' | 'pair' | 'levels'

/** What is wrong with a value; null where nothing is. */
export function faultOf(name: NumberName | ListName, values: Values): Fault | null {
  if (name === 'keep_apart')
    return wrongPairs(values.keep_apart).length > 0 || values.keep_apart.length > 50 ? 'pair' : null
  if (name === 'urgent_levels')
    return values.urgent_levels.length > 20 || values.urgent_levels.some((level) => level.length > 64) ? 'levels' : null
  const [value, field] = [values[name], fieldOf(name)]
  if (value === null || field === undefined) return 'empty'
  return value < field.least || value > field.most ? 'range' : null
}

/** What is no pair of two different classes. */
export function wrongPairs(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => pairOf(text) === null)
}

function pairOf(text: string): [string, string] | null {
  const [one = '', other = '', ...more] = text.split('+').map((name) => name.trim())
  const isPair = one !== '' && other !== '' && one !== other && more.length === 0
  return isPair && one.length <= 64 && other.length <= 64 ? [one, other] : null
}

/** What PUT /allocation/policy takes: the policy as it was read, with what is entered in place of what it had. */
export function bodyOf({ revision: _revision, ...policy }: AllocationPolicyRead, edits: Edits): AllocationPolicy {
  const before = valuesOf(policy)
  const { keep_apart, urgent_levels, ...numbers } = edits
  const after: Values = { ...before, ...edits }
  const changed = new Set<string>(differences(before, after))
  const entered = Object.entries(numbers).filter(([name, value]) => value !== null && changed.has(name))
  return {
    ...policy,
    ...Object.fromEntries(entered),
    ...(urgent_levels !== undefined && changed.has('urgent_levels') ? { urgent_levels: [...urgent_levels] } : {}),
    ...(keep_apart !== undefined && changed.has('keep_apart')
      ? { keep_apart: keep_apart.map(pairOf).filter((pair) => pair !== null) }
      : {}),
  }
}
