// Saved views as tabs with live counts: those of Ordo, then one's own and the shared ones.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Form, Input, Modal, Tooltip } from 'antd'
import { useState } from 'react'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { useText } from '../text.ts'
import { filterNames, type ListQuestion, tabs, useCounts, useSavedViews } from './list-query.ts'

const CLEARED: Readonly<Record<string, null>> = Object.fromEntries(
  [...filterNames, 'q', 'tab', 'view'].map((name) => [name, null]),
)

export function ViewTabs({ question }: { question: ListQuestion }) {
  const { t, format } = useText()
  const { data: counts } = useCounts()
  const { data: views } = useSavedViews()
  const [isSaving, setSaving] = useState(false)
  const shown = (name: string, count: number | undefined) =>
    count === undefined
      ? ''
      : `${format.count(count)}${counts?.more.includes(name) === true && count < 1000 ? '+' : ''}`
  const own = tabs.map((tab) => ({ key: tab, name: t(`tab.${tab}`), count: shown(tab, counts?.tabs[tab]) }))
  const saved = (views?.items ?? []).map((view, place) => ({
    key: view.view_id,
    name: view.name,
    count: shown(view.view_id, counts?.views[view.view_id]),
    apart: place === 0,
  }))
  const choose = (key: string) => {
    const view = views?.items.find((one) => one.view_id === key)
    question.set({
      ...CLEARED,
      ...(view === undefined ? { tab: key === 'all' ? null : key } : view.query),
      view: view?.view_id ?? null,
    })
  }
  return (
    <TabBar
      label={t('orders.views')}
      tabs={[...own, ...saved]}
      chosen={question.view === null ? question.tab : question.view}
      onChoose={choose}
    >
      <Tooltip title={t('orders.save_view')}>
        <button type="button" className="ghost" aria-label={t('orders.save_view')} onClick={() => setSaving(true)}>
          <Icon name="plus" />
        </button>
      </Tooltip>
      {question.view !== null && <RemoveView question={question} />}
      {isSaving && <SaveView question={question} onClose={() => setSaving(false)} />}
    </TabBar>
  )
}

function RemoveView({ question }: { question: ListQuestion }) {
  const { t } = useText()
  const { modal, message } = App.useApp()
  const queries = useQueryClient()
  const { data: views } = useSavedViews()
  const view = views?.items.find((one) => one.view_id === question.view)
  const remove = useMutation({
    mutationFn: (id: string) => ask('DELETE /saved-views/:id', { params: { id } }),
    onSuccess: () => {
      question.set({ view: null })
      void queries.invalidateQueries({ queryKey: ['saved-views'] })
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  if (view === undefined || !view.own) return null
  const confirm = () =>
    void modal.confirm({
      title: t('orders.remove_view', { name: view.name }),
      content: t('orders.remove_view_text'),
      okText: t('action.remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(view.view_id).catch(() => undefined),
    })
  return (
    <Tooltip title={t('orders.remove_view', { name: view.name })}>
      <button
        type="button"
        className="ghost"
        aria-label={t('orders.remove_view', { name: view.name })}
        onClick={confirm}
      >
        <Icon name="cross" />
      </button>
    </Tooltip>
  )
}

function SaveView({ question, onClose }: { question: ListQuestion; onClose: () => void }) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form] = Form.useForm<{ name: string; shared: boolean }>()
  const query = Object.fromEntries([...question.params].filter(([name]) => name !== 'view'))
  const save = useMutation({
    mutationFn: (fields: { name: string; shared: boolean }) =>
      ask('POST /saved-views', { body: { name: fields.name.trim(), shared: fields.shared, query } }),
    onSuccess: async (view) => {
      await queries.invalidateQueries({ queryKey: ['saved-views'] })
      question.set({ view: view.view_id })
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  return (
    <Modal open title={t('orders.save_view')} onCancel={onClose} footer={null} width={420}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: '', shared: false }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item
          name="name"
          label={t('orders.view_name')}
          rules={[{ required: true, whitespace: true, message: t('orders.view_name_missing') }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t('orders.view_shared')}</Checkbox>
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
