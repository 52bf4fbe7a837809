// What becomes of orders that cost more than now once good values are back: listed, or moved from a saving on; changed here.
import { Button, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { AllocationPolicy, AllocationPolicyRead } from '../../../src/contracts/allocation.ts'
import { policyDefaults } from '../../../src/contracts/policy-defaults.ts'
import { ask } from '../../shared/api.ts'
import { useMay, useSession } from '../frame/session.tsx'
import { Field } from '../parts/field.tsx'
import { isStale, usePolicy } from '../policy/policy-data.ts'
import { useText } from '../text.ts'
import { useModeChange } from './mode-data.ts'

const { reconcile_saving_minor: SAVING_MINOR } = policyDefaults

export function ReconcilePolicy() {
  const { t, format } = useText()
  const may = useMay()
  const { merchant } = useSession()
  const [isChanging, setChanging] = useState(false)
  const { data: policy, refetch } = usePolicy()
  if (policy === undefined) return null
  const saving = format.money(policy.reconcile_saving_minor ?? SAVING_MINOR, merchant.base_currency)
  return (
    <p className="reconcile-policy">
      <span>{policy.reconcile === 'move' ? t('degraded.policy_move', { saving }) : t('degraded.policy_list')}</span>
      {may('allocation.policy') && (
        <Button size="small" onClick={() => setChanging(true)}>
          {t('degraded.policy_change')}
        </Button>
      )}
      {isChanging && <Change policy={policy} again={refetch} onClose={() => setChanging(false)} />}
    </p>
  )
}

interface ChangeProps {
  readonly policy: AllocationPolicyRead
  /** Reads it once more. */
  readonly again: () => Promise<unknown>
  readonly onClose: () => void
}

function Change({ policy, again, onClose }: ChangeProps) {
  const { t } = useText()
  const { merchant } = useSession()
  const [reconcile, setReconcile] = useState(policy.reconcile ?? 'list')
  const [saving, setSaving] = useState(policy.reconcile_saving_minor ?? SAVING_MINOR)
  const currency = new Intl.NumberFormat('en', { style: 'currency', currency: merchant.base_currency })
  const digits = currency.resolvedOptions().maximumFractionDigits ?? 2
  const scale = 10 ** digits
  const { revision, ...rest } = policy
  const set = useModeChange(async (wish: Partial<AllocationPolicy>) => {
    try {
      return await ask('PUT /allocation/policy', { body: { ...rest, ...wish }, revision })
    } catch (error) {
      // what a colleague has set is read and shown; saving again changes only what is asked here
      if (isStale(error)) await again()
      throw error
    }
  }, onClose)
  return (
    <Modal
      open
      title={t('degraded.policy_title')}
      okText={t('action.save')}
      cancelText={t('action.back')}
      okButtonProps={{ loading: set.isPending }}
      onOk={() => set.mutate({ reconcile, reconcile_saving_minor: saving })}
      onCancel={onClose}
    >
      <Radio.Group
        value={reconcile}
        onChange={(event) => setReconcile(event.target.value)}
        options={[
          { value: 'list', label: t('degraded.wish_list') },
          { value: 'move', label: t('degraded.wish_move') },
        ]}
      />
      {reconcile === 'move' && (
        <Field name={t('degraded.saving_at_least')}>
          {(id) => (
            <InputNumber
              aria-labelledby={id}
              value={saving / scale}
              precision={digits}
              min={1 / scale}
              suffix={merchant.base_currency}
              onChange={(shown) => setSaving(Math.max(1, Math.round((shown ?? 0) * scale)))}
            />
          )}
        </Field>
      )}
    </Modal>
  )
}
