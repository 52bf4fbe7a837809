// Receives, adjusts or counts stock of one SKU at one location; says afterwards what it did to promises.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import type { StockChanged } from '../../../src/contracts/views-stock.ts'
import { ask, type Reply } from '../../shared/api.ts'
import { useChosenLocation, useLocations } from '../frame/places.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

export type StockChange = 'receive' | 'adjust' | 'count'

interface Fields {
  sku: string
  location_id: string
  quantity: number
  condition: 'sellable' | 'unsellable'
  reason: string
}

function send(change: StockChange, { sku, location_id, quantity, condition, reason }: Fields): Promise<StockChanged> {
  const why = reason.trim()
  const place = { sku: sku.trim(), location_id }
  if (change === 'receive')
    return ask('POST /stock/receipts', { body: { ...place, quantity, reason: why === '' ? undefined : why } })
  if (change === 'count')
    return ask('POST /stock/counts', { body: { ...place, counted: quantity, reason: why === '' ? undefined : why } })
  return ask('POST /stock/adjustments', { body: { ...place, quantity, condition, reason: why } })
}

export function StockDialog({ change, sku, onClose }: { change: StockChange; sku?: string; onClose: () => void }) {
  const { t, either, format } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const locations = useLocations().filter((location) => location.state === 'open')
  const [here] = useChosenLocation()
  const work = useMutation({
    mutationFn: (fields: Fields) => send(change, fields),
    onSuccess: async (changed: Reply<'POST /stock/counts'>) => {
      await queries.invalidateQueries({ queryKey: ['stock'] })
      const free = t('stock.changed', { sku: changed.network.sku, free: format.number(changed.network.free) })
      if (changed.broken_reservations > 0)
        void message.warning(`${free} ${t('stock.broken', { count: changed.broken_reservations })}`, 8)
      else void message.success(free)
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const initial: Partial<Fields> = {
    sku: sku ?? '',
    location_id: here === '' ? undefined : here,
    condition: 'sellable',
    reason: '',
  }
  const needed = (text: string) => [{ required: true, whitespace: true, message: text }]
  return (
    <Modal open title={t(`stock.${change}_title`)} onCancel={onClose} footer={null} width={460}>
      <p className="quiet stock-hint">{t(`stock.${change}_text`)}</p>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => work.mutate(fields)}
      >
        <Form.Item name="sku" label={t('stock.sku')} rules={needed(t('stock.sku_missing'))}>
          <Input className="mono" maxLength={64} disabled={sku !== undefined} autoFocus={sku === undefined} />
        </Form.Item>
        <Form.Item
          name="location_id"
          label={t('load.location')}
          rules={[{ required: true, message: t('stock.location_missing') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={locations.map((location) => ({
              value: location.location_id,
              label: either(location.name, location.name_zh),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="quantity"
          label={t(`stock.${change}_quantity`)}
          rules={[
            { required: true, message: t('stock.quantity_missing') },
            {
              validator: (_, value: unknown) =>
                change === 'adjust' && value === 0
                  ? Promise.reject(new Error(t('stock.quantity_zero')))
                  : Promise.resolve(),
            },
          ]}
        >
          <InputNumber
            precision={0}
            min={change === 'receive' ? 1 : change === 'count' ? 0 : -1_000_000}
            max={1_000_000}
            className="stock-number"
            autoFocus={sku !== undefined}
          />
        </Form.Item>
        {change === 'adjust' && (
          <Form.Item name="condition" label={t('stock.condition')}>
            <Radio.Group
              options={[
                { value: 'sellable', label: t('stock.sellable') },
                { value: 'unsellable', label: t('stock.unsellable') },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('stock.reason')}
          rules={change === 'adjust' ? needed(t('stock.reason_missing')) : []}
        >
          <Input maxLength={200} />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={work.isPending}>
            {t(`stock.${change}`)}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
