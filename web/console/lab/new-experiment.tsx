// An experiment before it begins: which draft, which share of new orders, and how many orders before anybody may judge.
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { type ExperimentVerdict, experimentMeasures } from '../../../src/contracts/experiments.ts'
import type { LabChoices } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { ReasonField } from '../rules/go-live.tsx'
import { useText } from '../text.ts'
import { useChoices, useLab } from './lab-data.ts'

const KIND = 'allocation'
const SHARE = { usual: 10, most: 50 }
const ORDERS = { usual: 1000, least: 100, most: 1_000_000 }

interface Wish {
  readonly name: string
  readonly draft_id: string
  readonly share_percent: number
  readonly orders_wanted: number
  readonly decides: ExperimentVerdict['measure']
  readonly reason: string
  readonly despite_tests: boolean
}

export function NewExperiment({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const { data, error, refetch } = useChoices()
  const [wish, setWish] = useState<Wish>({
    name: '',
    draft_id: '',
    share_percent: SHARE.usual,
    orders_wanted: ORDERS.usual,
    decides: 'cost',
    reason: '',
    despite_tests: false,
  })
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  const draft = data?.drafts.find((one) => one.draft_id === wish.draft_id) ?? data?.drafts[0]
  const tests = useTests(draft)
  const isRed = tests !== undefined && tests.failed > 0
  const start = useLab(async () => {
    if (draft === undefined) return
    const { draft_id, revision } = draft
    const { name, reason, share_percent, orders_wanted, decides, despite_tests } = wish
    const said = { name: name.trim(), reason: reason.trim() }
    await ask('POST /lab/experiments', {
      body: { ...said, draft_id, revision, share_percent, orders_wanted, decides, ...(isRed ? { despite_tests } : {}) },
    })
  }, onClose)
  const isReady =
    draft !== undefined && wish.name.trim() !== '' && wish.reason.trim().length >= 3 && (!isRed || wish.despite_tests)
  return (
    <Modal
      open
      title={t('ab.new')}
      okText={t('ab.start')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: !isReady, loading: start.isPending }}
      onOk={() => start.mutate(undefined)}
      onCancel={onClose}
    >
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <LoadingRows rows={4} />}
      {data?.drafts.length === 0 && <p className="lab-worse">{t('ab.no_drafts')}</p>}
      {data !== undefined && draft !== undefined && (
        <Fields choices={data} wish={{ ...wish, draft_id: draft.draft_id }} set={set} />
      )}
      {tests !== undefined && <p>{t('rules.tests_sum', { passed: tests.passed, failed: tests.failed })}</p>}
      {isRed && (
        <Checkbox checked={wish.despite_tests} onChange={(event) => set({ despite_tests: event.target.checked })}>
          {t('ab.despite')}
        </Checkbox>
      )}
    </Modal>
  )
}

/** How the test cases of a draft stand now; undefined while nobody knows. */
function useTests(draft: LabChoices['drafts'][number] | undefined) {
  const draft_id = draft?.draft_id ?? ''
  const { data } = useQuery({
    queryKey: ['policy', KIND, 'tests', draft_id, draft?.revision],
    queryFn: () => ask('POST /policies/:kind/drafts/:draft_id/tests', { params: { kind: KIND, draft_id } }),
    enabled: draft !== undefined,
  })
  return data
}

interface FieldsProps {
  readonly choices: LabChoices
  readonly wish: Wish
  readonly set: (change: Partial<Wish>) => void
}

function Fields({ choices, wish, set }: FieldsProps) {
  const { t } = useText()
  return (
    <>
      <Field name={t('lab.name')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={120}
            value={wish.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field name={t('ab.which_draft')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.draft_id}
            options={choices.drafts.map((one) => ({ value: one.draft_id, label: one.name }))}
            onChange={(draft_id) => set({ draft_id, despite_tests: false })}
          />
        )}
      </Field>
      <div className="lab-pair">
        <Field name={t('ab.share')} note={t('ab.share_note')}>
          {(id) => (
            <InputNumber
              aria-labelledby={id}
              min={1}
              max={SHARE.most}
              precision={0}
              suffix="%"
              value={wish.share_percent}
              onChange={(value) => set({ share_percent: value ?? SHARE.usual })}
            />
          )}
        </Field>
        <Field name={t('ab.wanted')} note={t('ab.wanted_note')}>
          {(id) => (
            <InputNumber
              aria-labelledby={id}
              min={ORDERS.least}
              max={ORDERS.most}
              precision={0}
              value={wish.orders_wanted}
              onChange={(value) => set({ orders_wanted: value ?? ORDERS.usual })}
            />
          )}
        </Field>
      </div>
      <Field name={t('ab.decides')} note={t('ab.decides_note')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.decides}
            options={experimentMeasures.map((value) => ({ value, label: t(`ab.measure_${value}`) }))}
            onChange={(decides) => set({ decides })}
          />
        )}
      </Field>
      <ReasonField reason={wish.reason} onChange={(reason) => set({ reason })} />
    </>
  )
}
