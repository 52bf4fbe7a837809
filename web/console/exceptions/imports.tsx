// Imports of files: how far each is, and how its rows were accounted for.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function Imports() {
  const { t, format } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['imports'],
    queryFn: () => ask('GET /imports'),
    refetchInterval: 5_000,
  })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows />
  if (data.items.length === 0) {
    return (
      <Empty icon="download" title={t('imports.empty')}>
        <p>{t('imports.empty_text')}</p>
        <code className="mono">bin/ordo import orders &lt;folder&gt; --map mapping.json</code>
      </Empty>
    )
  }
  const number = (key: 'rows_read' | 'accepted' | 'staged' | 'rejected') => ({
    key,
    title: t(`imports.${key}`),
    align: 'right' as const,
    cell: (item: (typeof data.items)[number]) => format.number(item[key]),
  })
  return (
    <Table
      caption={t('exceptions.imports')}
      rows={data.items}
      rowKey={(item) => item.import_id}
      columns={[
        { key: 'name', title: t('imports.name'), cell: (item) => item.name },
        { key: 'state', title: t('stock.state'), cell: (item) => <State kind="import" state={item.state} /> },
        { key: 'at', title: t('imports.started'), cell: (item) => <Ago at={item.started_at} /> },
        number('rows_read'),
        number('accepted'),
        number('staged'),
        number('rejected'),
      ]}
    />
  )
}
