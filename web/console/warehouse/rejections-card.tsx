// Which location rejects how often, and why: the question of a manager, under the queues.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { useText } from '../text.ts'

const DAYS = 28

export function RejectionsCard() {
  const { t, label, either, format } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'rejections'],
    queryFn: () => ask('GET /fulfilments/rejections', { query: { days: DAYS } }),
  })
  return (
    <Card id="rejections" title={t('rejections.title', { days: DAYS })} flush>
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data?.locations.length === 0 && <p className="quiet rejections-none">{t('rejections.none')}</p>}
      {data !== undefined && data.locations.length > 0 && (
        <Table
          caption={t('rejections.title', { days: DAYS })}
          rows={data.locations}
          rowKey={(row) => row.location_id}
          columns={[
            { key: 'location', title: t('rejections.location'), cell: (row) => either(row.name, row.name_zh) },
            {
              key: 'share',
              title: t('rejections.share'),
              align: 'right',
              cell: (row) => (
                <>
                  <strong>{format.percent(row.rejections / Math.max(1, row.fulfilments))}</strong>{' '}
                  <span className="quiet nowrap">
                    {t('rejections.of', {
                      rejections: format.number(row.rejections),
                      given: format.number(row.fulfilments),
                    })}
                  </span>
                </>
              ),
            },
            { key: 'units', title: t('rejections.units'), align: 'right', cell: (row) => format.number(row.units) },
            {
              key: 'reasons',
              title: t('rejections.reasons'),
              cell: (row) =>
                format.list(
                  row.reasons.map(
                    ({ reason, rejections }) => `${label('reason', reason)} ${format.number(rejections)}`,
                  ),
                ),
            },
          ]}
        />
      )}
    </Card>
  )
}
