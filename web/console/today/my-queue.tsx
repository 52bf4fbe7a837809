// What waits for this person, most urgent first; each opens where it is done.
import { Link } from 'react-router'
import type { QueueItem } from '../../../src/contracts/views-board.ts'
import { Empty } from '../parts/conditions.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Age } from '../parts/values.tsx'
import { useText } from '../text.ts'

const QUEUES: Readonly<Record<QueueItem['queue'], readonly [IconName, string]>> = {
  review: ['review', '/app/review'],
  late: ['clock', '/app/warehouse'],
  backorders: ['stock', '/app/orders?tab=backordered'],
  payment_unmatched: ['money', '/app/exceptions?tab=payments'],
  staged: ['inbox', '/app/exceptions?tab=staged'],
  dead_letters: ['stop', '/app/exceptions?tab=dead_letters'],
  parcel_exceptions: ['truck', '/app/exceptions?tab=parcels'],
  returns: ['back', '/app/orders?tab=delivered'],
  allocation: ['pin', '/app/exceptions?tab=allocation'],
}

export function MyQueue({ queue }: { queue: readonly QueueItem[] }) {
  const { t, format } = useText()
  const waiting = queue.filter((item) => item.count > 0).sort((a, b) => b.urgent - a.urgent || (a.oldest_at ?? '').localeCompare(b.oldest_at ?? ''))
  return (
    <Card title={t('queue.title')} id="my-queue" flush>
      {waiting.length === 0 ? (
        <Empty icon="done" title={t('queue.empty')}>
          {t('queue.empty_text')}
        </Empty>
      ) : (
        <ul className="queue">
          {waiting.map((item) => {
            const [icon, path] = QUEUES[item.queue]
            return (
              <li key={item.queue}>
                <Link to={path} className="queue-link">
                  <Icon name={icon} size={18} />
                  <span className="grow">
                    <span className="queue-name">{t(`queue.${item.queue}`)}</span>
                    <span className="small quiet">
                      {t('river.oldest')} <Age since={item.oldest_at} />
                    </span>
                  </span>
                  {item.urgent > 0 && (
                    <Pill tone="warn" icon="clock">
                      {t('queue.urgent', { count: format.count(item.urgent) })}
                    </Pill>
                  )}
                  <span className="queue-count">{format.count(item.count)}</span>
                  <Icon name="right" size={14} />
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
