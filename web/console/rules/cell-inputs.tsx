// The inputs of a cell by its type: words from a list, from and to, yes or no; an expression stays a text.
import { Input, InputNumber, Segmented, Select } from 'antd'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { useSession } from '../frame/session.tsx'
import { useText } from '../text.ts'
import { type Answer, type Condition, isClosed, isNumeric, textsIn } from './table.ts'
import { WordSelect } from './word-select.tsx'
import { Zones } from './zones.tsx'

interface ConditionProps {
  readonly field: RuleField
  readonly condition: Condition
  readonly onChange: (condition: Condition) => void
}

export function ConditionInput({ field, condition, onChange }: ConditionProps) {
  const { t, either } = useText()
  const what = either(field.label.en, field.label.zh)
  if (field.type === 'flag')
    return (
      <YesNo
        value={condition.is === 'flag' ? condition.value : null}
        neither={t('rules.any')}
        onChange={(value) => onChange(value === null ? { is: 'any' } : { is: 'flag', value })}
      />
    )
  if (isNumeric(field.type)) {
    const { least, most } = condition.is === 'between' ? condition : { least: null, most: null }
    const put = (bounds: { least: number | null; most: number | null }) =>
      onChange(bounds.least === null && bounds.most === null ? { is: 'any' } : { is: 'between', ...bounds })
    return (
      <div className="row">
        <Amount
          field={field}
          name={`${what}, ${t('rules.from')}`}
          value={least}
          placeholder={t('rules.from')}
          onChange={(value) => put({ least: value, most })}
        />
        <Amount
          field={field}
          name={`${what}, ${t('rules.to')}`}
          value={most}
          placeholder={t('rules.to')}
          onChange={(value) => put({ least, most: value })}
        />
      </div>
    )
  }
  const is = field.type === 'prefix' ? 'begins' : 'one_of'
  return (
    <>
      <Words
        field={field}
        values={'values' in condition ? condition.values : []}
        placeholder={t('rules.any')}
        onChange={(values) => onChange(values.length === 0 ? { is: 'any' } : { is, values })}
      />
      {condition.is === 'one_of' && is === 'begins' && <span className="quiet small">{t('rules.whole_note')}</span>}
    </>
  )
}

// Their hint says what they are where they are empty.
const SAYS_EMPTY: readonly string[] = ['bonus', 'late_per_day', 'wait_minutes', 'cancel_hours']

interface AnswerProps {
  readonly field: RuleField
  readonly answer: Answer
  /** What places may be named by. */
  readonly places: readonly RuleField[]
  readonly onChange: (value: unknown) => void
}

export function AnswerInput({ field, answer, places, onChange }: AnswerProps) {
  const { t, either } = useText()
  const by = `rule-field-${field.field}`
  if (answer.is === 'raw') return <Input className="mono" aria-labelledby={by} value={answer.text} disabled />
  const value = answer.is === 'value' ? answer.value : null
  if (field.type === 'flag')
    return <YesNo value={typeof value === 'boolean' ? value : null} neither={t('rules.usual')} onChange={onChange} />
  if (isNumeric(field.type))
    return (
      <Amount
        field={field}
        by={by}
        value={typeof value === 'number' ? value : null}
        placeholder={SAYS_EMPTY.includes(field.field) ? '' : t('rules.usual')}
        onChange={onChange}
      />
    )
  if (field.type === 'list')
    return <Words field={field} values={textsIn(value)} placeholder={t('rules.any')} onChange={onChange} />
  if (field.type === 'zones') return <Zones field={field} value={value} places={places} onChange={onChange} />
  if (field.type === 'choice')
    return (
      <Select
        allowClear
        aria-labelledby={by}
        placeholder={t('rules.usual')}
        value={typeof value === 'string' ? value : null}
        options={field.choices.map((choice) => ({
          value: choice.value,
          label: either(choice.label.en, choice.label.zh),
        }))}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? null)}
      />
    )
  return (
    <Input
      aria-labelledby={by}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function YesNo({
  value,
  neither,
  onChange,
}: {
  value: boolean | null
  neither: string
  onChange: (value: boolean | null) => void
}) {
  const { t } = useText()
  const shown = value === null ? 'neither' : value ? 'yes' : 'no'
  return (
    <Segmented
      value={shown}
      options={[
        { value: 'neither', label: neither },
        { value: 'yes', label: t('rules.yes') },
        { value: 'no', label: t('rules.no') },
      ]}
      onChange={(chosen) => onChange(chosen === 'neither' ? null : chosen === 'yes')}
    />
  )
}

interface AmountProps {
  readonly field: RuleField
  /** The id of its name, or its name. */
  readonly by?: string
  readonly name?: string
  readonly value: number | null
  readonly placeholder: string
  readonly onChange: (value: number | null) => void
}

// What is less cannot be followed; of the others nothing is less than 0.
const LEAST: Readonly<Record<string, number>> = { max_parts: 1, wait_minutes: 1, cancel_hours: 1 }

/** A number; money is shown in whole units of the base currency and kept in minor ones. */
export function Amount({ field, by, name, value, placeholder, onChange }: AmountProps) {
  const { merchant } = useSession()
  const currency = new Intl.NumberFormat('en', { style: 'currency', currency: merchant.base_currency })
  const digits = field.type === 'money' ? (currency.resolvedOptions().maximumFractionDigits ?? 2) : 0
  const scale = 10 ** digits
  const unit = { money: merchant.base_currency, weight: 'g', percent: '%' }
  return (
    <InputNumber
      className="grow"
      aria-labelledby={by}
      aria-label={name}
      value={value === null ? null : value / scale}
      precision={digits}
      min={LEAST[field.field] ?? 0}
      placeholder={placeholder}
      suffix={
        field.type === 'money' || field.type === 'weight' || field.type === 'percent' ? unit[field.type] : undefined
      }
      onChange={(shown) => onChange(typeof shown === 'number' ? Math.round(shown * scale) : null)}
    />
  )
}

interface WordsProps {
  readonly field: RuleField
  readonly values: readonly string[]
  readonly placeholder: string
  readonly onChange: (values: string[]) => void
}

function Words({ field, values, placeholder, onChange }: WordsProps) {
  const { t } = useText()
  const isOpen = !isClosed(field)
  return (
    <>
      <WordSelect
        by={`rule-field-${field.field}`}
        choices={field.choices}
        isOpen={isOpen}
        values={values}
        placeholder={placeholder}
        onChange={onChange}
      />
      {isOpen && field.type !== 'prefix' && <span className="quiet small">{t('rules.words_note')}</span>}
    </>
  )
}
