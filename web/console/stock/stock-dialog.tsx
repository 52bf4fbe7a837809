// Receives, adjusts or counts stock of one SKU at one location; says afterwards what it did to promises.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import type { StockChanged } from '../../../src/contracts/views-stock.ts'
import { ask } from '../../shared/api.ts'
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

interface StockDialogProps {
  readonly change: StockChange
  readonly sku?: string
  readonly onClose: () => void
}

export function StockDialog({ change, sku, onClose }: StockDialogProps) {
  const { t } = useText()
  const work = useStockChange(change, onClose)
  const [here] = useChosenLocation()
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
        <LocationField />
        <QuantityField change={change} isFirst={sku !== undefined} />
        {change === 'adjust' && <ConditionField />}
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

function useStockChange(change: StockChange, onClose: () => void) {
  const { t, format, sentences } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (fields: Fields) => send(change, fields),
    onSuccess: async (changed: StockChanged) => {
      await queries.invalidateQueries({ queryKey: ['stock'] })
      const free = t('stock.changed', { sku: changed.network.sku, free: format.number(changed.network.free) })
      const broken = changed.broken_reservations
      if (broken > 0) void message.warning(sentences(free, t('stock.broken', { count: broken })), 8)
      else void message.success(free)
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
}

function LocationField() {
  const { t, either } = useText()
  const locations = useLocations().filter((location) => location.state === 'open')
  return (
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
  )
}

const LEAST: Readonly<Record<StockChange, number>> = { receive: 1, count: 0, adjust: -1_000_000 }

function QuantityField({ change, isFirst }: { change: StockChange; isFirst: boolean }) {
  const { t } = useText()
  const notZero = (_: unknown, value: unknown) =>
    change === 'adjust' && value === 0 ? Promise.reject(new Error(t('stock.quantity_zero'))) : Promise.resolve()
  return (
    <Form.Item
      name="quantity"
      label={t(`stock.${change}_quantity`)}
      rules={[{ required: true, message: t('stock.quantity_missing') }, { validator: notZero }]}
    >
      <InputNumber precision={0} min={LEAST[change]} max={1_000_000} className="stock-number" autoFocus={isFirst} />
    </Form.Item>
  )
}

function ConditionField() {
  const { t } = useText()
  const options = (['sellable', 'unsellable'] as const).map((condition) => ({
    value: condition,
    label: t(`stock.${condition}`),
  }))
  return (
    <Form.Item name="condition" label={t('stock.condition')}>
      <Radio.Group options={options} />
    </Form.Item>
  )
}
