// One order on one page: what it is and what holds it, its goods and parcels and story, its customer, money and decision.
import { Button } from 'antd'
import { useParams } from 'react-router'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { ProblemError } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingPage, Trouble } from '../parts/conditions.tsx'
import { Page } from '../parts/page.tsx'
import { useTitle } from '../parts/title.ts'
import { useText } from '../text.ts'
import { Actions, ReleaseHold } from './actions.tsx'
import { AddressCard, CustomerCard } from './customer-card.tsx'
import { DecisionCard } from './decision-card.tsx'
import { HoldList } from './holds.tsx'
import { LinesCard } from './lines-card.tsx'
import { MoneyCard } from './money-card.tsx'
import { NotesCard } from './notes-card.tsx'
import { useOrder } from './order-data.ts'
import { OrderHead } from './order-head.tsx'
import { ParcelsCard } from './parcels-card.tsx'
import { TimelineCard } from './timeline-card.tsx'
import '../styles/orders.css'
import '../styles/order.css'

export function OrderPage() {
  const { id = '' } = useParams()
  const { t } = useText()
  const { data, error, refetch } = useOrder(id)
  if (data !== undefined) return <Order order={data} />
  if (error === null) return <LoadingPage />
  return (
    <Page title={t('order.title')}>
      {error instanceof ProblemError && error.status === 404 ? (
        <Empty icon="orders" title={t('order.missing')}>
          <p>{t('order.missing_text')}</p>
          <Button href="/app/orders">{t('order.to_list')}</Button>
        </Empty>
      ) : (
        <Trouble error={error} retry={() => void refetch()} />
      )}
    </Page>
  )
}

function Order({ order }: { order: OrderDetail }) {
  const may = useMay()
  useTitle(order.number)
  return (
    <div className="page">
      <OrderHead order={order}>
        <Actions order={order} />
      </OrderHead>
      {order.holds.length > 0 && (
        <HoldList holds={order.holds} action={(hold) => <ReleaseHold order={order} hold={hold} />} />
      )}
      <div className="order-columns">
        <div className="stack order-left">
          <LinesCard order={order} />
          <ParcelsCard order={order} />
          <TimelineCard order_id={order.order_id} />
        </div>
        <div className="stack order-right">
          <CustomerCard order={order} />
          <AddressCard order={order} />
          {may('payment.read') && <MoneyCard order={order} />}
          {may('allocation.read') && <DecisionCard order={order} />}
          <NotesCard order={order} />
        </div>
      </div>
    </div>
  )
}
