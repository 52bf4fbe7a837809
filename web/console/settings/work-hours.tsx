// Weekly windows of work and the days that are closed, as rows that are added and taken away.
import { Button, Checkbox, Input, Select, Tag } from 'antd'
import { useId, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { newWindow, type WorkFieldsProps, type WorkWindow } from './work-draft.ts'

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
/** 1 January 2024 was a Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000
const WINDOWS_AT_MOST = 21
const CLOSED_AT_MOST = 366

/** Monday to Sunday, 1 to 7, as the language writes them in short. */
export function dayNames(language: string): ReadonlyMap<number, string> {
  const short = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return new Map(DAYS.map((day) => [day, short.format(MONDAY_MS + (day - 1) * DAY_MS)]))
}

export function WorkHours({ draft, set }: WorkFieldsProps) {
  const { t } = useText()
  const { windows } = draft
  const change = (row: number, part: Partial<WorkWindow>) =>
    set({ windows: windows.map((window) => (window.row === row ? { ...window, ...part } : window)) })
  return (
    <>
      <h3>{t('work.hours')}</h3>
      <Checkbox checked={draft.is_always_open} onChange={(event) => set({ is_always_open: event.target.checked })}>
        {t('work.always_open')}
      </Checkbox>
      {!draft.is_always_open && (
        <>
          <p className="quiet small">{t('work.hours_text')}</p>
          {windows.map((window, index) => (
            <WindowRow
              key={window.row}
              window={window}
              number={index + 1}
              change={(part) => change(window.row, part)}
              remove={() => set({ windows: windows.filter((one) => one !== window) })}
            />
          ))}
          <Button
            size="small"
            disabled={windows.length >= WINDOWS_AT_MOST}
            onClick={() =>
              set({ windows: [...windows, newWindow(Math.max(-1, ...windows.map(({ row }) => row)) + 1)] })
            }
          >
            {t('work.add_window')}
          </Button>
          <ClosedDays draft={draft} set={set} />
        </>
      )}
    </>
  )
}

interface WindowRowProps {
  readonly window: WorkWindow
  readonly number: number
  readonly change: (part: Partial<WorkWindow>) => void
  readonly remove: () => void
}

function WindowRow({ window, number, change, remove }: WindowRowProps) {
  const { t, language } = useText()
  const names = dayNames(language)
  return (
    <div className="work-window">
      <Select
        aria-label={t('work.days_of', { number })}
        mode="multiple"
        showSearch={false}
        value={[...window.days]}
        options={DAYS.map((value) => ({ value, label: names.get(value) }))}
        onChange={(days) => change({ days })}
      />
      <Input
        aria-label={t('work.from_of', { number })}
        type="time"
        value={window.from}
        onChange={(event) => change({ from: event.target.value })}
      />
      <Input
        aria-label={t('work.to_of', { number })}
        type="time"
        value={window.to}
        onChange={(event) => change({ to: event.target.value })}
      />
      <button type="button" className="ghost" aria-label={t('work.remove_window', { number })} onClick={remove}>
        <Icon name="cross" size={14} />
      </button>
    </div>
  )
}

function ClosedDays({ draft, set }: WorkFieldsProps) {
  const { t, format } = useText()
  const [day, setDay] = useState('')
  const id = useId()
  const days = [...draft.closed_on].sort()
  const add = () => {
    set({ closed_on: [...new Set([...draft.closed_on, day])] })
    setDay('')
  }
  return (
    <>
      <h3 id={id}>{t('work.closed_on')}</h3>
      <div className="work-closed">
        {days.map((one) => (
          <Tag key={one} closable onClose={() => set({ closed_on: draft.closed_on.filter((other) => other !== one) })}>
            {format.date(`${one}T12:00:00`)}
          </Tag>
        ))}
        <Input
          aria-labelledby={id}
          type="date"
          style={{ width: 150 }}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <Button size="small" disabled={day === '' || days.length >= CLOSED_AT_MOST} onClick={add}>
          {t('work.add_day')}
        </Button>
      </div>
    </>
  )
}
