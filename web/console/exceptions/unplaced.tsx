// Orders that no allowed set of locations can send: what is missing, what it is worth, and the try again.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Link } from 'react-router'
import { ask, type Reply } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { reasonText } from '../inbox/words.ts'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { usePaged } from '../parts/paged.ts'
import { Table } from '../parts/table.tsx'
import { Age, Money } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'

type Unsent = Reply<'GET /allocation/exceptions'>['items'][number]

export function Unplaced() {
  const text = useText()
  const { t, format } = text
  const list = usePaged<Unsent>({
    key: ['unplaced'],
    read: (cursor) => ask('GET /allocation/exceptions', { query: { cursor, limit: 50 } }),
    live_ms: 30_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  if (list.items.length === 0)
    return (
      <Empty icon="pin" title={t('unplaced.empty')}>
        {t('unplaced.empty_text')}
      </Empty>
    )
  return (
    <>
      <Table
        caption={t('exceptions.allocation')}
        rows={list.items}
        rowKey={(item) => item.exception_id}
        columns={[
          {
            key: 'order',
            title: t('column.number'),
            cell: (item) => (
              <Link className="mono" to={`/app/orders/${item.order_id}`}>
                {item.number}
              </Link>
            ),
          },
          { key: 'why', title: t('staged.why'), cell: (item) => reasonText(text, item.reason) },
          {
            key: 'skus',
            title: t('stock.sku'),
            from: 'medium',
            cell: (item) => (
              <span className="mono small">
                {item.skus.slice(0, 4).join(', ')}
                {item.skus.length > 4 ? ` +${item.skus.length - 4}` : ''}
              </span>
            ),
          },
          { key: 'units', title: t('column.units'), align: 'right', cell: (item) => format.number(item.units) },
          {
            key: 'value',
            title: t('column.total'),
            align: 'right',
            cell: (item) => <Money amount={item.value} currency={item.currency} />,
          },
          { key: 'age', title: t('unplaced.waits'), cell: (item) => <Age since={item.opened_at} /> },
          {
            key: 'next',
            title: t('unplaced.next'),
            from: 'medium',
            cell: (item) => nextTry(text, item),
          },
          { key: 'again', title: '', align: 'right', cell: (item) => <Again item={item} /> },
        ]}
      />
      <MoreRows list={list} />
    </>
  )
}

function nextTry({ t, format }: Text, { reason, try_again_at }: Unsent): string {
  const is_over = reason === 'too_many_attempts'
  if (try_again_at === null) return t(is_over ? 'unplaced.by_hand' : 'unplaced.on_change')
  const at = format.moment(try_again_at)
  return is_over ? t('unplaced.by_hand_until', { at }) : at
}

function Again({ item }: { item: Unsent }) {
  const { t } = useText()
  const may = useMay()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => ask('POST /orders/:id/allocation', { params: { id: item.order_id } }),
    onSuccess: async () => {
      void message.success(t('unplaced.asked'))
      await queries.invalidateQueries({ queryKey: ['unplaced'] })
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (!may('allocation.decide')) return null
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      {t('action.retry')}
    </Button>
  )
}
