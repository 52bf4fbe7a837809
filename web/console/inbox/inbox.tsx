// The inbox: everything that needs a person, the most pressing first; claimed, put off and settled with the mouse or the keyboard alone.
import { Button } from 'antd'
import { useState } from 'react'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { useText } from '../text.ts'
import { SelectedBar, UndoBar } from './bars.tsx'
import { BulkDialog, RefusedDialog } from './bulk-dialog.tsx'
import { Case } from './case.tsx'
import { Filters } from './filters.tsx'
import { FixDialog } from './fix-dialog.tsx'
import { type Filter, type Inbox as InboxState, useInbox } from './inbox-data.ts'
import { ItemList } from './item-list.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { useWorking, type Work } from './working.ts'
import '../styles/orders.css'
import '../styles/review.css'
import '../styles/inbox.css'

export function Inbox() {
  const { t } = useText()
  const [filter, setFilter] = useState<Filter>({ view: 'open' })
  const inbox = useInbox(filter)
  const { list, items, current } = inbox
  return (
    <div className="inbox">
      <Filters filter={filter} onFilter={setFilter} />
      {list.error !== null && list.data === undefined ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingRows />
      ) : items.length === 0 || current === undefined ? (
        <Empty icon="done" title={t(filter.view === 'snoozed' ? 'inbox.none_snoozed' : 'inbox.empty')}>
          {t('inbox.empty_text')}
        </Empty>
      ) : (
        <Working inbox={inbox} />
      )}
    </div>
  )
}

function Working({ inbox }: { inbox: InboxState }) {
  const { list, items, current, selected } = inbox
  const work = useWorking(inbox)
  if (current === undefined) return null
  return (
    <>
      <div className="inbox-columns">
        <section className="inbox-side">
          <ItemList
            items={items}
            at={current.item_id}
            selected={new Set(selected.map((item) => item.item_id))}
            moves={work.moves}
            onChoose={inbox.choose}
            onToggle={inbox.toggle}
          />
          <MoreRows list={list} />
        </section>
        <Case key={current.item_id} item={current} onFix={work.openFix} actions={<Actions work={work} />} />
      </div>
      {selected.length > 0 && work.dialog === null && <SelectedBar inbox={inbox} work={work} />}
      {work.taken !== null && selected.length === 0 && work.dialog === null && (
        <UndoBar work={work} taken={work.taken} />
      )}
      <Dialogs inbox={inbox} work={work} />
    </>
  )
}

function Actions({ work }: { work: Work }) {
  const { t } = useText()
  return (
    <div className="decide">
      <Button disabled={!work.canWork} onClick={work.claim}>
        {t(work.isMine ? 'inbox.release' : 'inbox.claim')} <kbd>C</kbd>
      </Button>
      <Button disabled={!work.canWork} onClick={work.putOff}>
        {t('inbox.snooze')} <kbd>S</kbd>
      </Button>
      <span className="quiet small inbox-keys from-medium">{t('inbox.keys')}</span>
    </div>
  )
}

function Dialogs({ inbox, work }: { inbox: InboxState; work: Work }) {
  const { current, selected } = inbox
  const { dialog } = work
  if (dialog === null || current === undefined) return null
  if (dialog.name === 'fix')
    return (
      <FixDialog
        looked={dialog}
        isBusy={work.apply.isPending}
        onClose={work.close}
        onApply={(wish) => work.apply.mutate({ item: dialog.item, wish })}
      />
    )
  if (dialog.name === 'snooze')
    return (
      <SnoozeDialog
        count={Math.max(1, selected.length)}
        isBusy={work.snooze.isPending}
        onClose={work.close}
        onSnooze={(until, note) => work.snooze.mutate({ until, note })}
      />
    )
  if (dialog.name === 'refused')
    return <RefusedDialog items={dialog.items} results={dialog.results} onDone={work.goOn} />
  return (
    <BulkDialog
      items={selected}
      onClose={work.close}
      onDone={() => {
        inbox.clear()
        work.goOn()
      }}
    />
  )
}
