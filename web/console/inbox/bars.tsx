// What stands at the foot: how many are selected and what to do with them, or what was just done and how long it can be taken back.
import { Button } from 'antd'
import { useEffect } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { useText } from '../text.ts'
import type { Inbox, Taken } from './inbox-data.ts'
import type { Work } from './working.ts'

export function SelectedBar({ inbox, work }: { inbox: Inbox; work: Work }) {
  const { t, format } = useText()
  return (
    <div className="bulk-bar" role="status">
      <strong>{t('inbox.selected', { number: format.number(inbox.selected.length) })}</strong>
      <Button type="primary" onClick={work.applyFirst}>
        {t('inbox.apply_many')} <kbd>A</kbd>
      </Button>
      <Button disabled={!work.canWork} onClick={work.putOff}>
        {t('inbox.snooze')} <kbd>S</kbd>
      </Button>
      <Button type="text" onClick={inbox.clear}>
        {t('inbox.clear')} <kbd>Esc</kbd>
      </Button>
    </div>
  )
}

export function UndoBar({ work, taken }: { work: Work; taken: Taken }) {
  const { t, label } = useText()
  const now = useNow('fast')
  const { forget } = work
  const ends_at = taken.undo_until === null ? null : Date.parse(taken.undo_until)
  useEffect(() => {
    const timer = window.setTimeout(forget, Math.max(5_000, (ends_at ?? 0) - Date.now()))
    return () => window.clearTimeout(timer)
  }, [forget, ends_at])
  const seconds = ends_at === null ? 0 : Math.max(0, Math.ceil((ends_at - now) / 1000))
  return (
    <div className="bulk-bar" role="status">
      <Icon name={taken.state === 'closed' ? 'done' : 'clock'} />
      <span>
        {t(taken.state === 'closed' ? 'inbox.done' : 'inbox.waits', {
          fix: label('fix', taken.fix),
          title: taken.title,
        })}
      </span>
      {seconds > 0 && (
        <Button loading={work.undo.isPending} onClick={() => work.undo.mutate(taken.item_id)}>
          {t('inbox.undo', { seconds })} <kbd>U</kbd>
        </Button>
      )}
    </div>
  )
}
