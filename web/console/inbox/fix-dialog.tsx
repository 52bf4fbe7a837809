// A fix before it is applied: what it will do, and what still has to be said with it; Enter applies. Where it is refused because things have changed, it shows how they are now.
import { Button, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { PlaceChoice } from '../../../src/contracts/hand.ts'
import type { ApplyFix, FixView, InboxItem } from '../../../src/contracts/inbox.ts'
import { Field } from '../parts/field.tsx'
import { useText, useZone } from '../text.ts'
import { ChangedNote, choiceOf, keyOf } from './changed-note.tsx'
import { Effect, PlaceChoices } from './effect.tsx'
import { TimeChoice, timesFrom } from './snooze-dialog.tsx'
import { titleText } from './words.ts'

/** A fix as it is looked at. */
export interface LookedAt {
  readonly item: InboxItem
  readonly fix: FixView
  /** As it was looked at before, where applying that was refused. */
  readonly was: FixView | null
  /** It fits no more. */
  readonly is_gone: boolean
}

interface FixDialogProps {
  readonly looked: LookedAt
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onApply: (wish: ApplyFix) => void
}

export function FixDialog({ looked: { item, fix, was, is_gone }, isBusy, onClose, onApply }: FixDialogProps) {
  const text = useText()
  const { t, label } = text
  const zone = useZone()
  const [said, setSaid] = useState('')
  const field = useRef<InputRef>(null)
  const [times] = useState(() => timesFrom(new Date(), zone))
  const [until, setUntil] = useState(times[1]?.until ?? '')
  const { needs, effect } = fix
  const [chosen, setChosen] = useState(effect.choices[0] === undefined ? '' : keyOf(effect.choices[0]))
  const [only] = effect.choices
  const choice = choiceOf(effect, chosen) ?? (effect.choices.length === 1 ? only : undefined)
  const isReady =
    !is_gone &&
    (needs === null || needs === 'until' || said.trim() !== '') &&
    (only === undefined || choice !== undefined)
  const wish: ApplyFix = {
    fix: fix.fix,
    ...(fix.fix === 'wait' ? { until } : {}),
    ...seenOf(effect, choice),
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
        className="stack inbox-fix"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isBusy) onApply(wish)
        }}
      >
        <p className="mono">{titleText(text, item)}</p>
        {was !== null && <ChangedNote was={was.effect} now={is_gone ? null : effect} chosen={chosen} />}
        {!is_gone && <WhatItDoes effect={effect} chosen={chosen} onChoose={setChosen} />}
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
            {t(was === null ? 'inbox.apply' : 'inbox.apply_now')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

interface WhatItDoesProps {
  readonly effect: FixView['effect']
  readonly chosen: string
  readonly onChoose: (key: string) => void
}

function WhatItDoes({ effect, chosen, onChoose }: WhatItDoesProps) {
  const { either } = useText()
  if (effect.choices.length < 2)
    return (
      <div>
        <Effect effect={effect} />
      </div>
    )
  return (
    <>
      <p>{either(effect.words.en, effect.words.zh)}</p>
      <PlaceChoices choices={effect.choices} chosen={chosen} onChoose={onChoose} />
    </>
  )
}

// What is shown is what is asked for: no worse way is taken, nor an order that has changed since.
function seenOf(
  { way, version }: FixView['effect'],
  choice: PlaceChoice | undefined,
): Pick<ApplyFix, 'seen' | 'location_id' | 'version'> {
  return {
    ...(way === null ? planSeen(choice) : seenWay(way)),
    ...(choice?.place == null ? {} : { location_id: choice.place.location_id }),
    ...(version === null ? {} : { version }),
  }
}

function seenWay({ cost, arrives_at, location_id }: NonNullable<FixView['effect']['way']>): Pick<ApplyFix, 'seen'> {
  return { seen: { cost, arrives_at, location_id } }
}

function planSeen(choice: PlaceChoice | undefined): Pick<ApplyFix, 'seen'> {
  const { plan = null, units = 0, unmet = 0 } = choice?.outlook ?? {}
  if (plan === null || plan.arrives_at === null) return {}
  return { seen: { cost: plan.paid, arrives_at: plan.arrives_at, units: units - unmet } }
}
