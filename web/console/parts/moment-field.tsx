// A field of date and time by the clock of a zone, which it names: what is entered means the same wherever the reader is.
import { Input } from 'antd'
import { useText } from '../text.ts'
import { Field } from './field.tsx'
import { zoneName } from './zoned-field.ts'

interface MomentFieldProps {
  readonly name: string
  /** What else is to be known of it. */
  readonly hint?: string
  readonly zone: string
  /** As the field holds it, see instantIn; empty for none. */
  readonly value: string
  readonly onChange: (value: string) => void
}

export function MomentField({ name, hint = '', zone, value, onChange }: MomentFieldProps) {
  const { t, sentences, language } = useText()
  return (
    <Field name={name} note={sentences(hint, t('time.zone', { zone: zoneName(zone, language) }))}>
      {(id) => (
        <Input
          aria-labelledby={id}
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
