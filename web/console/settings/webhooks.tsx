// Webhooks: where events are sent, which types, and how each endpoint fares; the signing secret is shown once.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { WebhookView } from '../../../src/contracts/views-session.ts'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { ShownOnce } from './shown-once.tsx'

const TYPES = [
  'order.placed',
  'order.confirmed',
  'order.allocated',
  'order.shipped',
  'order.delivered',
  'order.cancelled',
  'order.held',
  'order.backordered',
  'order.refunded',
  'stock.supplied',
]

export function Webhooks() {
  const { t } = useText()
  const [isAdding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery({ queryKey: ['webhooks'], queryFn: () => ask('GET /webhooks') })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">{t('webhooks.text')}</p>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('webhooks.add')}
        </Button>
      </div>
      {data === undefined && <LoadingRows />}
      {data?.items.length === 0 && (
        <Empty icon="hook" title={t('webhooks.empty')}>
          {t('webhooks.empty_text')}
        </Empty>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Table
          caption={t('settings.webhooks')}
          rows={data.items}
          rowKey={(one) => one.endpoint_id}
          columns={[
            { key: 'url', title: t('webhooks.url'), cell: (one) => <span className="mono">{one.url}</span> },
            {
              key: 'types',
              title: t('webhooks.types'),
              from: 'medium',
              cell: (one) => (
                <span className="small">{one.types.length === 0 ? t('webhooks.all') : one.types.join(', ')}</span>
              ),
            },
            { key: 'state', title: t('stock.state'), cell: (one) => <State kind="webhook" state={one.state} /> },
            { key: 'since', title: t('webhooks.since'), cell: (one) => <Ago at={one.created_at} /> },
            { key: 'end', title: '', align: 'right', cell: (one) => <Remove one={one} /> },
          ]}
        />
      )}
      {isAdding && <AddWebhook onClose={() => setAdding(false)} />}
    </>
  )
}

function Remove({ one }: { one: WebhookView }) {
  const { t } = useText()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => ask('DELETE /webhooks/:id', { params: { id: one.endpoint_id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const confirm = () =>
    void modal.confirm({
      title: t('webhooks.remove_title'),
      content: one.url,
      okText: t('action.remove'),
      okButtonProps: { danger: true },
      cancelText: t('action.back'),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    })
  return (
    <Button size="small" danger onClick={confirm}>
      {t('action.remove')}
    </Button>
  )
}

function AddWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: (fields: { url: string; types: string[] }) =>
      ask('POST /webhooks', { body: { url: fields.url.trim(), types: fields.types } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (make.data !== undefined)
    return (
      <ShownOnce
        title={t('webhooks.made')}
        text={t('webhooks.made_text')}
        secret={make.data.secret}
        onClose={onClose}
      />
    )
  return (
    <Modal open title={t('webhooks.add')} onCancel={onClose} footer={null} width={520}>
      <Form<{ url: string; types: string[] }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ url: '', types: [] }}
        onFinish={(fields) => make.mutate(fields)}
      >
        <Form.Item
          name="url"
          label={t('webhooks.url')}
          rules={[{ required: true, pattern: /^https?:\/\/\S+$/, message: t('webhooks.url_wrong') }]}
        >
          <Input maxLength={2000} placeholder="https://" autoFocus />
        </Form.Item>
        <Form.Item name="types" label={t('webhooks.types')} extra={t('webhooks.types_hint')}>
          <Select mode="multiple" options={TYPES.map((type) => ({ value: type, label: type }))} />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {t('webhooks.add')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
