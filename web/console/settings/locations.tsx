// The locations with when they work and what they take; hours and capacity are edited here.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Pill } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { type Text, useText } from '../text.ts'
import { WorkDialog } from './work-dialog.tsx'
import type { Location } from './work-draft.ts'
import { dayNames } from './work-hours.tsx'

export function Locations() {
  const text = useText()
  const { t, either } = text
  const [edited, setEdited] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({ queryKey: ['locations'], queryFn: () => ask('GET /locations') })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows />
  if (data.items.length === 0) return <Empty icon="warehouse" title={t('work.no_locations')} />
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">{t('work.locations_text')}</p>
      </div>
      <Table
        caption={t('settings.locations')}
        rows={data.items}
        rowKey={(one) => one.location_id}
        columns={[
          { key: 'name', title: t('load.location'), cell: (one) => <strong>{either(one.name, one.name_zh)}</strong> },
          {
            key: 'state',
            title: t('stock.state'),
            cell: (one) =>
              one.state === 'open' ? (
                <Pill tone="ok" icon="check">
                  {t('work.open')}
                </Pill>
              ) : (
                <Pill tone="idle" icon="crossed">
                  {t('work.closed')}
                </Pill>
              ),
          },
          { key: 'hours', title: t('work.hours'), cell: (one) => hoursOf(text, one) },
          { key: 'cut_off', title: t('work.cut_off'), from: 'medium', cell: (one) => one.cut_off },
          { key: 'capacity', title: t('work.capacity'), cell: (one) => capacityOf(text, one) },
          {
            key: 'edit',
            title: '',
            align: 'right',
            cell: (one) => (
              <Button
                size="small"
                aria-label={t('capacity.edit_of', { name: either(one.name, one.name_zh) })}
                onClick={() => setEdited(one.location_id)}
              >
                {t('capacity.edit')}
              </Button>
            ),
          },
        ]}
      />
      {edited !== null && <WorkDialog location_id={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function hoursOf({ t, language, format }: Text, { hours }: Location): string {
  if (hours === undefined) return t('work.always_open')
  const names = dayNames(language)
  return hours.weekly
    .map(({ days, from, to }) => `${format.list(days.map((day) => names.get(day) ?? ''))} ${from}–${to}`)
    .join(language === 'zh-CN' ? '；' : '; ')
}

function capacityOf({ t, format }: Text, { capacity }: Location): string {
  if (capacity === undefined) return t('work.no_limit')
  const limits = (['orders', 'lines', 'minutes'] as const).flatMap((kind) => {
    const most = capacity[kind]
    return most === undefined ? [] : [t(`work.most_${kind}`, { most: format.number(most) })]
  })
  return t('work.per_slot', { limits: format.list(limits), slot: format.span(capacity.slot_minutes * 60) })
}
