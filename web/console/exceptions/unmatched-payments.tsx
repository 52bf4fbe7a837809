// Money that came without an order that awaits it: never lost, matched by hand.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago, Money } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function UnmatchedPayments() {
  const { t } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['unmatched'],
    queryFn: () => ask('GET /payments/unmatched'),
    refetchInterval: 30_000,
  })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows />
  if (data.items.length === 0)
    return (
      <Empty icon="money" title={t('unmatched.empty')}>
        {t('unmatched.empty_text')}
      </Empty>
    )
  return (
    <Table
      caption={t('exceptions.payments')}
      rows={data.items}
      rowKey={(item) => `${item.intent_id ?? ''}${item.reference ?? ''}${item.at}`}
      columns={[
        {
          key: 'reference',
          title: t('unmatched.reference'),
          cell: (item) => <span className="mono">{item.reference ?? '—'}</span>,
        },
        { key: 'provider', title: t('unmatched.provider'), cell: (item) => item.provider ?? '—' },
        { key: 'state', title: t('stock.state'), cell: (item) => <State kind="unmatched" state={item.state} /> },
        { key: 'at', title: t('staged.received'), cell: (item) => <Ago at={item.at} /> },
        {
          key: 'amount',
          title: t('unmatched.amount'),
          align: 'right',
          cell: (item) => <Money amount={item.amount} currency={item.currency} strong />,
        },
      ]}
    />
  )
}
