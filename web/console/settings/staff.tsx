// The people of this merchant: role, state, when they were last here; new ones are added with a first password.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type Role, roles } from '../../../src/contracts/permissions.ts'
import { ask } from '../../shared/api.ts'
import { LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'

interface Fields {
  name: string
  email: string
  role: Role
  password: string
  locale: 'zh-CN' | 'en'
}

export function Staff() {
  const { t, label } = useText()
  const [isAdding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery({ queryKey: ['staff'], queryFn: () => ask('GET /staff') })
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">{t('settings.staff_text')}</p>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('settings.add_staff')}
        </Button>
      </div>
      {data === undefined ? (
        <LoadingRows />
      ) : (
        <Table
          caption={t('settings.staff')}
          rows={data.items}
          rowKey={(one) => one.staff_id}
          columns={[
            { key: 'name', title: t('person.name'), cell: (one) => <strong>{one.name}</strong> },
            { key: 'email', title: t('person.email'), cell: (one) => one.email },
            { key: 'role', title: t('settings.role'), cell: (one) => label('role', one.role) },
            { key: 'state', title: t('stock.state'), cell: (one) => <State kind="staff" state={one.state} /> },
            { key: 'seen', title: t('settings.seen'), cell: (one) => <Ago at={one.last_seen_at} /> },
          ]}
        />
      )}
      {isAdding && <AddStaff onClose={() => setAdding(false)} />}
    </>
  )
}

function AddStaff({ onClose }: { onClose: () => void }) {
  const { t, label, language } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: (fields: Fields) =>
      ask('POST /staff', { body: { ...fields, name: fields.name.trim(), email: fields.email.trim() } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['staff'] })
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const needed = [{ required: true, whitespace: true, message: t('settings.needed') }]
  const initial: Partial<Fields> = { role: 'operator', locale: language }
  return (
    <Modal open title={t('settings.add_staff')} onCancel={onClose} footer={null} width={440}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => add.mutate(fields)}
      >
        <Form.Item name="name" label={t('person.name')} rules={needed}>
          <Input maxLength={80} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('person.email')}
          rules={[...needed, { type: 'email', message: t('settings.email_wrong') }]}
        >
          <Input type="email" maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('settings.role')}>
          <Select options={roles.map((role) => ({ value: role, label: label('role', role) }))} />
        </Form.Item>
        <Form.Item name="locale" label={t('settings.language')}>
          <Select
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('settings.first_password')}
          rules={[{ required: true, min: 10, message: t('settings.password_short') }]}
        >
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
