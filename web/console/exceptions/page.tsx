// What the flow could not do by itself: the inbox of all of it, and by source messages that are no orders yet, work that died, money without an order, parcels in trouble.

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { QueueItem } from '../../../src/contracts/views-board.ts'
import { useMay } from '../frame/session.tsx'
import { Inbox } from '../inbox/inbox.tsx'
import { useInboxCounts } from '../inbox/inbox-data.ts'
import { Page } from '../parts/page.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { useText } from '../text.ts'
import { readBoard } from '../today/board.ts'
import { DeadLetters } from './dead-letters.tsx'
import { Imports } from './imports.tsx'
import { ParcelTrouble } from './parcel-trouble.tsx'
import { Staged } from './staged.tsx'
import { UnmatchedPayments } from './unmatched-payments.tsx'
import { Unplaced } from './unplaced.tsx'
import '../styles/exceptions.css'

export function ExceptionsPage() {
  const { t, format } = useText()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const { data: board } = useQuery({ queryKey: ['board'], queryFn: readBoard, enabled: may('insight.read') })
  const tab = (key: string, name: string, queue: QueueItem['queue'] | null, children: React.ReactNode) => {
    const count = board?.queue.find((item) => item.queue === queue)?.count ?? 0
    return { key, name, count: count > 0 ? format.count(count) : '', waits: true, children }
  }
  const open = useInboxCounts().data?.open ?? 0
  const count = open > 0 ? format.count(open) : ''
  const first = { key: 'inbox', name: t('inbox.title'), count, waits: true, children: <Inbox /> }
  const items = [
    first,
    ...(may('intake.read') ? [tab('staged', t('exceptions.staged'), 'staged', <Staged />)] : []),
    ...(may('jobs.read') ? [tab('dead_letters', t('exceptions.dead_letters'), 'dead_letters', <DeadLetters />)] : []),
    ...(may('payment.read')
      ? [tab('payments', t('exceptions.payments'), 'payment_unmatched', <UnmatchedPayments />)]
      : []),
    ...(may('allocation.read') ? [tab('allocation', t('exceptions.allocation'), 'allocation', <Unplaced />)] : []),
    ...(may('shipping.read') ? [tab('parcels', t('exceptions.parcels'), 'parcel_exceptions', <ParcelTrouble />)] : []),
    ...(may('intake.read') ? [tab('imports', t('exceptions.imports'), null, <Imports />)] : []),
  ]
  const chosen = items.find(({ key }) => key === params.get('tab')) ?? first
  return (
    <Page title={t('nav.exceptions')}>
      <section className="card flush exceptions">
        <TabBar
          label={t('nav.exceptions')}
          tabs={items}
          chosen={chosen.key}
          onChoose={(key) => setParams({ tab: key }, { replace: true })}
        />
        {chosen.children}
      </section>
    </Page>
  )
}
