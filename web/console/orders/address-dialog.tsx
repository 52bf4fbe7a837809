// Sends an order elsewhere: the new address and why; what follows for the work is said before and after.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { addressReasons } from '../../../src/contracts/address.ts'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { ask, type Reply } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { type Text, useText } from '../text.ts'
import { useOrderChanged } from './order-data.ts'
import '../styles/cancel.css'

interface Fields {
  reason: (typeof addressReasons)[number]
  country: string
  region: string
  city: string
  district: string
  postcode: string
  street: string
}

export function AddressDialog({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { t, label, knows } = useText()
  const change = useAddressChange(order, onClose)
  const { country, region, city, postcode } = order.ship_to
  const initial: Fields = {
    reason: 'customer_request',
    country,
    region: region ?? '',
    city: city ?? '',
    district: '',
    postcode: postcode ?? '',
    street: '',
  }
  return (
    <Modal open title={t('address.title', { number: order.number })} onCancel={onClose} footer={null} width={520}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => change.mutate(fields)}
      >
        <p className="quiet address-text">{t('address.text')}</p>
        <Form.Item name="reason" label={t('address.reason')}>
          <Select
            options={addressReasons.map((one) => ({
              value: one,
              label: label(knows('reason', one) ? 'reason' : 'cancel_reason', one),
            }))}
          />
        </Form.Item>
        <Place />
        <Form.Item
          name="street"
          label={t('address.street')}
          rules={[{ required: true, whitespace: true, message: t('address.street_missing') }]}
        >
          <Input.TextArea rows={3} maxLength={300} autoComplete="off" />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('address.go')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

function Place() {
  const { t } = useText()
  return (
    <div className="address-place">
      <Form.Item
        name="country"
        label={t('address.country')}
        normalize={(text: string) => text.toUpperCase()}
        rules={[{ required: true, pattern: /^[A-Z]{2}$/, message: t('address.country_wrong') }]}
      >
        <Input maxLength={2} autoComplete="off" />
      </Form.Item>
      <Form.Item name="region" label={t('address.region')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="city"
        label={t('address.city')}
        dependencies={['postcode']}
        rules={[
          ({ getFieldsValue }) => ({
            validator: (_rule, city: string) =>
              city.trim() !== '' || getFieldsValue(['postcode']).postcode?.trim() !== ''
                ? Promise.resolve()
                : Promise.reject(new Error(t('address.city_missing'))),
          }),
        ]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="district" label={t('address.district')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="postcode" label={t('address.postcode')}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
    </div>
  )
}

function useAddressChange(order: OrderDetail, onClose: () => void) {
  const text = useText()
  const { message } = App.useApp()
  const changed = useOrderChanged(order.order_id)
  return useMutation({
    mutationFn: ({ reason, street, ...place }: Fields) => {
      const address_lines = street
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(0, 6)
      return ask('POST /orders/:id/address', {
        params: { id: order.order_id },
        revision: order.revision,
        body: { reason, ship_to: { ...place, address_lines } },
      })
    },
    onSuccess: async (done) => {
      await changed()
      void message.success(outcome(text, done))
      onClose()
    },
    onError: (error) => void message.error(sentence(error, text.t('problem.unknown'))),
  })
}

function outcome({ t }: Text, { move, repack, gone }: Reply<'POST /orders/:id/address'>): string {
  const moved = move === 0 ? [] : [t(repack > 0 ? 'address.also_moved' : 'address.done_moved', { count: move })]
  const stayed = repack > 0 ? [t('address.done_repack', { count: repack })] : move > 0 ? [] : [t('address.done')]
  const left = gone === 0 ? [] : [t('address.also_gone', { count: gone })]
  return [...stayed, ...moved, ...left].join(' ')
}
