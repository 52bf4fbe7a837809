// A rule as a sentence: when it takes an order, and what it does then, in the words of its vocabulary.
import type { RuleField, RulePolicy } from '../../../src/contracts/policies.ts'
import { useSession } from '../frame/session.tsx'
import { type Text, useText } from '../text.ts'
import { isNumeric, type Row, readAnswer, readCondition } from './table.ts'
import { readZones } from './zone-entries.ts'

const QUIET = ['rule', 'name_en', 'name_zh', 'en', 'zh']

/** What is said of a row: `when` it takes an order, what it `asks`. */
export interface Said {
  readonly when: readonly string[]
  readonly asks: readonly string[]
}

export function useSay(policy: Pick<RulePolicy, 'inputs' | 'outputs'>): (row: Row) => Said {
  const text = useText()
  const { merchant } = useSession()
  return (row) => ({
    when: policy.inputs.flatMap((field) => conditionSaid(text, merchant.base_currency, field, row[field.field] ?? '')),
    asks: policy.outputs
      .filter(({ field }) => !QUIET.includes(field))
      .flatMap((field) => answerSaid(text, merchant.base_currency, field, row[field.field] ?? '', policy.inputs)),
  })
}

function amountSaid({ format }: Text, currency: string, { type }: RuleField, value: number): string {
  if (type === 'money') return format.money(value, currency)
  if (type === 'weight') return `${format.number(value)} g`
  if (type === 'percent') return `${format.number(value)} %`
  return format.number(value)
}

function namesSaid(text: Text, field: RuleField, values: readonly string[], join: 'list' | 'either' = 'list'): string {
  const named = values.map((value) => {
    const known = field.choices.find((choice) => choice.value === value)
    return known === undefined ? value : text.either(known.label.en, known.label.zh)
  })
  return text.format[join](named)
}

function conditionSaid(text: Text, currency: string, field: RuleField, cell: string): string[] {
  const { t, either } = text
  const what = either(field.label.en, field.label.zh)
  const condition = readCondition(field.type, cell)
  switch (condition.is) {
    case 'any':
      return []
    case 'raw':
      return [t('rules.said_raw', { what, text: condition.text })]
    case 'flag':
      return [t(condition.value ? 'rules.said_yes' : 'rules.said_no', { what })]
    case 'one_of':
      return [t('rules.said_is', { what, values: namesSaid(text, field, condition.values, 'either') })]
    case 'begins':
      return [t('rules.said_begins', { what, values: text.format.either(condition.values) })]
    case 'between': {
      const { least, most } = condition
      const say = (value: number | null) => (value === null ? '' : amountSaid(text, currency, field, value))
      if (least !== null && most !== null)
        return [
          least === most
            ? t('rules.said_is', { what, values: say(least) })
            : t('rules.said_between', { what, least: say(least), most: say(most) }),
        ]
      return [t(least === null ? 'rules.said_most' : 'rules.said_least', { what, value: say(least ?? most) })]
    }
  }
}

function answerSaid(
  text: Text,
  currency: string,
  field: RuleField,
  cell: string,
  places: readonly RuleField[],
): string[] {
  const { t, either } = text
  const what = either(field.label.en, field.label.zh)
  const answer = readAnswer(cell)
  if (answer.is === 'nothing') return []
  if (answer.is === 'raw') return [t('rules.said_raw', { what, text: answer.text })]
  const { value } = answer
  if (field.type === 'zones') return zonesSaid(text, field, places, value)
  if (typeof value === 'boolean') return [t(value ? 'rules.said_yes' : 'rules.said_no', { what })]
  if (typeof value === 'number')
    return [
      t('rules.said_value', {
        what,
        value: isNumeric(field.type) ? amountSaid(text, currency, field, value) : String(value),
      }),
    ]
  if (typeof value === 'string') return [t('rules.said_value', { what, value: namesSaid(text, field, [value]) })]
  if (Array.isArray(value)) return [t('rules.said_value', { what, value: namesSaid(text, field, value.map(String)) })]
  return []
}

// Each place in the words of the field by which it is named.
function zonesSaid(text: Text, field: RuleField, places: readonly RuleField[], value: unknown): string[] {
  const { t, either, format } = text
  const zones = readZones(value).map(({ by, of, prefer }) => {
    const named = places.find((place) => place.field === by)
    const kind = named === undefined ? by : either(named.label.en, named.label.zh)
    const said = named === undefined ? format.either(of) : namesSaid(text, named, of, 'either')
    return t('rules.said_zone', { kind, places: said, names: namesSaid(text, field, prefer) })
  })
  const what = either(field.label.en, field.label.zh)
  return zones.length === 0 ? [] : [t('rules.said_value', { what, value: format.list(zones) })]
}
