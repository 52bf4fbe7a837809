// A field of a form with its name above and, where one helps, a note below.
import { type ReactNode, useId } from 'react'
import '../styles/rules.css'

interface FieldProps {
  readonly name: string
  readonly note?: string
  readonly children: (id: string) => ReactNode
}

/** `children` gets the id of the name, for aria-labelledby. */
export function Field({ name, note, children }: FieldProps) {
  const id = useId()
  return (
    <div className="rule-field">
      <span className="rule-field-name" id={id}>
        {name}
      </span>
      {children(id)}
      {note !== undefined && <span className="quiet small">{note}</span>}
    </div>
  )
}
