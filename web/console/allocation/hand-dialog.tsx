// One decision by hand: what exactly, what it would do against now and against the machine's own choice, why; then it is done.
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useText } from '../text.ts'
import { type HandChoice, type HandLine, type HandOrder, type HandStart, type HandWork, wishOf } from './hand-choice.ts'
import { isStale, useDecide, useHandPreview, useLookAgain } from './hand-data.ts'
import { HandEffect } from './hand-effect.tsx'
import { HandFields } from './hand-fields.tsx'
import '../styles/hand.css'

interface HandDialogProps {
  readonly order: HandOrder
  readonly start: HandStart
  /** Work to choose from; on the board the card has chosen already. */
  readonly work?: readonly HandWork[]
  /** Units that wait for a place. */
  readonly waiting?: readonly HandLine[]
  readonly onClose: () => void
}

export function HandDialog({ order, start, work = [], waiting = [], onClose }: HandDialogProps) {
  const { t, label } = useText()
  const [choice, setChoice] = useState<HandChoice>({
    fulfilment_ids: [],
    location_id: null,
    units: start.kind === 'split' ? {} : null,
    priority: order.priority,
    ...start,
  })
  const [reason, setReason] = useState('')
  // somebody who was faster is not overruled: a newer one only for who looks again
  const [version, setVersion] = useState(order.version)
  const wish = wishOf(version, choice)
  const preview = useHandPreview(order.order_id, wish)
  const said = label('hand.done', choice.kind, { number: order.number })
  const decide = useDecide(order.order_id, said, onClose)
  const again = useLookAgain(order.order_id, (now) => {
    decide.reset()
    setVersion(now)
  })
  const refused = preview.error ?? decide.error
  const ready = wish !== null && preview.data !== undefined && preview.error === null && reason.trim() !== ''
  return (
    <Modal
      open
      width={720}
      title={label('hand.title', choice.kind, { number: order.number })}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      <div className="stack hand">
        <HandFields choice={choice} onChoose={setChoice} work={work} waiting={waiting} />
        <HandEffect
          choice={choice}
          preview={wish === null ? undefined : preview.data}
          error={wish === null ? null : refused}
          isComplete={wish !== null}
        />
        <Why reason={reason} onChange={setReason} />
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          {isStale(refused) ? (
            <Button type="primary" loading={again.isPending} onClick={() => again.mutate()}>
              {t('hand.look_again')}
            </Button>
          ) : (
            <Button
              type="primary"
              disabled={!ready}
              loading={decide.isPending}
              onClick={() => wish !== null && decide.mutate({ wish, reason: reason.trim() })}
            >
              {label('hand.do', choice.kind)}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}

function Why({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  const { t } = useText()
  const id = useId()
  return (
    <div className="stack hand-why">
      <label htmlFor={id}>{t('hand.reason')}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        placeholder={t('hand.reason_hint')}
        value={reason}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
