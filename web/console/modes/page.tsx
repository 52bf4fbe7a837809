// Modes: the promotion that is on or planned, and those that were, with what was changed although rules were frozen.
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PromotionView } from '../../../src/contracts/modes.ts'
import { ask } from '../../shared/api.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'
import { Degradations } from './degradations.tsx'
import { NewPromotion } from './new-promotion.tsx'
import { PromotionCard } from './promotion-card.tsx'
import '../styles/rules.css'

export function ModesPage() {
  const { t } = useText()
  const may = useMay()
  const [isPlanning, setPlanning] = useState(false)
  const list = usePaged({
    key: ['modes', 'promotions'],
    read: (cursor, signal) => ask('GET /promotions', { query: { cursor, limit: 25 }, signal }),
    live_ms: 15_000,
  })
  const open = list.items.find((one) => one.state === 'planned' || one.state === 'active')
  return (
    <Page
      title={t('mode.title')}
      extra={
        may('modes.write') && (
          <Button type="primary" disabled={open !== undefined} onClick={() => setPlanning(true)}>
            {t('promotion.new')}
          </Button>
        )
      }
    >
      <AllocationTabs here="/app/modes" />
      {list.error !== null && list.data === undefined ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingRows />
      ) : (
        <>
          {open === undefined ? <NoPromotion /> : <PromotionCard promotion={open} />}
          <Degradations />
          <Past items={list.items.filter((one) => one !== open)} more={<MoreRows list={list} />} />
        </>
      )}
      {isPlanning && <NewPromotion onClose={() => setPlanning(false)} />}
    </Page>
  )
}

function NoPromotion() {
  const { t } = useText()
  return (
    <section className="card">
      <Empty icon="clock" title={t('promotion.none')}>
        {t('promotion.none_text')}
      </Empty>
    </section>
  )
}

function Past({ items, more }: { items: readonly PromotionView[]; more: ReactNode }) {
  const { t, format } = useText()
  if (items.length === 0) return null
  return (
    <section className="card flush" aria-label={t('promotion.past')}>
      <Table
        caption={t('promotion.past')}
        rows={items}
        rowKey={(one) => one.promotion_id}
        columns={[
          { key: 'name', title: t('promotion.name'), cell: (one) => one.name },
          {
            key: 'state',
            title: t('promotion.state'),
            cell: (one) => <State kind="promotion" state={one.state} plain />,
          },
          { key: 'reason', title: t('promotion.reason'), from: 'medium', cell: (one) => one.reason },
          { key: 'from', title: t('promotion.from'), cell: (one) => format.moment(one.from) },
          {
            key: 'until',
            title: t('promotion.until'),
            from: 'medium',
            cell: (one) => format.moment(one.ended_at ?? one.until),
          },
          {
            key: 'overrides',
            title: t('promotion.overrides'),
            align: 'right',
            from: 'wide',
            cell: (one) => format.number(one.overrides.length),
          },
        ]}
      />
      {more}
    </section>
  )
}
