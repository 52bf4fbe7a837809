// One fulfilment order as a task: what to take, by when, and the one next step; a unit that is missing goes back to allocation.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { FulfilmentView } from '../../../src/contracts/views-warehouse.ts'
import { ask } from '../../shared/api.ts'
import { useCarrierName } from '../frame/places.ts'
import { useMay } from '../frame/session.tsx'
import { sentence } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { State } from '../parts/states.tsx'
import { CopyText, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { RejectDialog } from './reject-dialog.tsx'
import { ShortPickDialog } from './short-pick-dialog.tsx'

type Step = 'pick' | 'pack' | 'hand_over'

function nextStep(task: FulfilmentView): Step | null {
  const steps: readonly Step[] = ['pick', 'pack', 'hand_over']
  return steps.find((step) => task.available_actions.some((one) => one.action === step && one.allowed)) ?? null
}

function run(step: Step, id: string): Promise<FulfilmentView> {
  const params = { id }
  if (step === 'pick') return ask('POST /fulfilments/:id/picks', { params, body: {} })
  if (step === 'pack') return ask('POST /fulfilments/:id/packing', { params, body: {} })
  return ask('POST /fulfilments/:id/hand-over', { params, body: {} })
}

export function Task({ task }: { task: FulfilmentView }) {
  const { t } = useText()
  const may = useMay()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'short' | 'reject' | null>(null)
  const step = nextStep(task)
  const carrier = useCarrierName()
  const work = useMutation({
    mutationFn: (one: Step) => run(one, task.fulfilment_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['warehouse'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const can = (action: string) =>
    may('warehouse.work') && task.available_actions.some((one) => one.action === action && one.allowed)
  const isLive = task.state !== 'shipped' && task.state !== 'delivered' && task.state !== 'cancelled'
  return (
    <li className="card task">
      <header className="task-head">
        <div className="row wrap">
          <TaskOrders task={task} />
          <State kind="work" state={task.state} />
          <span className="quiet">{carrier(task.carrier, task.service)}</span>
        </div>
        {isLive && task.ship_by !== null && <TimeLeft until={task.ship_by} />}
      </header>
      <TaskLines task={task} />
      {task.parcels.length > 0 && <TaskParcels task={task} />}
      {(step !== null || can('reject')) && (
        <footer className="task-foot">
          {can('reject') && (
            <Button size="large" onClick={() => setOpen('reject')}>
              {t('reject.open')}
            </Button>
          )}
          {can('short_pick') && (
            <Button size="large" onClick={() => setOpen('short')}>
              {t('warehouse.short')}
            </Button>
          )}
          {step !== null && may('warehouse.work') && (
            <Button size="large" type="primary" loading={work.isPending} onClick={() => work.mutate(step)}>
              {t(`warehouse.${step}`)}
            </Button>
          )}
        </footer>
      )}
      {open === 'short' && <ShortPickDialog task={task} onClose={() => setOpen(null)} />}
      {open === 'reject' && <RejectDialog task={task} onClose={() => setOpen(null)} />}
    </li>
  )
}

function TaskOrders({ task }: { task: FulfilmentView }) {
  const may = useMay()
  const numbers = new Map(task.lines.map((line) => [line.order_id, line.order_number]))
  return [...numbers].map(([id, number]) =>
    may('orders.read') ? (
      <Link key={id} className="mono strong" to={`/app/orders/${id}`}>
        {number}
      </Link>
    ) : (
      <span key={id} className="mono strong">
        {number}
      </span>
    ),
  )
}

function TaskLines({ task }: { task: FulfilmentView }) {
  const { t } = useText()
  // what was short, cancelled or rejected is no work any more
  const living = task.lines.filter((line) => line.quantity > 0)
  const first = living.slice(0, 40)
  return (
    <ul className="task-lines">
      {first.map((line) => (
        <li key={line.fulfilment_line_no}>
          <span className="task-sku mono">{line.sku}</span>
          <span className="grow task-title">{line.title ?? ''}</span>
          {line.picked > 0 && line.picked < line.quantity && (
            <span className="quiet nowrap">
              {t('warehouse.picked_of', { picked: line.picked, quantity: line.quantity })}
            </span>
          )}
          {line.picked >= line.quantity && (
            <span className="task-done">
              <Icon name="check" />
              <span className="visually-hidden">{t('bucket.picked')}</span>
            </span>
          )}
          <span className="task-quantity">× {line.quantity}</span>
        </li>
      ))}
      {living.length > first.length && (
        <li className="quiet">{t('orders.more_lines', { count: living.length - first.length })}</li>
      )}
    </ul>
  )
}

function TaskParcels({ task }: { task: FulfilmentView }) {
  const { t } = useText()
  return (
    <ul className="task-parcels">
      {task.parcels.map((parcel) => (
        <li key={parcel.parcel_id} className="row wrap">
          <Icon name="stock" />
          {parcel.tracking_number === null ? (
            <span className="quiet">{t('order.no_label')}</span>
          ) : (
            <CopyText text={parcel.tracking_number} />
          )}
          <State kind="parcel" state={parcel.state} />
          {parcel.label_url !== null && (
            <a className="row" href={parcel.label_url} target="_blank" rel="noreferrer">
              <Icon name="download" size={14} />
              {t('order.label')}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
