// Switching a draft on: the tests beside it, the reason asked, red tests taken on oneself only by a mark.
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import type { RuleDraft, RulePolicy } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { Freeze, useFrozen } from './freeze.tsx'
import { useChange } from './policy-data.ts'

interface GoLiveProps {
  readonly policy: RulePolicy
  readonly draft: RuleDraft
  readonly onClose: () => void
  readonly onDone: () => void
}

export function GoLive({ policy, draft, onClose, onDone }: GoLiveProps) {
  const { t } = useText()
  const { kind } = policy
  const [reason, setReason] = useState('')
  const [despite_tests, setDespite] = useState(false)
  const [despite_freeze, setDespiteFreeze] = useState(false)
  const isFrozen = useFrozen()
  const { draft_id, revision } = draft
  const { data } = useQuery({
    queryKey: ['policy', kind, 'tests', draft_id, revision],
    queryFn: () => ask('POST /policies/:kind/drafts/:draft_id/tests', { params: { kind, draft_id } }),
  })
  const isRed = data !== undefined && data.failed > 0
  const go = useChange(
    kind,
    () =>
      ask('POST /policies/:kind/activations', {
        params: { kind },
        body: {
          draft_id,
          revision,
          reason: reason.trim(),
          ...(despite_tests ? { despite_tests } : {}),
          ...(despite_freeze ? { despite_freeze: reason.trim() } : {}),
        },
      }),
    onDone,
    true,
  )
  return (
    <Modal
      open
      title={t('rules.go_live')}
      okText={t('rules.go_live')}
      cancelText={t('action.back')}
      okButtonProps={{
        disabled: reason.trim().length < 3 || (isRed && !despite_tests) || (isFrozen && !despite_freeze),
        loading: go.isPending,
      }}
      onOk={() => go.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{t('rules.go_live_text')}</p>
      {undoes(policy, draft) && (
        <p className="rule-warns" role="alert">
          <Icon name="exceptions" size={14} /> {t('rules.undoes')}
        </p>
      )}
      {data !== undefined && (
        <p>
          {t('rules.said_value', {
            what: t('rules.tests'),
            value: t('rules.tests_sum', { passed: data.passed, failed: data.failed }),
          })}
        </p>
      )}
      <ReasonField reason={reason} onChange={setReason} />
      <Freeze despite={despite_freeze} onChange={setDespiteFreeze} />
      {isRed && (
        <Checkbox checked={despite_tests} onChange={(event) => setDespite(event.target.checked)}>
          {t('rules.despite')}
        </Checkbox>
      )}
    </Modal>
  )
}

/** Whether other rules went live after the draft was begun: the draft does not have what they changed. */
function undoes({ live, history }: RulePolicy, { based_on }: RuleDraft): boolean {
  const restored = new Map(
    history.flatMap(({ version_id, restores }) => (restores === null ? [] : [[version_id, restores]])),
  )
  const written = (version_id: string): string => {
    const earlier = restored.get(version_id)
    return earlier === undefined || earlier === version_id ? version_id : written(earlier)
  }
  return written(live.version_id) !== written(based_on)
}

export function ReasonField({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  const { t } = useText()
  return (
    <div className="rule-field">
      <span className="rule-field-name" id="rule-reason">
        {t('rules.reason')}
      </span>
      <Input.TextArea
        aria-labelledby="rule-reason"
        autoFocus
        maxLength={500}
        autoSize={{ minRows: 2 }}
        value={reason}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="quiet small">{t('rules.reason_note')}</span>
    </div>
  )
}
