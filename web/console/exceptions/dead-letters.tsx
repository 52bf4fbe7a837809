// Work that failed for good: which step, for what, why; one press sends it again.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Link } from 'react-router'
import type { DeadLetterView } from '../../../src/contracts/views-intake.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function DeadLetters() {
  const { t, label, format } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['dead-letters'],
    queryFn: () => ask('GET /dead-letters'),
    refetchInterval: 30_000,
  })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows />
  if (data.items.length === 0)
    return (
      <Empty icon="done" title={t('dead.empty')}>
        {t('dead.empty_text')}
      </Empty>
    )
  return (
    <Table
      caption={t('exceptions.dead_letters')}
      rows={data.items}
      rowKey={(item) => item.job_id}
      columns={[
        { key: 'step', title: t('river.step'), cell: (item) => label('machine_step', item.step) },
        {
          key: 'subject',
          title: t('dead.subject'),
          cell: (item) =>
            item.subject_number === null ? (
              <span className="mono small">{item.subject.slice(0, 8)}</span>
            ) : (
              <Link className="mono" to={`/app/orders/${item.subject}`}>
                {item.subject_number}
              </Link>
            ),
        },
        {
          key: 'error',
          title: t('dead.error'),
          cell: (item) => (
            <span className="dead-error mono small" title={item.error}>
              {item.error}
            </span>
          ),
        },
        {
          key: 'attempts',
          title: t('staged.attempts'),
          align: 'right',
          from: 'medium',
          cell: (item) => format.number(item.attempts),
        },
        { key: 'at', title: t('dead.died'), cell: (item) => <Ago at={item.died_at} /> },
        { key: 'again', title: '', align: 'right', cell: (item) => <Retry item={item} /> },
      ]}
    />
  )
}

function Retry({ item }: { item: DeadLetterView }) {
  const { t } = useText()
  const may = useMay()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => ask('POST /dead-letters/:id/retry', { params: { id: item.job_id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['dead-letters'] })
      void message.success(t('dead.sent'))
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (!may('jobs.retry')) return null
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      {t('dead.retry')}
    </Button>
  )
}
