// What went live, by whom, when and why; each earlier version comes back with one click and a reason.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { RuleActivation, RulePolicy } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useStaffNames } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Card } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { Freeze, useFrozen } from './freeze.tsx'
import { ReasonField } from './go-live.tsx'
import { useChange } from './policy-data.ts'

export function History({ policy }: { policy: RulePolicy }) {
  const { t } = useText()
  const may = useMay()
  const names = useStaffNames()
  const [back, setBack] = useState<RuleActivation | null>(null)
  const who = (actor: string) => names.get(actor.replace(/^user:/, '')) ?? actor
  return (
    <Card id="rules-history" title={t('rules.history')} flush={policy.history.length > 0}>
      {policy.history.length === 0 && <p className="quiet">{t('rules.history_none')}</p>}
      {policy.history.length > 0 && (
        <Table
          caption={t('rules.history')}
          rows={policy.history}
          rowKey={(one) => one.activation_id}
          columns={[
            { key: 'at', title: t('rules.when_live'), cell: (one) => <Ago at={one.activated_at} /> },
            { key: 'who', title: t('rules.who'), cell: (one) => who(one.activated_by) },
            { key: 'why', title: t('rules.reason'), cell: (one) => one.reason },
            {
              key: 'what',
              title: t('rules.what'),
              from: 'medium',
              cell: (one) => {
                const done = t(one.restores === null ? 'rules.went_live' : 'rules.came_back')
                const name = nameOf(policy.history, one)
                return name === null ? done : t('rules.said_value', { what: done, value: name })
              },
            },
            {
              key: 'tests',
              title: t('rules.tests'),
              from: 'wide',
              cell: (one) => t('rules.tests_sum', { passed: one.tests_passed, failed: one.tests_failed }),
            },
            {
              key: 'back',
              title: '',
              align: 'right',
              cell: (one) =>
                may('policies.activate') && one.activation_id === policy.history[0]?.activation_id ? (
                  <Button size="small" onClick={() => setBack(one)}>
                    {t('rules.undo')}
                  </Button>
                ) : (
                  may('policies.activate') &&
                  one.version_id !== policy.live.version_id && (
                    <Button size="small" onClick={() => setBack({ ...one, replaced: one.version_id })}>
                      {t('rules.restore')}
                    </Button>
                  )
                ),
            },
          ]}
        />
      )}
      {back !== null && <RollBack kind={policy.kind} version_id={back.replaced} onClose={() => setBack(null)} />}
    </Card>
  )
}

// The name of the draft that a version was; of one that came back, of what it was at first.
function nameOf(history: readonly RuleActivation[], one: RuleActivation): string | null {
  if (one.restores === null) return one.draft_name
  const earlier = history.find(({ version_id }) => version_id === one.restores)
  return earlier === undefined || earlier === one ? null : nameOf(history, earlier)
}

function RollBack({ kind, version_id, onClose }: { kind: string; version_id: string; onClose: () => void }) {
  const { t } = useText()
  const [reason, setReason] = useState(t('rules.undo_reason'))
  const [despite_freeze, setDespiteFreeze] = useState(false)
  const isFrozen = useFrozen()
  const go = useChange(
    kind,
    () =>
      ask('POST /policies/:kind/rollbacks', {
        params: { kind },
        body: {
          version_id,
          reason: reason.trim(),
          ...(despite_freeze ? { despite_freeze: reason.trim() } : {}),
        },
      }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('rules.roll_back')}
      okText={t('rules.roll_back')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: reason.trim().length < 3 || (isFrozen && !despite_freeze), loading: go.isPending }}
      onOk={() => go.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{t('rules.roll_back_text')}</p>
      <ReasonField reason={reason} onChange={setReason} />
      <Freeze despite={despite_freeze} onChange={setDespiteFreeze} />
    </Modal>
  )
}
