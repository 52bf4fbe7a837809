// What can be done with the order now, and what cannot with the reason; every change shows its effect first.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Popover } from 'antd'
import { useState } from 'react'
import type { HoldView, OrderDetail } from '../../../src/contracts/views-orders.ts'
import type { ActionView, Blocker } from '../../../src/contracts/views-shared.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { sentence } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { type Text, useText } from '../text.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { HoldDialog } from './hold-dialog.tsx'
import { useOrderChanged } from './order-data.ts'

/** Actions that this page can do; the others are listed with where they are done. */
const DIALOGS = ['hold', 'cancel'] as const
type Dialog = (typeof DIALOGS)[number]

export function Actions({ order }: { order: OrderDetail }) {
  const { t } = useText()
  const [open, setOpen] = useState<Dialog | null>(null)
  const may = (action: Dialog) => order.available_actions.find((one) => one.action === action)?.allowed === true
  const blocked = order.available_actions.filter((one) => !one.allowed)
  return (
    <>
      {blocked.length > 0 && <BlockedActions actions={blocked} order={order} />}
      {may('hold') && (
        <Button icon={<Icon name="pause" />} onClick={() => setOpen('hold')}>
          {t('action.hold')}
        </Button>
      )}
      {may('cancel') && (
        <Button danger icon={<Icon name="crossed" />} onClick={() => setOpen('cancel')}>
          {t('action.cancel_order')}
        </Button>
      )}
      {open === 'hold' && <HoldDialog order={order} onClose={() => setOpen(null)} />}
      {open === 'cancel' && <CancelDialog order={order} onClose={() => setOpen(null)} />}
    </>
  )
}

function BlockedActions({ actions, order }: { actions: readonly ActionView[]; order: OrderDetail }) {
  const text = useText()
  const content = (
    <ul className="blocked">
      {actions.map((action) => (
        <li key={action.action}>
          <span className="row">
            <Icon name="crossed" size={14} />
            <strong>{text.label('action_name', action.action)}</strong>
          </span>
          {action.blocked_by.map((blocker) => (
            <p key={`${blocker.code}${blocker.hold_id ?? ''}`} className="quiet">
              {blockerText(text, blocker, order)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={text.t('order.not_now')} content={content}>
      <Button type="text" icon={<Icon name="help" />}>
        {text.t('order.not_now_count', { count: actions.length })}
      </Button>
    </Popover>
  )
}

function blockerText({ label, knows }: Text, blocker: Blocker, order: OrderDetail): string {
  const hold = order.holds.find((one) => one.hold_id === blocker.hold_id)
  const detail =
    blocker.code === 'hold'
      ? label('hold', hold?.kind ?? blocker.detail ?? '')
      : blocker.code === 'state'
        ? label(knows('state_detail', blocker.detail ?? '') ? 'state_detail' : 'commercial', blocker.detail ?? '')
        : (blocker.detail ?? '')
  return label('blocker', blocker.code, { detail })
}

/** A hold that a person placed is ended here; one that waits for review is decided there. */
export function ReleaseHold({ order, hold }: { order: OrderDetail; hold: HoldView }) {
  const { t, label } = useText()
  const may = useMay()
  const { modal, message } = App.useApp()
  const changed = useOrderChanged(order.order_id)
  const release = useMutation({
    mutationFn: () => ask('DELETE /holds/:id', { params: { id: hold.hold_id } }),
    onSuccess: changed,
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (hold.kind === 'review' || hold.kind === 'fraud_check') {
    return may('review.read') ? (
      <Button size="small" href={`/app/review?order_id=${order.order_id}`}>
        {t('order.to_review')}
      </Button>
    ) : null
  }
  if (!may('orders.hold')) return null
  const confirm = () =>
    void modal.confirm({
      title: t('order.release_hold', { what: label('hold', hold.kind) }),
      content: t('order.release_hold_text'),
      okText: t('action.release'),
      cancelText: t('action.back'),
      onOk: () => release.mutateAsync().catch(() => undefined),
    })
  return (
    <Button size="small" onClick={confirm} loading={release.isPending}>
      {t('action.release')}
    </Button>
  )
}
