// Test cases of a kind, green or red with this draft; they are written, and changed, as "an order like this is taken by these rules".
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { RuleDraft, RulePolicy, RuleTestResult } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { useText } from '../text.ts'
import { CaseInput } from './case-input.tsx'
import { useChange } from './policy-data.ts'
import { countedAs, rowsOf } from './table.ts'

type RuleTest = RulePolicy['tests'][number]

export function Tests({ policy, draft }: { policy: RulePolicy; draft: RuleDraft }) {
  const { t } = useText()
  const may = useMay()
  const [edited, setEdited] = useState<RuleTest | null>(null)
  const { kind } = policy
  const { draft_id, revision } = draft
  const { data, error, refetch } = useQuery({
    queryKey: ['policy', kind, 'tests', draft_id, revision],
    queryFn: () => ask('POST /policies/:kind/drafts/:draft_id/tests', { params: { kind, draft_id } }),
  })
  return (
    <Card
      id="rules-tests"
      title={t('rules.tests')}
      extra={
        <>
          {data !== undefined && data.results.length > 0 && (
            <Pill tone={data.failed > 0 ? 'bad' : 'ok'} icon={data.failed > 0 ? 'stop' : 'check'}>
              {t('rules.tests_sum', { passed: data.passed, failed: data.failed })}
            </Pill>
          )}
          {may('policies.write') && <Button onClick={() => setEdited(fresh)}>{t('rules.test_add')}</Button>}
        </>
      }
    >
      {error !== null && <Trouble error={error} retry={() => void refetch()} />}
      {data?.results.length === 0 && <p className="quiet">{t('rules.tests_none')}</p>}
      <ul className="rule-tests">
        {data?.results.map((result) => (
          <TestLine
            key={result.case_id}
            kind={kind}
            result={result}
            onEdit={() => setEdited(policy.tests.find((test) => test.case_id === result.case_id) ?? null)}
          />
        ))}
      </ul>
      {edited !== null && <TestForm policy={policy} draft={draft} test={edited} onClose={() => setEdited(null)} />}
    </Card>
  )
}

/** What is written first: it has no id yet. */
const fresh: RuleTest = { case_id: '', name: '', input: {}, expected: [] }

interface TestLineProps {
  readonly kind: string
  readonly result: RuleTestResult
  readonly onEdit: () => void
}

function TestLine({ kind, result, onEdit }: TestLineProps) {
  const { t, format } = useText()
  const may = useMay()
  const remove = useChange(kind, () =>
    ask('DELETE /policies/:kind/tests/:case_id', { params: { kind, case_id: result.case_id } }),
  )
  const said = (codes: readonly string[]) => (codes.length === 0 ? t('rules.nothing') : format.list(codes))
  return (
    <li className="row wrap">
      <Pill tone={result.passed ? 'ok' : 'bad'} icon={result.passed ? 'check' : 'stop'}>
        {t(result.passed ? 'rules.green' : 'rules.red')}
      </Pill>
      <span className="grow">{result.name}</span>
      <span className="small quiet">
        {result.passed
          ? said(result.expected)
          : t('rules.expected_got', { expected: said(result.expected), got: said(result.got) })}
      </span>
      {may('policies.write') && (
        <>
          <Button size="small" aria-label={t('rules.test_edit', { name: result.name })} onClick={onEdit}>
            {t('rules.edit')}
          </Button>
          <button
            type="button"
            className="ghost"
            aria-label={t('rules.test_remove', { name: result.name })}
            onClick={() => remove.mutate(undefined)}
          >
            <Icon name="cross" size={14} />
          </button>
        </>
      )}
    </li>
  )
}

interface TestFormProps {
  readonly policy: RulePolicy
  readonly draft: RuleDraft
  readonly test: RuleTest
  readonly onClose: () => void
}

function TestForm({ policy, draft, test, onClose }: TestFormProps) {
  const { t, either } = useText()
  const { kind } = policy
  const { case_id } = test
  const [name, setName] = useState(test.name)
  const [input, setInput] = useState<Readonly<Record<string, unknown>>>(test.input)
  const [expected, setExpected] = useState<readonly string[]>(test.expected)
  const keep = useChange<void, unknown>(
    kind,
    () => {
      const body = { name: name.trim(), input: { ...input }, expected: [...expected] }
      return case_id === ''
        ? ask('POST /policies/:kind/tests', { params: { kind }, body })
        : ask('PUT /policies/:kind/tests/:case_id', { params: { kind, case_id }, body })
    },
    onClose,
  )
  return (
    <Modal
      open
      width={560}
      title={t(case_id === '' ? 'rules.test_add' : 'rules.test_change')}
      okText={t('rules.test_keep')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: name.trim() === '', loading: keep.isPending }}
      onOk={() => keep.mutate()}
      onCancel={onClose}
    >
      <div className="rule-field">
        <span className="rule-field-name" id="rule-test-name">
          {t('rules.test_name')}
        </span>
        <Input
          aria-labelledby="rule-test-name"
          autoFocus
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <p className="quiet small">{t('rules.test_order')}</p>
      {policy.inputs.map((field) => (
        <div key={field.field} className="rule-field">
          <span className="rule-field-name" id={`rule-case-${field.field}`}>
            {either(field.label.en, field.label.zh)}
          </span>
          <CaseInput
            field={field}
            value={input[field.field]}
            onChange={(value) =>
              setInput(({ [field.field]: _before, ...rest }) =>
                value === undefined ? rest : { ...rest, [field.field]: value },
              )
            }
          />
        </div>
      ))}
      <Expected draft={draft} expected={expected} onChange={setExpected} />
    </Modal>
  )
}

interface ExpectedProps {
  readonly draft: RuleDraft
  readonly expected: readonly string[]
  readonly onChange: (expected: string[]) => void
}

// The names of the draft's rules to choose from, in the order in which they must take the order.
function Expected({ draft, expected, onChange }: ExpectedProps) {
  const { t } = useText()
  const known = [...new Set((rowsOf(draft.document) ?? []).map(countedAs))].filter((code) => code !== '')
  return (
    <div className="rule-field">
      <span className="rule-field-name" id="rule-case-expected">
        {t('rules.test_expected')}
      </span>
      <Select
        mode="multiple"
        aria-labelledby="rule-case-expected"
        placeholder={t('rules.nothing')}
        value={[...expected]}
        options={known.map((code) => ({ value: code, label: code }))}
        onChange={onChange}
      />
      <span className="quiet small">{t('rules.test_expected_hint')}</span>
    </div>
  )
}
