// Orders: views as tabs, search and filters, the list, a preview at the side, a bar for what is selected.
import { Button, Grid } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OrderListItem } from '../../../src/contracts/views-orders.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { useKeys } from '../parts/keys.ts'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { BulkBar } from './bulk-bar.tsx'
import { Filters } from './filters.tsx'
import { filterNames, type ListQuestion, useListQuestion, useOrders } from './list-query.ts'
import { OrderCards, OrderTable } from './order-table.tsx'
import { Preview } from './preview.tsx'
import { ViewTabs } from './view-tabs.tsx'
import '../styles/orders.css'

export function OrdersPage() {
  const { t } = useText()
  const question = useListQuestion()
  const list = useOrders(question.query)
  const walk = useWalk(list.items)
  const [selected, select] = useSelection()
  const navigate = useNavigate()
  const isWide = Grid.useBreakpoint().lg === true
  useKeys({
    arrowdown: () => walk.step(1),
    arrowup: () => walk.step(-1),
    j: () => walk.step(1),
    k: () => walk.step(-1),
    ' ': () => walk.toggle(),
    escape: () => walk.close(),
    enter: () => walk.order !== undefined && void navigate(`/app/orders/${walk.order.order_id}`),
    x: () => walk.order !== undefined && select([walk.order.order_id], !selected.has(walk.order.order_id)),
  })
  const open = (order: OrderListItem) => void navigate(`/app/orders/${order.order_id}`)
  const previewed = isWide && walk.isOpen ? walk.order : undefined
  return (
    <Page title={t('nav.orders')} wide>
      <div className={previewed !== undefined ? 'order-list previewing' : 'order-list'}>
        <section className="card flush order-list-main" aria-busy={list.isFetching}>
          <ViewTabs question={question} />
          <Filters question={question} />
          {list.error !== null && <Trouble error={list.error} retry={() => void list.refetch()} />}
          {list.isPending && list.error === null && <LoadingRows rows={12} />}
          {list.data !== undefined && list.items.length === 0 && <NothingFound question={question} />}
          {list.items.length > 0 && isWide && (
            <OrderTable
              orders={list.items}
              at={walk.order?.order_id ?? null}
              selected={selected}
              onPoint={walk.point}
              onSelect={select}
            />
          )}
          {list.items.length > 0 && !isWide && <OrderCards orders={list.items} onOpen={open} />}
          <MoreRows list={list} />
        </section>
        {previewed !== undefined && <Preview order={previewed} onClose={walk.close} />}
      </div>
      {selected.size > 0 && (
        <BulkBar
          orders={list.items.filter((order) => selected.has(order.order_id))}
          onDone={() => select([...selected], false)}
        />
      )}
    </Page>
  )
}

/** The place in the list, by id, so that new orders above do not move it. */
function useWalk(orders: readonly OrderListItem[]) {
  const [at, setAt] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const index = orders.findIndex((order) => order.order_id === at)
  const order = orders[index]
  return {
    order,
    isOpen,
    step(by: number) {
      const next = orders[Math.max(0, Math.min(index + by, orders.length - 1))]
      if (next === undefined) return
      setAt(next.order_id)
      setOpen(true)
    },
    point(order_id: string) {
      setAt(order_id)
      setOpen(true)
    },
    toggle: () => setOpen(!isOpen && order !== undefined),
    close: () => setOpen(false),
  }
}

function useSelection(): readonly [ReadonlySet<string>, (order_ids: readonly string[], isOn: boolean) => void] {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const select = (order_ids: readonly string[], isOn: boolean) => {
    setSelected((before) => {
      const after = new Set(before)
      for (const id of order_ids) {
        if (isOn) after.add(id)
        else after.delete(id)
      }
      return after
    })
  }
  return [selected, select]
}

function NothingFound({ question }: { question: ListQuestion }) {
  const { t } = useText()
  const isFiltered =
    question.q !== '' || question.tab !== 'all' || filterNames.some((name) => question.params.has(name))
  if (!isFiltered) {
    return (
      <Empty icon="orders" title={t('orders.empty')}>
        {t('orders.empty_text')}
      </Empty>
    )
  }
  const clear = () =>
    question.set({ ...Object.fromEntries(filterNames.map((name) => [name, null])), q: null, tab: null, view: null })
  return (
    <Empty icon="search" title={t('orders.none')}>
      <p>{question.q === '' ? t('orders.none_filtered') : t('orders.none_search')}</p>
      <Button onClick={clear}>{t('orders.clear')}</Button>
    </Empty>
  )
}
