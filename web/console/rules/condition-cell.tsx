// One condition of a rule: fields to fill in, or an expression that is read while it is written.
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useText } from '../text.ts'
import { ConditionInput } from './cell-inputs.tsx'
import { parseFault } from './parse-fault.ts'
import { isNumeric, readCondition, writeCondition } from './table.ts'

interface ConditionCellProps {
  readonly kind: string
  readonly field: RuleField
  readonly cell: string
  readonly onChange: (cell: string) => void
  /** Whether what is written cannot be asked. */
  readonly onFault: (is_faulty: boolean) => void
}

export function ConditionCell({ kind, field, cell, onChange, onFault }: ConditionCellProps) {
  const { t, either } = useText()
  const condition = readCondition(field.type, cell)
  const [isWriting, setWriting] = useState(condition.is === 'raw')
  const [isBegun, setBegun] = useState(false)
  const what = either(field.label.en, field.label.zh)
  const turn = () => {
    // what the fields cannot show goes with the expression
    if (isWriting && condition.is === 'raw') onChange('')
    setWriting(!isWriting)
    setBegun(!isWriting)
  }
  const words = isWriting
    ? condition.is === 'raw'
      ? 'rules.expression_drop'
      : 'rules.expression_end'
    : 'rules.expression'
  return (
    <div className="rule-field">
      <span className="row rule-field-head">
        <span className="rule-field-name grow" id={`rule-field-${field.field}`}>
          {what}
        </span>
        <button type="button" className="ghost small rule-turn" aria-label={`${what}: ${t(words)}`} onClick={turn}>
          {t(words)}
        </button>
      </span>
      {isWriting ? (
        <Expression kind={kind} field={field} text={cell} isBegun={isBegun} onChange={onChange} onFault={onFault} />
      ) : (
        <ConditionInput
          field={field}
          condition={condition}
          onChange={(filled) => onChange(writeCondition(field.type, filled))}
        />
      )}
      {!isWriting && field.hint !== null && <span className="quiet small">{either(field.hint.en, field.hint.zh)}</span>}
    </div>
  )
}

const QUIET_MS = 300

/** What is wrong with an expression, once nothing more has been typed for a while. */
function useFault(kind: string, text: string) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), QUIET_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  const { data } = useQuery({
    queryKey: ['condition', kind, settled],
    queryFn: () => ask('POST /policies/:kind/conditions', { params: { kind }, body: { text: settled } }),
    enabled: settled.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return settled === text && settled.trim() !== '' ? (data?.fault ?? null) : null
}

const faultTexts = {
  unreadable: 'rules.expression_fault',
  bare_word: 'rules.expression_word',
  no_number: 'rules.expression_no_number',
} as const

interface ExpressionProps extends ConditionCellProps {
  readonly cell: string
}

type Written = Omit<ExpressionProps, 'cell'> & { readonly text: string; readonly isBegun: boolean }

function Expression({ kind, field, text, isBegun, onChange, onFault }: Written) {
  const { t } = useText()
  const fault = useFault(kind, text)
  const isFaulty = fault !== null
  const kind_of_fault = fault === null ? null : parseFault(fault.says, text)
  useEffect(() => {
    onFault(isFaulty)
    return () => onFault(false)
  }, [isFaulty, onFault])
  const note = `rule-note-${field.field}`
  return (
    <>
      <Input
        className="mono"
        autoFocus={isBegun}
        maxLength={2000}
        aria-labelledby={`rule-field-${field.field}`}
        aria-describedby={note}
        aria-invalid={isFaulty}
        status={isFaulty ? 'error' : ''}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
      {isFaulty ? (
        <span className="small rule-fault" id={note} role="alert">
          {t(faultTexts[fault.code], {
            says: kind_of_fault === null ? fault.says : t(kind_of_fault.key, kind_of_fault.values),
            text: fault.word ?? '',
          })}
        </span>
      ) : (
        <span className="quiet small" id={note}>
          {t('rules.expression_note', { example: exampleOf(field.type) })}
        </span>
      )}
    </>
  )
}

function exampleOf(type: RuleField['type']): string {
  if (isNumeric(type)) return '$ > 5 and $ != 8'
  if (type === 'flag') return '$ == true'
  return type === 'list' ? 'not(some($, # in ["A"]))' : 'not in ["A", "B"]'
}
