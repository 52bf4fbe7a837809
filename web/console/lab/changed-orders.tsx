// The orders that the sides decide otherwise: what changed, what each side does and why, the largest difference first.
import { Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type ChangedOrder, type ComparisonView, changedFilters, type LabOutcome } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { useNamedServices } from '../frame/places.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { Card } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'

type What = (typeof changedFilters)[number]

export function ChangedOrders({ comparison }: { comparison: ComparisonView }) {
  const { t, format } = useText()
  const [what, setWhat] = useState<What | ''>('')
  const { comparison_id, changed } = comparison
  const list = usePaged<ChangedOrder>({
    key: ['lab', 'orders', comparison_id, what],
    read: (cursor, signal) =>
      ask('GET /lab/comparisons/:comparison_id/orders', {
        params: { comparison_id },
        query: { cursor, limit: 50, ...(what === '' ? {} : { what }) },
        signal,
      }),
  })
  const filter = (
    <Select
      aria-label={t('lab.which_changes')}
      className="lab-choice"
      value={what}
      options={[
        { value: '', label: `${t('lab.what_all')} (${format.number(changed.all)})` },
        ...changedFilters.map((value) => ({
          value,
          label: `${t(`lab.what_${value}`)} (${format.number(changed[value])})`,
        })),
      ]}
      onChange={setWhat}
    />
  )
  return (
    <Card id="lab-orders" title={t('lab.changed')} extra={filter} flush>
      {list.error !== null && list.data === undefined ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingRows rows={4} />
      ) : list.items.length === 0 ? (
        <Empty icon="done" title={t('lab.none_changed')} />
      ) : (
        <>
          <Rows items={list.items} currency={comparison.currency} />
          <MoreRows list={list} />
        </>
      )}
    </Card>
  )
}

function Rows({ items, currency }: { items: readonly ChangedOrder[]; currency: string }) {
  const { t, format } = useText()
  const by = ({ difference }: ChangedOrder) =>
    difference === null ? '—' : `${difference > 0 ? '+' : ''}${format.money(difference, currency)}`
  return (
    <Table
      caption={t('lab.changed')}
      rows={items}
      rowKey={(one) => one.order_id}
      columns={[
        {
          key: 'number',
          title: t('column.number'),
          cell: (one) => (
            <Link className="mono" to={`/app/orders/${one.order_id}`}>
              {one.number}
            </Link>
          ),
        },
        {
          key: 'what',
          title: t('lab.what'),
          cell: (one) =>
            one.what.length === 0 ? t('lab.what_place') : format.list(one.what.map((what) => t(`lab.what_${what}`))),
        },
        { key: 'a', title: 'A', cell: (one) => <Outcome outcome={one.a} currency={currency} /> },
        { key: 'b', title: 'B', cell: (one) => <Outcome outcome={one.b} currency={currency} /> },
        { key: 'by', title: t('lab.difference'), align: 'right', cell: by },
      ]}
    />
  )
}

function Outcome({ outcome, currency }: { outcome: LabOutcome; currency: string }) {
  const { t, either, format } = useText()
  const named = useNamedServices()
  const facts = [
    outcome.cost === null ? '' : format.money(outcome.cost, currency),
    outcome.km === null ? '' : `${format.number(outcome.km)} km`,
    outcome.arrives_at === null ? '' : t('lab.arrives', { day: format.monthDay(outcome.arrives_at) }),
    outcome.rule_name === null ? '' : either(outcome.rule_name.en, outcome.rule_name.zh),
  ].filter((fact) => fact !== '')
  return (
    <div className="lab-outcome">
      <p>{named(either(outcome.says.en, outcome.says.zh))}</p>
      <p className="quiet small">{facts.join(' · ')}</p>
    </div>
  )
}
