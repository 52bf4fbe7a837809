// Rules: what decides now in plain sentences, drafts that are written, tried and switched on, and the way back.
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { RulePolicy } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useMay } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Page } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { DraftView } from './draft.tsx'
import { History } from './history.tsx'
import { useChange, usePolicy } from './policy-data.ts'
import { RuleList } from './rule-list.tsx'
import { Shadow } from './shadow.tsx'
import { rowsOf } from './table.ts'
import '../styles/rules.css'

const KINDS = ['allocation', 'review'] as const

export function RulesPage() {
  const { t, label } = useText()
  const [params, setParams] = useSearchParams()
  const kind = KINDS.find((one) => one === params.get('kind')) ?? KINDS[0]
  const draft_id = params.get('draft')
  const open = (draft: string | null) => setParams(draft === null ? { kind } : { kind, draft })
  const { data, error, refetch } = usePolicy(kind)
  return (
    <Page title={t('nav.rules')}>
      <AllocationTabs here="/app/rules" />
      <TabBar
        label={t('nav.rules')}
        tabs={KINDS.map((key) => ({ key, name: label('rules.kind', key) }))}
        chosen={kind}
        onChoose={(key) => setParams({ kind: key }, { replace: true })}
      />
      {data === undefined && error !== null && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows />}
      {data !== undefined && draft_id !== null && (
        <DraftView key={draft_id} policy={data} draft_id={draft_id} onClose={() => open(null)} />
      )}
      {data !== undefined && draft_id === null && <Overview policy={data} onOpen={open} />}
    </Page>
  )
}

function Overview({ policy, onOpen }: { policy: RulePolicy; onOpen: (draft_id: string) => void }) {
  const { t } = useText()
  const may = useMay()
  const [isNaming, setNaming] = useState(false)
  const { live } = policy
  const rows = rowsOf(live.document)
  return (
    <>
      <Card
        id="rules-live"
        title={t('rules.live')}
        extra={
          <>
            {live.shipped && (
              <Pill tone="idle" icon="circle">
                {t('rules.shipped')}
              </Pill>
            )}
            {may('policies.write') && (
              <Button type="primary" onClick={() => setNaming(true)}>
                {t('rules.new_draft')}
              </Button>
            )}
          </>
        }
      >
        <p className="quiet">{t('rules.order_matters')}</p>
        {rows === null ? <p>{t('rules.no_table')}</p> : <RuleList policy={policy} rows={rows} />}
      </Card>
      <Drafts policy={policy} onOpen={onOpen} />
      {policy.shadow !== null && <Shadow policy={policy} />}
      <History policy={policy} />
      {isNaming && <NameDraft kind={policy.kind} onClose={() => setNaming(false)} onMade={onOpen} />}
    </>
  )
}

function Drafts({ policy, onOpen }: { policy: RulePolicy; onOpen: (draft_id: string) => void }) {
  const { t } = useText()
  return (
    <Card id="rules-drafts" title={t('rules.drafts')}>
      {policy.drafts.length === 0 && <p className="quiet">{t('rules.drafts_none')}</p>}
      <ul className="rule-drafts">
        {policy.drafts.map((draft) => (
          <li key={draft.draft_id} className="row wrap">
            <span className="grow">
              <Button type="link" size="small" onClick={() => onOpen(draft.draft_id)}>
                {draft.name}
              </Button>
            </span>
            {policy.shadow?.draft_id === draft.draft_id && (
              <Pill tone="info" icon="eye">
                {t('rules.in_shadow')}
              </Pill>
            )}
            <span className="quiet small">
              <Ago at={draft.changed_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface NameDraftProps {
  readonly kind: string
  readonly onClose: () => void
  readonly onMade: (draft_id: string) => void
}

function NameDraft({ kind, onClose, onMade }: NameDraftProps) {
  const { t } = useText()
  const [name, setName] = useState('')
  const make = useChange(
    kind,
    () => ask('POST /policies/:kind/drafts', { params: { kind }, body: { name: name.trim() } }),
    (draft) => onMade(draft.draft_id),
  )
  return (
    <Modal
      open
      title={t('rules.new_draft')}
      okText={t('rules.begin')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: name.trim() === '', loading: make.isPending }}
      onOk={() => make.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="rule-field">
        <span className="rule-field-name" id="rule-draft-name">
          {t('rules.draft_name')}
        </span>
        <Input
          aria-labelledby="rule-draft-name"
          autoFocus
          maxLength={120}
          value={name}
          placeholder={t('rules.draft_name_hint')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() !== '' && make.mutate(undefined)}
        />
      </div>
      <p className="quiet small">{t('rules.draft_from_live')}</p>
    </Modal>
  )
}
