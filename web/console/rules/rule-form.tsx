// One rule as a form: its name, when it takes an order, where from, what it prefers, how it may be split, what happens otherwise.
import { Button, Drawer, Input } from 'antd'
import { useCallback, useState } from 'react'
import type { RuleField, RulePolicy } from '../../../src/contracts/policies.ts'
import { useText } from '../text.ts'
import { AnswerInput } from './cell-inputs.tsx'
import { ConditionCell } from './condition-cell.tsx'
import { isTurned, isWorthless, type Row, readAnswer, textIn, writeAnswer } from './table.ts'

interface RuleFormProps {
  readonly policy: RulePolicy
  readonly row: Row
  readonly onDone: (row: Row) => void
  readonly onClose: () => void
}

export function RuleForm({ policy, row, onDone, onClose }: RuleFormProps) {
  const { t, either, label, format } = useText()
  const [cells, setCells] = useState<Row>(row)
  const set = (column: string, cell: string) => setCells((before) => ({ ...before, [column]: cell }))
  const sections = [...new Set(policy.outputs.map((field) => field.section))]
  const hasNames = 'name_en' in row
  const turned = policy.inputs.filter((field) => isTurned(field.type, cells[field.field] ?? ''))
  const { faulty, fault } = useFaulty()
  const isNameless = hasNames && textIn(cells.rule).trim() === ''
  return (
    <Drawer
      open
      title={t('rules.rule')}
      size={560}
      onClose={onClose}
      footer={
        <div className="row wrap dialog-foot">
          {isNameless && <p className="rule-warns">{t('rules.nameless')}</p>}
          {turned.length > 0 && (
            <p className="rule-warns">
              {t('rules.turned', { what: format.list(turned.map((field) => either(field.label.en, field.label.zh))) })}
            </p>
          )}
          {faulty.size > 0 && <p className="rule-warns">{t('rules.unread')}</p>}
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" disabled={isNameless || turned.length + faulty.size > 0} onClick={() => onDone(cells)}>
            {t('rules.keep_rule')}
          </Button>
        </div>
      }
    >
      {hasNames && (
        <fieldset className="rule-fields">
          <legend>{t('rules.name')}</legend>
          <Named column="rule" words={t('rules.id')} cells={cells} set={set} />
          <Named column="name_zh" words={t('rules.name_zh')} cells={cells} set={set} />
          <Named column="name_en" words={t('rules.name_en')} cells={cells} set={set} />
        </fieldset>
      )}
      <fieldset className="rule-fields">
        <legend>{label('rules.section', 'when')}</legend>
        {policy.inputs.map((field) => (
          <Condition key={field.field} policy={policy} field={field} cells={cells} set={set} fault={fault} />
        ))}
      </fieldset>
      {sections.map((section) => (
        <fieldset key={section} className="rule-fields">
          <legend>{label('rules.section', section)}</legend>
          {policy.outputs
            .filter((field) => field.section === section)
            .map((field) => (
              <Field key={field.field} field={field}>
                <AnswerInput
                  field={field}
                  answer={readAnswer(cells[field.field] ?? '')}
                  places={policy.inputs}
                  onChange={(value) => set(field.field, writeAnswer(value))}
                />
                {field.field === 'bonus' && isWorthless(cells) && (
                  <span className="small rule-warns" role="status">
                    {t('rules.worthless')}
                  </span>
                )}
              </Field>
            ))}
        </fieldset>
      ))}
    </Drawer>
  )
}

/** The columns whose expressions cannot be asked as they are. */
function useFaulty() {
  const [faulty, setFaulty] = useState<ReadonlySet<string>>(new Set())
  const fault = useCallback((column: string, is_faulty: boolean) => {
    setFaulty((before) => {
      if (before.has(column) === is_faulty) return before
      const others = [...before].filter((one) => one !== column)
      return new Set(is_faulty ? [...others, column] : others)
    })
  }, [])
  return { faulty, fault }
}

interface ConditionProps {
  readonly policy: RulePolicy
  readonly field: RuleField
  readonly cells: Row
  readonly set: (column: string, cell: string) => void
  readonly fault: (column: string, is_faulty: boolean) => void
}

function Condition({ policy, field: column, cells, set, fault }: ConditionProps) {
  const { field } = column
  const onFault = useCallback((is_faulty: boolean) => fault(field, is_faulty), [field, fault])
  return (
    <ConditionCell
      kind={policy.kind}
      field={column}
      cell={cells[field] ?? ''}
      onChange={(cell) => set(field, cell)}
      onFault={onFault}
    />
  )
}

function Field({ field, children }: { field: RuleField; children: React.ReactNode }) {
  const { either } = useText()
  return (
    <div className="rule-field">
      <span className="rule-field-name" id={`rule-field-${field.field}`}>
        {either(field.label.en, field.label.zh)}
      </span>
      {children}
      {field.hint !== null && <span className="quiet small">{either(field.hint.en, field.hint.zh)}</span>}
    </div>
  )
}

interface NamedProps {
  readonly column: string
  readonly words: string
  readonly cells: Row
  readonly set: (column: string, cell: string) => void
}

function Named({ column, words, cells, set }: NamedProps) {
  return (
    <div className="rule-field">
      <span className="rule-field-name" id={`rule-field-${column}`}>
        {words}
      </span>
      <Input
        aria-labelledby={`rule-field-${column}`}
        maxLength={60}
        value={textIn(cells[column])}
        onChange={(event) => set(column, writeAnswer(event.target.value))}
      />
    </div>
  )
}
