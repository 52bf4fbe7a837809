// The two decisions that need a word more: why it is rejected, and until when it waits.
import { Button, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useText } from '../text.ts'

export function RejectDialog({
  number,
  onClose,
  onReject,
}: {
  number: string
  onClose: () => void
  onReject: (note: string) => void
}) {
  const { t } = useText()
  const [note, setNote] = useState('')
  const usual = [
    t('review.reason_fraud'),
    t('review.reason_address'),
    t('review.reason_payment'),
    t('review.reason_restricted'),
  ]
  const isReady = note.trim() !== ''
  return (
    <Modal open title={t('review.reject_title', { number })} onCancel={onClose} footer={null} width={480}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onReject(note.trim())
        }}
      >
        <p className="quiet">{t('review.reject_text')}</p>
        <div className="row wrap">
          {usual.map((why) => (
            <button key={why} type="button" className={note === why ? 'chip on' : 'chip'} onClick={() => setNote(why)}>
              {why}
            </button>
          ))}
        </div>
        <Input
          autoFocus
          aria-label={t('review.why')}
          placeholder={t('review.why')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button danger type="primary" htmlType="submit" disabled={!isReady}>
            {t('review.reject')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export function WaitDialog({
  onClose,
  onHold,
}: {
  onClose: () => void
  onHold: (minutes: number, note: string | undefined) => void
}) {
  const { t } = useText()
  const [minutes, setMinutes] = useState(120)
  const [note, setNote] = useState('')
  return (
    <Modal open title={t('review.hold_title')} onCancel={onClose} footer={null} width={480}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onHold(minutes, note.trim() === '' ? undefined : note.trim())
        }}
      >
        <p className="quiet">{t('review.hold_text')}</p>
        <Segmented
          block
          value={minutes}
          onChange={setMinutes}
          options={[30, 120, 480, 1440].map((one) => ({
            value: one,
            label: one < 60 ? t('review.minutes', { count: one }) : t('review.hours', { count: one / 60 }),
          }))}
        />
        <Input
          aria-label={t('cancel.note')}
          placeholder={t('cancel.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit">
            {t('review.hold')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
