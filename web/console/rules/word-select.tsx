// Several words at once: those that must be known, such as locations, are chosen; others may also be typed, with commas between them.
import { Select } from 'antd'
import { useState } from 'react'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { useText } from '../text.ts'

interface WordSelectProps {
  /** The id of its name, or its name. */
  readonly by?: string
  readonly name?: string
  readonly choices: RuleField['choices']
  /** Whether other words may be typed. */
  readonly isOpen: boolean
  readonly values: readonly string[]
  readonly placeholder: string
  readonly onChange: (values: string[]) => void
}

export function WordSelect({ by, name, choices, isOpen, values, placeholder, onChange }: WordSelectProps) {
  const { either } = useText()
  const [typed, setTyped] = useState('')
  return (
    <Select
      mode={isOpen ? 'tags' : 'multiple'}
      aria-labelledby={by}
      aria-label={name}
      placeholder={placeholder}
      value={[...values]}
      showSearch={{ searchValue: typed, onSearch: setTyped, optionFilterProp: 'label' }}
      tokenSeparators={isOpen ? [',', '，', '、', ';', '；'] : []}
      // Tab goes on to the next field: it takes what was typed, and nothing where nothing was
      defaultActiveFirstOption={typed !== ''}
      options={choices.map(({ value, label }) => ({ value, label: either(label.en, label.zh) }))}
      onChange={(chosen: string[]) => {
        setTyped('')
        onChange([...new Set(chosen.map((word) => word.trim()))].filter((word) => word !== ''))
      }}
    />
  )
}
