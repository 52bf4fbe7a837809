// A later end for a promotion: until when and why.
import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { PromotionView, ExtendPromotion as Wish } from '../../../src/contracts/modes.ts'
import { ask } from '../../shared/api.ts'
import { Field } from '../parts/field.tsx'
import { MomentField } from '../parts/moment-field.tsx'
import { instantIn } from '../parts/zoned-field.ts'
import { useText, useZone } from '../text.ts'
import { useModeChange } from './mode-data.ts'

interface Props {
  readonly promotion: PromotionView
  readonly onClose: () => void
}

export function ExtendPromotion({ promotion: { promotion_id, until: present, version }, onClose }: Props) {
  const { t, format } = useText()
  const zone = useZone()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const extend = useModeChange(
    (body: Wish) => ask('POST /promotions/:promotion_id/extend', { params: { promotion_id }, body }),
    onClose,
  )
  const isWhole = until !== '' && reason.trim() !== ''
  return (
    <Modal
      open
      title={t('promotion.do.extend')}
      okText={t('promotion.do.extend')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: !isWhole, loading: extend.isPending }}
      onOk={() => extend.mutate({ until: instantIn(until, zone).toISOString(), reason: reason.trim(), version })}
      onCancel={onClose}
    >
      <p>{t('promotion.extend_text', { until: format.moment(present) })}</p>
      <MomentField
        name={t('promotion.until')}
        hint={t('promotion.until_hint')}
        zone={zone}
        value={until}
        onChange={setUntil}
      />
      <Field name={t('promotion.reason')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
