// Which part of the inbox is shown: open, mine or snoozed; of the open one a kind or a queue, each with how many wait.
import { Select } from 'antd'
import { itemKinds } from '../../../src/contracts/inbox.ts'
import { useText } from '../text.ts'
import { type Filter, useInboxCounts, useQueueNames } from './inbox-data.ts'

export function Filters({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t, label, format } = useText()
  const { data } = useInboxCounts()
  const queues = useQueueNames()
  const countOf = (rows: readonly { name: string; count: number }[] | undefined, name: string) =>
    format.count(rows?.find((row) => row.name === name)?.count ?? 0)
  const kinds = itemKinds.filter((kind) => (data?.kinds.find((row) => row.name === kind)?.count ?? 0) > 0)
  return (
    <div className="inbox-filters">
      <fieldset className="row wrap" aria-label={t('inbox.view')}>
        {(['open', 'mine', 'snoozed'] as const).map((view) => (
          <button
            key={view}
            type="button"
            className={filter.view === view ? 'chip on' : 'chip'}
            aria-pressed={filter.view === view}
            onClick={() => onFilter({ view })}
          >
            {t(`inbox.view_${view}`)} {data !== undefined && <strong>{format.count(data[view])}</strong>}
          </button>
        ))}
      </fieldset>
      {filter.view === 'open' && (
        <div className="row wrap">
          <Select
            allowClear
            aria-label={t('inbox.kind')}
            placeholder={t('inbox.kind')}
            value={filter.kind}
            options={kinds.map((value) => ({
              value,
              label: `${label('inbox_kind', value)} ${countOf(data?.kinds, value)}`,
            }))}
            onChange={(kind) => onFilter({ view: 'open', ...(kind === undefined ? {} : { kind }) })}
          />
          <Select
            allowClear
            aria-label={t('inbox.queue')}
            placeholder={t('inbox.queue')}
            value={filter.queue}
            options={[...queues].map(([value, name]) => ({ value, label: `${name} ${countOf(data?.queues, value)}` }))}
            onChange={(queue) => onFilter({ view: 'open', ...(queue === undefined ? {} : { queue }) })}
          />
        </div>
      )}
    </div>
  )
}
