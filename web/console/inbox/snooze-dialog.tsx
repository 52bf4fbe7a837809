// Putting an item off: some usual times, one of one's own, and a note for whoever finds it again.
import { Button, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import { Field } from '../parts/field.tsx'
import { dayAfter, fieldOf, instantIn } from '../parts/zoned-field.ts'
import { type Key, useText, useZone } from '../text.ts'

const HOUR_MS = 3_600_000
const MORNING = '09:00'

/** Usual times to put something off to, by the wall clock of a zone. */
export function timesFrom(now: Date, zone: string): { name: Key; until: string }[] {
  const later = (ms: number) => new Date(now.getTime() + ms)
  const today = fieldOf(now.getTime(), zone).slice(0, 10)
  const weekday = new Date(`${today}T00:00Z`).getUTCDay()
  const morning = (days: number) => instantIn(`${dayAfter(today, days)}T${MORNING}`, zone)
  const to_monday = (8 - weekday) % 7 || 7
  return [
    { name: 'inbox.in_hour', until: later(HOUR_MS).toISOString() },
    { name: 'inbox.in_four', until: later(4 * HOUR_MS).toISOString() },
    { name: 'inbox.tomorrow', until: morning(1).toISOString() },
    { name: 'inbox.monday', until: morning(to_monday).toISOString() },
  ]
}

interface TimeChoiceProps {
  readonly times: ReturnType<typeof timesFrom>
  readonly until: string
  readonly onChange: (until: string) => void
}

export function TimeChoice({ times, until, onChange }: TimeChoiceProps) {
  const { t, format } = useText()
  return (
    <fieldset className="row wrap inbox-times" aria-label={t('inbox.until')}>
      {times.map((time) => (
        <button
          key={time.name}
          type="button"
          className={time.until === until ? 'chip on' : 'chip'}
          aria-pressed={time.until === until}
          onClick={() => onChange(time.until)}
        >
          {t(time.name)} <span className="quiet small">{format.moment(time.until)}</span>
        </button>
      ))}
    </fieldset>
  )
}

interface SnoozeDialogProps {
  readonly count: number
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onSnooze: (until: string, note: string | undefined) => void
}

export function SnoozeDialog({ count, isBusy, onClose, onSnooze }: SnoozeDialogProps) {
  const { t } = useText()
  const field = useRef<InputRef>(null)
  const zone = useZone()
  const [times] = useState(() => timesFrom(new Date(), zone))
  const [until, setUntil] = useState(times[0]?.until ?? '')
  const [note, setNote] = useState('')
  return (
    <Modal
      open
      title={t('inbox.snooze_title', { count })}
      footer={null}
      width={480}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onSnooze(until, note.trim() === '' ? undefined : note.trim())
        }}
      >
        <p className="quiet">{t('inbox.snooze_text')}</p>
        <TimeChoice times={times} until={until} onChange={setUntil} />
        <Field name={t('inbox.note')}>
          {(id) => (
            <Input
              aria-labelledby={id}
              ref={field}
              maxLength={500}
              placeholder={t('inbox.optional')}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {t('inbox.snooze')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
