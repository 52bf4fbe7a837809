// Keys for programs: what each may, when it was last used; a new key is shown once.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { permissions } from '../../../src/contracts/permissions.ts'
import type { ApiKeyView } from '../../../src/contracts/views-session.ts'
import { ask } from '../../shared/api.ts'
import { Empty, LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { Pill } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { ShownOnce } from './shown-once.tsx'

export function ApiKeys() {
  const { t } = useText()
  const [isAdding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery({ queryKey: ['api-keys'], queryFn: () => ask('GET /api-keys') })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">{t('keys.text')}</p>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('keys.add')}
        </Button>
      </div>
      {data === undefined && <LoadingRows />}
      {data?.items.length === 0 && (
        <Empty icon="key" title={t('keys.empty')}>
          {t('keys.empty_text')}
        </Empty>
      )}
      {data !== undefined && data.items.length > 0 && <KeyTable items={data.items} />}
      {isAdding && <AddKey onClose={() => setAdding(false)} />}
    </>
  )
}

function KeyTable({ items }: { items: readonly ApiKeyView[] }) {
  const { t } = useText()
  return (
    <Table
      caption={t('settings.keys')}
      rows={items}
      rowKey={(one) => one.key_id}
      columns={[
        { key: 'name', title: t('keys.name'), cell: (one) => <strong>{one.name}</strong> },
        { key: 'hint', title: t('keys.hint'), cell: (one) => <span className="mono">{one.hint}</span> },
        {
          key: 'scopes',
          title: t('keys.scopes'),
          from: 'medium',
          cell: (one) => <span className="small mono">{one.scopes.join(', ')}</span>,
        },
        { key: 'used', title: t('keys.used'), cell: (one) => <Ago at={one.last_used_at} /> },
        {
          key: 'end',
          title: '',
          align: 'right',
          cell: (one) =>
            one.revoked_at === null ? (
              <Revoke one={one} />
            ) : (
              <Pill tone="idle" icon="crossed">
                {t('keys.revoked')}
              </Pill>
            ),
        },
      ]}
    />
  )
}

function Revoke({ one }: { one: ApiKeyView }) {
  const { t } = useText()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => ask('DELETE /api-keys/:id', { params: { id: one.key_id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const confirm = () =>
    void modal.confirm({
      title: t('keys.revoke_title', { name: one.name }),
      content: t('keys.revoke_text'),
      okText: t('keys.revoke'),
      okButtonProps: { danger: true },
      cancelText: t('action.back'),
      onOk: () => revoke.mutateAsync().catch(() => undefined),
    })
  return (
    <Button size="small" danger onClick={confirm}>
      {t('keys.revoke')}
    </Button>
  )
}

function AddKey({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: (fields: { name: string; scopes: string[] }) =>
      ask('POST /api-keys', { body: { name: fields.name.trim(), scopes: fields.scopes } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (make.data !== undefined)
    return <ShownOnce title={t('keys.made')} text={t('keys.made_text')} secret={make.data.key} onClose={onClose} />
  return (
    <Modal open title={t('keys.add')} onCancel={onClose} footer={null} width={480}>
      <Form<{ name: string; scopes: string[] }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: '', scopes: ['orders.place', 'orders.read'] }}
        onFinish={(fields) => make.mutate(fields)}
      >
        <Form.Item
          name="name"
          label={t('keys.name')}
          rules={[{ required: true, whitespace: true, message: t('settings.needed') }]}
        >
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="scopes" label={t('keys.scopes')} rules={[{ required: true, message: t('settings.needed') }]}>
          <Select mode="multiple" options={Object.keys(permissions).map((name) => ({ value: name, label: name }))} />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {t('keys.add')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
