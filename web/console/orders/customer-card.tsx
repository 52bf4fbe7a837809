// The customer and where the goods go: shortened until somebody says why they need to see it, which is logged.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { OrderDetail, PersonView } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { sentence } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { CopyText, Place } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { AddressDialog } from './address-dialog.tsx'

export function CustomerCard({ order }: { order: OrderDetail }) {
  const { t } = useText()
  const may = useMay()
  // what was disclosed stays visible until the page is left
  const [disclosed, setDisclosed] = useState<PersonView | null>(null)
  const person = disclosed ?? order.person
  const [isAsking, setAsking] = useState(false)
  const canReveal = may('people.reveal') && person?.masked === true && !person.erased
  const reveal = canReveal && (
    <button type="button" className="ghost" onClick={() => setAsking(true)}>
      <Icon name="eye" size={14} />
      {t('person.reveal')}
    </button>
  )
  return (
    <Card id="customer" title={t('order.customer')} extra={reveal}>
      {person === null || person.erased ? (
        <p className="quiet">{person === null ? t('person.none') : t('person.erased')}</p>
      ) : (
        <>
          <Facts
            rows={[
              [t('person.name'), person.name ?? '—'],
              [
                t('person.phone'),
                person.phone === null ? (
                  '—'
                ) : person.masked ? (
                  person.phone
                ) : (
                  <CopyText key="phone" text={person.phone} />
                ),
              ],
              [t('person.email'), person.email ?? '—'],
            ]}
          />
          <address className="address">
            {(person.district ?? '') !== '' && <span>{person.district}</span>}
            {[...new Set(person.address_lines)].map((line) => (
              <span key={line}>{line}</span>
            ))}
          </address>
          {person.note !== null && person.note !== '' && (
            <blockquote className="customer-note">{person.note}</blockquote>
          )}
        </>
      )}
      {isAsking && <Disclose order={order} onClose={() => setAsking(false)} onShown={setDisclosed} />}
    </Card>
  )
}

function Disclose({
  order,
  onClose,
  onShown,
}: {
  order: OrderDetail
  onClose: () => void
  onShown: (person: PersonView) => void
}) {
  const { t } = useText()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const show = useMutation({
    mutationFn: (why: string) =>
      ask('POST /orders/:id/disclosure', { params: { id: order.order_id }, body: { reason: why } }),
    onSuccess: (person) => {
      onShown(person)
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const usual = [t('person.reason_call'), t('person.reason_address'), t('person.reason_fraud')]
  return (
    <Modal open title={t('person.reveal_title')} onCancel={onClose} footer={null} width={440}>
      <div className="stack">
        <p className="quiet">{t('person.reveal_text')}</p>
        <div className="row wrap">
          {usual.map((why) => (
            <button
              key={why}
              type="button"
              className={reason === why ? 'chip on' : 'chip'}
              onClick={() => setReason(why)}
            >
              {why}
            </button>
          ))}
        </div>
        <Input
          aria-label={t('person.reason')}
          placeholder={t('person.reason')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => reason.trim().length >= 2 && show.mutate(reason.trim())}
        />
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button
            type="primary"
            disabled={reason.trim().length < 2}
            loading={show.isPending}
            onClick={() => show.mutate(reason.trim())}
          >
            {t('person.reveal')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

export function AddressCard({ order }: { order: OrderDetail }) {
  const { t, label } = useText()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const { ship_to } = order
  const canChange =
    may('orders.edit') &&
    order.person?.erased === false &&
    order.available_actions.some((one) => one.action === 'change_address' && one.allowed)
  const change = canChange && (
    <button type="button" className="ghost" onClick={() => setOpen(true)}>
      <Icon name="note" size={14} />
      {t('address.change')}
    </button>
  )
  return (
    <Card id="ship-to" title={t('order.ship_to')} extra={change}>
      <Facts
        rows={[
          [
            t('order.region'),
            <Place key="place" city={ship_to.city} region={ship_to.region} country={ship_to.country} />,
          ],
          [t('order.postcode'), ship_to.postcode ?? '—'],
          [t('order.service_level'), label('service_level', order.service_level)],
          [t('order.shortage_policy'), t(`shortage_policy.${order.shortage_policy}`)],
        ]}
      />
      {isOpen && <AddressDialog order={order} onClose={() => setOpen(false)} />}
    </Card>
  )
}
