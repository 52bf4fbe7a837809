// Parcels that are stuck, in trouble, lost or sent back, and the word of a person that settles each.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { Link } from 'react-router'
import type { ParcelException } from '../../../src/contracts/views-tracking.ts'
import { ask } from '../../shared/api.ts'
import { useCarrierName } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { MoreRows } from '../parts/more-rows.tsx'
import { usePaged } from '../parts/paged.ts'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Age, CopyText } from '../parts/values.tsx'
import { useText } from '../text.ts'

const OUTCOMES = ['solved', 'delivered', 'lost'] as const

export function ParcelTrouble() {
  const { t, label, format } = useText()
  const carrier = useCarrierName()
  const list = usePaged<ParcelException>({
    key: ['parcel-trouble'],
    read: (cursor) => ask('GET /tracking/exceptions', { query: { cursor, limit: 50 } }),
    live_ms: 30_000,
  })
  if (list.error !== null && list.data === undefined)
    return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (list.data === undefined) return <LoadingRows />
  if (list.items.length === 0)
    return (
      <Empty icon="truck" title={t('parcels.empty')}>
        {t('parcels.empty_text')}
      </Empty>
    )
  return (
    <>
      <Table
        caption={t('exceptions.parcels')}
        rows={list.items}
        rowKey={(item) => item.exception_id}
        columns={[
          {
            key: 'number',
            title: t('parcels.number'),
            cell: (item) =>
              item.tracking_number === null ? (
                '—'
              ) : (
                <CopyText text={item.tracking_number}>
                  <Link className="mono" to={`/app/orders?q=${encodeURIComponent(item.tracking_number)}`}>
                    {item.tracking_number}
                  </Link>
                </CopyText>
              ),
          },
          { key: 'kind', title: t('stock.state'), cell: (item) => <State kind="trouble" state={item.kind} /> },
          {
            key: 'said',
            title: t('parcels.said'),
            cell: (item) => (item.code === null ? t('parcels.silence') : label('scan', item.code)),
          },
          { key: 'carrier', title: t('decision.carrier'), from: 'medium', cell: (item) => carrier(item.carrier) },
          {
            key: 'promised',
            title: t('column.promise'),
            from: 'medium',
            cell: (item) => (item.promised_at === null ? '—' : format.date(item.promised_at)),
          },
          { key: 'age', title: t('unplaced.waits'), cell: (item) => <Age since={item.opened_at} /> },
          { key: 'end', title: '', align: 'right', cell: (item) => <Close item={item} /> },
        ]}
      />
      <MoreRows list={list} />
    </>
  )
}

function Close({ item }: { item: ParcelException }) {
  const { t } = useText()
  const may = useMay()
  const { message, modal } = App.useApp()
  const queries = useQueryClient()
  const close = useMutation({
    mutationFn: (outcome: (typeof OUTCOMES)[number]) =>
      ask('POST /tracking/exceptions/:id/closing', { params: { id: item.exception_id }, body: { outcome } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['parcel-trouble'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (!may('tracking.write')) return null
  const choose = (outcome: (typeof OUTCOMES)[number]) =>
    void modal.confirm({
      title: t(`outcome.${outcome}`),
      content: t(`outcome_text.${outcome}`),
      okText: t('action.confirm'),
      cancelText: t('action.back'),
      okButtonProps: { danger: outcome === 'lost' },
      onOk: () => close.mutateAsync(outcome).catch(() => undefined),
    })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: OUTCOMES.map((outcome) => ({
          key: outcome,
          label: t(`outcome.${outcome}`),
          onClick: () => choose(outcome),
        })),
      }}
    >
      <Button size="small" loading={close.isPending} icon={<Icon name="down" size={12} />} iconPlacement="end">
        {t('parcels.settle')}
      </Button>
    </Dropdown>
  )
}
