// Degraded mode ended by hand: the reason is asked, and what follows is said first.
import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { DegradationView } from '../../../src/contracts/degradations.ts'
import { ask } from '../../shared/api.ts'
import { Field } from '../parts/field.tsx'
import { useText } from '../text.ts'
import { useModeChange } from './mode-data.ts'

interface Props {
  readonly degradation: DegradationView
  readonly onClose: () => void
}

export function EndDegradation({ degradation: { degradation_id, orders }, onClose }: Props) {
  const { t } = useText()
  const [reason, setReason] = useState('')
  const end = useModeChange(
    () =>
      ask('POST /degradations/:degradation_id/end', { params: { degradation_id }, body: { reason: reason.trim() } }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('degraded.end_title')}
      okText={t('degraded.end')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: reason.trim() === '', loading: end.isPending }}
      onOk={() => end.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{t('degraded.end_text', { count: orders.waiting })}</p>
      <Field name={t('promotion.reason')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
