// Orders that a draft would have decided otherwise, some at a time: before and after, with the difference in money.
import { useState } from 'react'
import { Link } from 'react-router'
import type { RuleChange } from '../../../src/contracts/policies.ts'
import { useNamedServices } from '../frame/places.ts'
import { MoreRows } from '../parts/more-rows.tsx'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'

const ROWS_AT_A_TIME = 20

interface ChangesProps {
  /** Those that are listed. */
  readonly changes: readonly RuleChange[]
  /** How many there are. */
  readonly changed: number
  readonly currency: string
}

export function Changes({ changes, changed, currency }: ChangesProps) {
  const { t, either, format } = useText()
  const named = useNamedServices()
  const [rows, setRows] = useState(ROWS_AT_A_TIME)
  if (changes.length === 0) return null
  const difference = ({ live, draft }: RuleChange) =>
    live.cost === null || draft.cost === null || live.units !== draft.units ? null : draft.cost - live.cost
  const shown = (change: RuleChange) => {
    const more = difference(change)
    return more === null ? '—' : `${more > 0 ? '+' : ''}${format.money(more, currency)}`
  }
  const list = {
    hasNextPage: rows < changes.length,
    isFetchingNextPage: false,
    fetchNextPage: async () => setRows(rows + ROWS_AT_A_TIME),
  }
  return (
    <>
      <Table
        caption={t('rules.changes')}
        rows={changes.slice(0, rows)}
        rowKey={(one) => one.order_id}
        columns={[
          {
            key: 'number',
            title: t('rules.order'),
            cell: (one) => (
              <Link to={`/app/orders/${one.order_id}`} className="mono">
                {one.number}
              </Link>
            ),
          },
          { key: 'live', title: t('rules.before'), cell: (one) => named(either(one.live.says.en, one.live.says.zh)) },
          { key: 'draft', title: t('rules.after'), cell: (one) => named(either(one.draft.says.en, one.draft.says.zh)) },
          { key: 'rule', title: t('rules.by_rule'), from: 'medium', cell: (one) => one.draft.rule_id ?? '—' },
          { key: 'more', title: t('rules.difference'), align: 'right', cell: shown },
        ]}
      />
      {changes.slice(0, rows).some((one) => difference(one) === null) && (
        <p className="quiet small">{t('rules.no_difference')}</p>
      )}
      <MoreRows list={list} />
      {!list.hasNextPage && changes.length < changed && (
        <p className="quiet small">
          {t('rules.changes_listed', { listed: format.number(changes.length), changed: format.number(changed) })}
        </p>
      )}
    </>
  )
}
