// Parcels that the carrier reports as stuck, damaged or lost, with their orders.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'

const TROUBLE: ReadonlySet<string> = new Set(['exception', 'lost', 'returned'])

export function ParcelTrouble() {
  const { t, label } = useText()
  const { data, error, refetch } = useQuery({ queryKey: ['parcel-trouble'], queryFn: () => ask('GET /fulfilments', { query: { state: 'shipped', limit: 100 } }), refetchInterval: 30_000 })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows />
  const parcels = data.items.flatMap((item) => item.parcels).filter((parcel) => TROUBLE.has(parcel.state))
  if (parcels.length === 0) return <Empty icon="truck" title={t('parcels.empty')}>{t('parcels.empty_text')}</Empty>
  return (
    <Table
      caption={t('exceptions.parcels')}
      rows={parcels}
      rowKey={(parcel) => parcel.parcel_id}
      columns={[
        { key: 'number', title: t('parcels.number'), cell: (parcel) => <Link className="mono" to={`/app/orders/${parcel.lines[0]?.order_id ?? ''}`}>{parcel.tracking_number ?? '—'}</Link> },
        { key: 'state', title: t('stock.state'), cell: (parcel) => <State kind="parcel" state={parcel.state} /> },
        { key: 'carrier', title: t('decision.carrier'), cell: (parcel) => `${parcel.carrier} ${parcel.service}` },
        { key: 'said', title: t('parcels.said'), cell: (parcel) => { const scan = parcel.scans.at(-1); return scan === undefined ? '—' : `${label('scan', scan.code)} ${scan.text ?? ''}` } },
        { key: 'at', title: t('rate.time'), align: 'right', cell: (parcel) => <Ago at={parcel.scans.at(-1)?.at ?? parcel.handed_over_at} /> },
      ]}
    />
  )
}
