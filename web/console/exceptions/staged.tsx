// Messages that are kept but are no orders yet: why, and the try again once the cause is mended.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { StagedItem } from '../../../src/contracts/views-intake.ts'
import { ask } from '../../shared/api.ts'
import { useChannelName } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { usePaged } from '../parts/paged.ts'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function Staged() {
  const { t, format } = useText()
  const channel = useChannelName()
  const list = usePaged({
    key: ['staged'],
    read: (cursor) => ask('GET /intake/staged', { query: { state: 'waiting', cursor, limit: 50 } }),
    live_ms: 30_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  const items = list.items
  if (items.length === 0)
    return (
      <Empty icon="inbox" title={t('staged.empty')}>
        {t('staged.empty_text')}
      </Empty>
    )
  return (
    <>
      <Table
        caption={t('exceptions.staged')}
        rows={items}
        rowKey={(item) => item.staged_id}
        columns={[
          {
            key: 'external',
            title: t('column.external'),
            cell: (item) => <span className="mono">{item.external_id}</span>,
          },
          { key: 'channel', title: t('column.channel'), from: 'medium', cell: (item) => channel(item.channel) },
          { key: 'why', title: t('staged.why'), cell: (item) => <Reasons item={item} /> },
          { key: 'at', title: t('staged.received'), cell: (item) => <Ago at={item.received_at} /> },
          {
            key: 'attempts',
            title: t('staged.attempts'),
            align: 'right',
            from: 'medium',
            cell: (item) => format.number(item.attempts),
          },
          { key: 'again', title: '', align: 'right', cell: (item) => <Replay item={item} /> },
        ]}
      />
      <MoreRows list={list} />
    </>
  )
}

function Reasons({ item }: { item: StagedItem }) {
  const { label, language } = useText()
  return (
    <ul>
      {item.reasons.slice(0, 4).map((reason) => (
        <li key={`${reason.code}${reason.pointer ?? ''}`}>
          {(language === 'zh-CN' ? reason.text?.zh : reason.text?.en) ?? label('staged_reason', reason.code)}
          {reason.detail !== null && <span className="quiet"> {reason.detail}</span>}
          {reason.pointer !== null && <span className="mono small quiet"> {reason.pointer}</span>}
        </li>
      ))}
    </ul>
  )
}

function Replay({ item }: { item: StagedItem }) {
  const { t } = useText()
  const may = useMay()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => ask('POST /intake/staged/:id/replay', { params: { id: item.staged_id } }),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['staged'] })
      if (answer.state === 'replayed') void message.success(t('staged.replayed'))
      else void message.warning(t('staged.still'))
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (!may('intake.replay')) return null
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      {t('staged.replay')}
    </Button>
  )
}
