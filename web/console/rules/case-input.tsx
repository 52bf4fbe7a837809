// One field of the order of a test case.
import { AutoComplete, Input, Segmented, Select } from 'antd'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { useText } from '../text.ts'
import { Amount } from './cell-inputs.tsx'
import { isClosed, isNumeric, textsIn } from './table.ts'

interface CaseInputProps {
  readonly field: RuleField
  readonly value: unknown
  /** undefined: the neutral value. */
  readonly onChange: (value: unknown) => void
}

export function CaseInput({ field, value, onChange }: CaseInputProps) {
  const { t, either } = useText()
  const by = `rule-case-${field.field}`
  const options = field.choices.map((choice) => ({
    value: choice.value,
    label: either(choice.label.en, choice.label.zh),
  }))
  if (field.type === 'flag')
    return (
      <Segmented
        value={value === true ? 'yes' : 'no'}
        options={[
          { value: 'no', label: t('rules.no') },
          { value: 'yes', label: t('rules.yes') },
        ]}
        onChange={(chosen) => onChange(chosen === 'yes' ? true : undefined)}
      />
    )
  if (isNumeric(field.type))
    return (
      <Amount
        field={field}
        by={by}
        value={typeof value === 'number' ? value : null}
        placeholder=""
        onChange={(shown) => onChange(shown ?? undefined)}
      />
    )
  if (field.type === 'list')
    return (
      <Select
        mode="tags"
        aria-labelledby={by}
        value={textsIn(value)}
        options={options}
        onChange={(chosen: string[]) => onChange(chosen.length === 0 ? undefined : chosen)}
      />
    )
  if (options.length > 0 && !isClosed(field))
    return (
      <AutoComplete
        allowClear
        aria-labelledby={by}
        value={typeof value === 'string' ? value : ''}
        options={options}
        onChange={(typed: string | undefined) => onChange(typed === undefined || typed === '' ? undefined : typed)}
      />
    )
  if (options.length > 0)
    return (
      <Select
        allowClear
        showSearch
        aria-labelledby={by}
        value={typeof value === 'string' ? value : null}
        options={options}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
      />
    )
  return (
    <Input
      aria-labelledby={by}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    />
  )
}
