// A fix before it is applied: what it will do, and what still has to be said with it; Enter applies.
import { Button, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { ApplyFix, FixView, InboxItem } from '../../../src/contracts/inbox.ts'
import { Field } from '../parts/field.tsx'
import { useText, useZone } from '../text.ts'
import { Effect, PlaceChoices } from './effect.tsx'
import { TimeChoice, timesFrom } from './snooze-dialog.tsx'
import { titleText } from './words.ts'

interface FixDialogProps {
  readonly item: InboxItem
  readonly fix: FixView
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onApply: (wish: ApplyFix) => void
}

export function FixDialog({ item, fix, isBusy, onClose, onApply }: FixDialogProps) {
  const text = useText()
  const { t, label, either } = text
  const [said, setSaid] = useState('')
  const field = useRef<InputRef>(null)
  const zone = useZone()
  const [times] = useState(() => timesFrom(new Date(), zone))
  const [until, setUntil] = useState(times[1]?.until ?? '')
  const [at, setAt] = useState(0)
  const { needs, effect } = fix
  const isReady = needs === null || needs === 'until' || said.trim() !== ''
  const wish: ApplyFix = {
    fix: fix.fix,
    ...(fix.fix === 'wait' ? { until } : {}),
    ...seenOf(effect, at),
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
        <p className="mono">{titleText(text, item)}</p>
        {effect.choices.length < 2 ? (
          <div>
            <Effect effect={effect} />
          </div>
        ) : (
          <>
            <p>{either(effect.words.en, effect.words.zh)}</p>
            <PlaceChoices choices={effect.choices} at={at} onChange={setAt} />
          </>
        )}
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

// What is shown is what is asked for: another way is not taken, nor an order that has changed since.
function seenOf(
  { way, choices, version }: FixView['effect'],
  at: number,
): Pick<ApplyFix, 'seen' | 'location_id' | 'version'> {
  const { place = null, outlook } = choices[at] ?? {}
  const { cost = null, arrives_at = null } = way ?? outlook?.plan ?? {}
  return {
    ...(cost === null || arrives_at === null ? {} : { seen: { cost, arrives_at } }),
    ...(place === null ? {} : { location_id: place.location_id }),
    ...(version === null ? {} : { version }),
  }
}
