// A draft: its rules to change, its tests, what it would change about real orders, the shadow, and going live.
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { RuleDraft, RulePolicy } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { GoLive } from './go-live.tsx'
import { useChange, useDraft } from './policy-data.ts'
import { RuleForm } from './rule-form.tsx'
import { RuleList } from './rule-list.tsx'
import { Shadow } from './shadow.tsx'
import { Simulation } from './simulation.tsx'
import { type Row, rowsOf, withRows } from './table.ts'
import { Tests } from './tests.tsx'

interface DraftProps {
  readonly policy: RulePolicy
  readonly draft_id: string
  readonly onClose: () => void
}

export function DraftView({ policy, draft_id, onClose }: DraftProps) {
  const { data, error, refetch } = useDraft(policy.kind, draft_id)
  if (data === undefined)
    return error === null ? <LoadingRows /> : <Trouble error={error} retry={() => void refetch()} />
  return <OpenDraft policy={policy} draft={data} onClose={onClose} />
}

function OpenDraft({ policy, draft, onClose }: { policy: RulePolicy; draft: RuleDraft; onClose: () => void }) {
  const { t } = useText()
  const may = useMay()
  const go = useNavigate()
  const [isGoing, setGoing] = useState(false)
  const { kind } = policy
  const { draft_id } = draft
  const params = { kind, draft_id }
  const isShadow = policy.shadow?.draft_id === draft_id
  const discard = useChange(kind, () => ask('DELETE /policies/:kind/drafts/:draft_id', { params }), onClose, true)
  const shadow = useChange(kind, () =>
    isShadow
      ? ask('DELETE /policies/:kind/shadow', { params: { kind } })
      : ask('PUT /policies/:kind/shadow', { params: { kind }, body: { draft_id } }),
  )
  return (
    <>
      <div className="row wrap rule-draft-head">
        <Button onClick={onClose}>{t('action.back')}</Button>
        <h2 className="grow">{draft.name}</h2>
        {kind === 'allocation' && may('policies.write') && (
          <Button onClick={() => void go(`/app/lab?draft=${draft_id}`)}>{t('lab.prove')}</Button>
        )}
        {may('policies.write') && (
          <>
            <Popconfirm
              title={t('rules.discard_sure')}
              okText={t('rules.discard')}
              cancelText={t('action.back')}
              onConfirm={() => discard.mutate(undefined)}
            >
              <Button danger>{t('rules.discard')}</Button>
            </Popconfirm>
            <Button loading={shadow.isPending} onClick={() => shadow.mutate(undefined)}>
              {t(isShadow ? 'rules.shadow_end' : 'rules.shadow_start')}
            </Button>
          </>
        )}
        {may('policies.activate') && (
          <Button type="primary" onClick={() => setGoing(true)}>
            {t('rules.go_live')}
          </Button>
        )}
      </div>
      <DraftRules policy={policy} draft={draft} />
      <Tests policy={policy} draft={draft} />
      <Simulation kind={kind} draft={draft} />
      {isShadow && <Shadow policy={policy} />}
      {isGoing && <GoLive policy={policy} draft={draft} onClose={() => setGoing(false)} onDone={onClose} />}
    </>
  )
}

// Each change is kept at once, under the revision that was read.
function DraftRules({ policy, draft }: { policy: RulePolicy; draft: RuleDraft }) {
  const { t } = useText()
  const may = useMay()
  const [edited, setEdited] = useState<number | null>(null)
  const { kind } = policy
  const { draft_id, name, document, revision } = draft
  const keep = useChange(kind, (rows: readonly Row[]) =>
    ask('PUT /policies/:kind/drafts/:draft_id', {
      params: { kind, draft_id },
      revision,
      body: { name, document: withRows(document, rows, policy) },
    }),
  )
  const rows = rowsOf(document)
  if (rows === null) return <p>{t('rules.no_table')}</p>
  const row = edited === null ? undefined : (rows[edited] ?? newRow(policy, rows))
  const hands = may('policies.write')
    ? { onChange: (next: readonly Row[]) => keep.mutate(next), onEdit: setEdited }
    : {}
  return (
    <Card
      id="rules-draft"
      title={t('rules.rules')}
      extra={
        may('policies.write') && (
          <Button disabled={keep.isPending} onClick={() => setEdited(rows.length)}>
            {t('rules.add')}
          </Button>
        )
      }
    >
      <p className="quiet">{t('rules.order_matters')}</p>
      <RuleList policy={policy} rows={rows} {...hands} />
      {row !== undefined && edited !== null && (
        <RuleForm
          policy={policy}
          row={row}
          onClose={() => setEdited(null)}
          onDone={(done) => {
            keep.mutate(
              edited < rows.length ? rows.map((one, place) => (place === edited ? done : one)) : [...rows, done],
            )
            setEdited(null)
          }}
        />
      )}
    </Card>
  )
}

/** An empty row with a name of its own. */
function newRow(policy: RulePolicy, rows: readonly Row[]): Row {
  let place = rows.length + 1
  while (rows.some((row) => row._id === `rule-${place}`)) place++
  const columns = [...policy.inputs, ...policy.outputs].map(({ field }) => [field, ''])
  const named = policy.kind === 'allocation' ? { rule: JSON.stringify(`rule-${place}`), name_en: '', name_zh: '' } : {}
  return { ...Object.fromEntries(columns), ...named, _id: `rule-${place}` }
}
