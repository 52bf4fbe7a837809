// Everything that can be done with the item at hand or those selected, by button and by key alike.
import { useCallback, useState } from 'react'
import { useNavigate } from 'react-router'
import type { FixView, InboxItem } from '../../../src/contracts/inbox.ts'
import { ask, type Reply } from '../../shared/api.ts'
import { useMay, useSession } from '../frame/session.tsx'
import { type Bindings, useKeys } from '../parts/keys.ts'
import type { LookedAt } from './fix-dialog.tsx'
import { type Inbox, type Taken, useApply, useClaim, useInboxCase, useWork } from './inbox-data.ts'

/** Some of many were refused. */
export interface Refused {
  readonly items: readonly InboxItem[]
  readonly results: Reply<'POST /inbox/snoozes'>['items']
}

type Dialog =
  | ({ readonly name: 'fix' } & LookedAt)
  | { readonly name: 'snooze' | 'bulk' }
  | ({ readonly name: 'refused' } & Refused)
  | null

/** State of the work, and its keys while no dialog is open. */
export function useWorking(inbox: Inbox) {
  const { current, selected } = inbox
  const go = useNavigate()
  const me = useSession().staff_id
  const { data: found } = useInboxCase(current?.item_id ?? '')
  const { dialog, setDialog, open, openFix, lookAgain } = useDialog(inbox)
  const [moves, setMoves] = useState(0)
  const [taken, setTaken] = useState<Taken | null>(null)
  const forget = useCallback(() => setTaken(null), [])
  const goOn = () => {
    setDialog(null)
    setMoves((before) => before + 1)
  }
  const claim = useClaim(me)
  const apply = useApply((made) => {
    setTaken(made)
    goOn()
  }, lookAgain)
  const undo = useWork((item_id: string) => ask('DELETE /inbox/items/:id/fix', { params: { id: item_id } }), forget)
  const snooze = useSnooze(inbox, goOn, (refused) => setDialog({ name: 'refused', ...refused }))
  // What this person may apply first: the same that stands out as the button.
  const openFirst = () => openFix(found?.fixes.find((fix) => fix.allowed))
  const move = (by: number) => () => {
    inbox.step(by)
    setMoves((before) => before + 1)
  }
  const may = useMay()
  const work = {
    dialog,
    close: () => setDialog(null),
    openFix,
    moves,
    goOn,
    apply,
    snooze,
    undo,
    taken,
    forget,
    canWork: may('orders.hold'),
    isMine: current?.assignee === me && current.claimed_at !== null,
    claim: () => {
      if (current !== undefined && may('orders.hold') && !claim.isPending) claim.mutate(current)
    },
    applyFirst: () => (selected.length > 0 ? open({ name: 'bulk' }) : openFirst()),
    putOff: () => may('orders.hold') && open({ name: 'snooze' }),
  }
  useKeys({
    j: move(1),
    k: move(-1),
    arrowdown: move(1),
    arrowup: move(-1),
    enter: () => current?.order_id !== null && void go(`/app/orders/${current?.order_id}`),
    x: () => current !== undefined && inbox.toggle(current.item_id),
    c: work.claim,
    s: work.putOff,
    a: work.applyFirst,
    u: () => taken?.undo_until != null && undo.mutate(taken.item_id),
    escape: inbox.clear,
    ...byDigit((index) => openFix(found?.fixes[index])),
  })
  return work
}

// The one dialog that is open. That of a fix stays with its item, whatever becomes of the list behind it.
function useDialog({ current, hold }: Inbox) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const open = (next: Dialog) => {
    hold()
    setDialog(next)
  }
  const openFix = (fix: FixView | undefined) => {
    if (fix?.allowed === true && current !== undefined)
      open({ name: 'fix', item: current, fix, was: null, is_gone: false })
  }
  const lookAgain = (item: InboxItem, fixes: readonly FixView[]) =>
    setDialog((before) => lookedAgain(before, item, fixes))
  return { dialog, setDialog, open, openFix, lookAgain }
}

// The same fix as it is now, while its dialog is still open.
function lookedAgain(dialog: Dialog, { item_id }: InboxItem, fixes: readonly FixView[]): Dialog {
  if (dialog?.name !== 'fix' || dialog.item.item_id !== item_id) return dialog
  const now = fixes.find(({ fix, allowed }) => allowed && fix === dialog.fix.fix)
  return { ...dialog, fix: now ?? dialog.fix, was: dialog.fix, is_gone: now === undefined }
}

/** The keys 1 to 9, each with its place. */
function byDigit(run: (index: number) => void): Bindings {
  return Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), () => run(index)]))
}

export type Work = ReturnType<typeof useWorking>

interface Snoozing {
  readonly until: string
  readonly note: string | undefined
}

/** Those that are selected are put off by one call, and what was refused of them is shown; else the one at hand. */
function useSnooze({ selected, current, clear }: Inbox, done: () => void, onRefused: (refused: Refused) => void) {
  return useWork(
    async ({ until, note }: Snoozing): Promise<Refused | null> => {
      const wish = { until, ...(note === undefined ? {} : { note }) }
      if (selected.length === 0) {
        await ask('POST /inbox/items/:id/snooze', { params: { id: current?.item_id ?? '' }, body: wish })
        return null
      }
      const { items } = await ask('POST /inbox/snoozes', {
        body: { ...wish, item_ids: selected.map((item) => item.item_id) },
      })
      return items.some((one) => one.state === 'refused') ? { items: selected, results: items } : null
    },
    (refused) => {
      clear()
      if (refused === null) done()
      else onRefused(refused)
    },
  )
}
