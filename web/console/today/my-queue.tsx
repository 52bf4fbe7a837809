// What waits for this person, most urgent first; each opens where it is done.
import { Link } from 'react-router'
import type { Permission } from '../../../src/contracts/permissions.ts'
import type { QueueItem } from '../../../src/contracts/views-board.ts'
import { useMay } from '../frame/session.tsx'
import { Empty } from '../parts/conditions.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Age } from '../parts/values.tsx'
import { useText } from '../text.ts'

const QUEUES: Readonly<Record<QueueItem['queue'], readonly [IconName, string, Permission]>> = {
  review: ['review', '/app/review', 'review.read'],
  late: ['clock', '/app/warehouse', 'warehouse.read'],
  backorders: ['stock', '/app/orders?tab=backordered', 'orders.read'],
  payment_unmatched: ['money', '/app/exceptions?tab=payments', 'payment.read'],
  staged: ['inbox', '/app/exceptions?tab=staged', 'intake.read'],
  dead_letters: ['stop', '/app/exceptions?tab=dead_letters', 'jobs.read'],
  parcel_exceptions: ['truck', '/app/exceptions?tab=parcels', 'shipping.read'],
  returns: ['back', '/app/orders?tab=delivered', 'returns.read'],
  allocation: ['pin', '/app/exceptions?tab=allocation', 'allocation.read'],
}

export function MyQueue({ queue }: { queue: readonly QueueItem[] }) {
  const { t, format } = useText()
  const may = useMay()
  const waiting = queue
    .filter((item) => item.count > 0 && may(QUEUES[item.queue][2]))
    .sort((a, b) => b.urgent - a.urgent || (a.oldest_at ?? '').localeCompare(b.oldest_at ?? ''))
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
