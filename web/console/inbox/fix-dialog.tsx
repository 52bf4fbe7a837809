// A fix before it is applied: what it will do, and what still has to be said with it; Enter applies.
import { Button, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { ApplyFix, FixView, InboxItem } from '../../../src/contracts/inbox.ts'
import { Field } from '../parts/field.tsx'
import { useText } from '../text.ts'
import { Effect } from './case.tsx'
import { TimeChoice, timesFrom } from './snooze-dialog.tsx'

interface FixDialogProps {
  readonly item: InboxItem
  readonly fix: FixView
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onApply: (wish: ApplyFix) => void
}

export function FixDialog({ item, fix, isBusy, onClose, onApply }: FixDialogProps) {
  const { t, label } = useText()
  const [said, setSaid] = useState('')
  const field = useRef<InputRef>(null)
  const [times] = useState(() => timesFrom(new Date()))
  const [until, setUntil] = useState(times[1]?.until ?? '')
  const { needs } = fix
  const isReady = needs === null || needs === 'until' || said.trim() !== ''
  const wish: ApplyFix = {
    fix: fix.fix,
    ...(fix.fix === 'wait' ? { until } : {}),
    ...seenOf(fix),
    ...(needs === 'order_number' ? { order_number: said.trim() } : said.trim() === '' ? {} : { reason: said.trim() }),
  }
  return (
    <Modal
      open
      title={label('fix', fix.fix)}
      footer={null}
      width={480}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isBusy) onApply(wish)
        }}
      >
        <p className="mono">{item.title}</p>
        <div>
          <Effect effect={fix.effect} />
        </div>
        {fix.fix === 'wait' && <TimeChoice times={times} until={until} onChange={setUntil} />}
        <Field name={needs === 'order_number' ? t('inbox.which_order') : t('inbox.reason')}>
          {(id) => (
            <Input
              aria-labelledby={id}
              ref={field}
              maxLength={needs === 'order_number' ? 64 : 500}
              placeholder={needs === null ? t('inbox.optional') : ''}
              value={said}
              onChange={(event) => setSaid(event.target.value)}
            />
          )}
        </Field>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
            {t('inbox.apply')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

// What is shown is what is asked for: another way is not taken.
function seenOf({ effect: { way } }: FixView): Pick<ApplyFix, 'seen'> {
  return way === null || way.cost === null ? {} : { seen: { cost: way.cost, arrives_at: way.arrives_at } }
}
