// Orders that a draft would have decided otherwise: before and after, with the difference in money.
import { Link } from 'react-router'
import type { RuleChange } from '../../../src/contracts/policies.ts'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'

export function Changes({ changes, currency }: { changes: readonly RuleChange[]; currency: string }) {
  const { t, either, format } = useText()
  if (changes.length === 0) return null
  const difference = ({ live, draft }: RuleChange) =>
    live.cost === null || draft.cost === null || live.units !== draft.units ? null : draft.cost - live.cost
  const shown = (change: RuleChange) => {
    const more = difference(change)
    return more === null ? '—' : `${more > 0 ? '+' : ''}${format.money(more, currency)}`
  }
  return (
    <Table
      caption={t('rules.changes')}
      rows={changes}
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
        { key: 'live', title: t('rules.before'), cell: (one) => either(one.live.says.en, one.live.says.zh) },
        { key: 'draft', title: t('rules.after'), cell: (one) => either(one.draft.says.en, one.draft.says.zh) },
        { key: 'rule', title: t('rules.by_rule'), from: 'medium', cell: (one) => one.draft.rule_id ?? '—' },
        { key: 'more', title: t('rules.difference'), align: 'right', cell: shown },
      ]}
    />
  )
}
