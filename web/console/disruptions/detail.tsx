// One disruption: what its plan comes to, how far it is, and what can be done now; below it every order.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { DisruptionView } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { DegradedNote } from '../parts/degraded-note.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { Card } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { useText } from '../text.ts'
import { AffectedOrders } from './affected-orders.tsx'
import { isMoving, useDisrupt, useDisruption } from './disruption-data.ts'

const ACTIONS = ['apply', 'plan', 'discard', 'undo', 'end'] as const
const TAKEN = ['moved', 'part', 'inbox', 'kept', 'waits', 'gone'] as const
const ASKED_BACK = ['returned', 'elsewhere', 'stays', 'unplaced'] as const
type Action = (typeof ACTIONS)[number]

export function Detail({ disruption_id, onBack }: { disruption_id: string; onBack: () => void }) {
  const { t } = useText()
  const { data, error, refetch } = useDisruption(disruption_id)
  if (data === undefined && error !== null) return <Trouble error={error} retry={() => void refetch()} />
  return (
    <>
      <p>
        <Button type="link" size="small" onClick={onBack} icon={<Icon name="left" />}>
          {t('disruption.all')}
        </Button>
      </p>
      {data === undefined ? (
        <LoadingRows />
      ) : (
        <>
          <Head disruption={data} />
          <AffectedOrders disruption={data} />
        </>
      )}
    </>
  )
}

function Head({ disruption }: { disruption: DisruptionView }) {
  const { t, label, either, format } = useText()
  const { locations, from, until, progress } = disruption
  return (
    <Card
      id="disruption"
      title={disruption.name}
      extra={
        <>
          <State kind="disruption" state={disruption.state} />
          <Actions disruption={disruption} />
        </>
      }
    >
      <p>
        {label('disruption.why', disruption.reason)} ·{' '}
        {format.list(locations.slice(0, 8).map((place) => either(place.name, place.name_zh)))}
        {locations.length > 8 && ` +${locations.length - 8}`} · {format.moment(from)} –{' '}
        {until === null ? t('disruption.open_end') : format.moment(until)}
      </p>
      {disruption.note !== null && <p>{disruption.note}</p>}
      {isMoving(disruption) && (
        <p role="status" className="quiet">
          {disruption.state === 'draft'
            ? t('disruption.planning')
            : t('disruption.moving', { count: format.number(progress.waiting) })}
        </p>
      )}
      <DegradedNote kinds={disruption.degraded} />
      <Sums disruption={disruption} />
    </Card>
  )
}

function Sums({ disruption }: { disruption: DisruptionView }) {
  const { t, format } = useText()
  const { totals, progress, currency, state } = disruption
  const more = totals.cost_after - totals.cost_before
  const sums: [string, string, string][] = [
    [
      t('disruption.orders'),
      format.number(totals.orders),
      t('disruption.units', { count: format.number(totals.units) }),
    ],
    [
      t('disruption.to_move'),
      format.number(totals.to_move),
      t('disruption.to_part', { count: format.number(totals.to_part) }),
    ],
    [
      t('disruption.to_inbox'),
      format.number(totals.to_inbox),
      t('disruption.unmet', { count: format.number(totals.unmet) }),
    ],
    [
      t('disruption.cost'),
      format.money(totals.cost_after, currency),
      t('disruption.cost_more', {
        more: `${more > 0 ? '+' : more < 0 ? '−' : ''}${format.money(Math.abs(more), currency)}`,
      }),
    ],
    [
      t('disruption.late'),
      format.number(totals.late_after),
      t('disruption.late_before', { count: format.number(totals.late_before) }),
    ],
  ]
  const wasApplied = !['draft', 'planned', 'discarded'].includes(state)
  const parts = [...TAKEN, ...ASKED_BACK].filter((part) => progress[part] > 0)
  return (
    <>
      <dl className="disruption-sums">
        {sums.map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="disruption-sum">{value}</dd>
            <dd className="quiet small">{note}</dd>
          </div>
        ))}
      </dl>
      {wasApplied && parts.length > 0 && (
        <ul className="disruption-parts" aria-label={t('disruption.outcome')}>
          {parts.map((part) => (
            <li key={part}>
              <State kind="affected" state={part} /> {format.number(progress[part])}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Actions({ disruption }: { disruption: DisruptionView }) {
  const { label } = useText()
  const [asking, setAsking] = useState<Action | null>(null)
  const possible = ACTIONS.filter((action) =>
    disruption.available_actions.some((one) => one.action === action && one.allowed),
  )
  return (
    <>
      {possible.map((action) => (
        <Button
          key={action}
          type={action === 'apply' || action === 'undo' ? 'primary' : 'default'}
          danger={action === 'apply'}
          onClick={() => setAsking(action)}
        >
          {label('disruption.do', action)}
        </Button>
      ))}
      {asking !== null && <Confirm disruption={disruption} action={asking} onClose={() => setAsking(null)} />}
    </>
  )
}

interface ConfirmProps {
  readonly disruption: DisruptionView
  readonly action: Action
  readonly onClose: () => void
}

const ADDRESSES = {
  apply: 'POST /disruptions/:disruption_id/apply',
  plan: 'POST /disruptions/:disruption_id/plan',
  discard: 'POST /disruptions/:disruption_id/discard',
  undo: 'POST /disruptions/:disruption_id/undo',
  end: 'POST /disruptions/:disruption_id/end',
} as const

function Confirm({ disruption, action, onClose }: ConfirmProps) {
  const { t, label, format } = useText()
  const { disruption_id, totals, from } = disruption
  const isLater = Date.parse(from) > useNow()
  const go = useDisrupt(() => ask(ADDRESSES[action], { params: { disruption_id } }), onClose)
  return (
    <Modal
      open
      title={label('disruption.do', action)}
      okText={label('disruption.do', action)}
      cancelText={t('action.back')}
      okButtonProps={{ danger: action === 'apply', loading: go.isPending }}
      onOk={() => go.mutate(undefined)}
      onCancel={onClose}
    >
      <p>
        {label('disruption.sure', action === 'apply' && isLater ? 'apply_later' : action, {
          orders: format.number(totals.orders - totals.to_keep),
          from: format.moment(from),
        })}
      </p>
    </Modal>
  )
}
