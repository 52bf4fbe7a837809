// Hours and capacity of a location: when people work there, until when a parcel leaves today, and what a slot takes at most.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { ask } from '../../shared/api.ts'
import { LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { useText } from '../text.ts'
import {
  draftOf,
  factOf,
  faultOf,
  type Location,
  SLOT_MINUTES,
  type WorkDraft,
  type WorkFieldsProps,
} from './work-draft.ts'
import { WorkHours } from './work-hours.tsx'
import '../styles/load.css'

interface WorkDialogProps {
  readonly location_id: string
  readonly onClose: () => void
}

/** Reads the location afresh: what is sent is all of it, and must not bring back what somebody else has changed. */
export function WorkDialog({ location_id, onClose }: WorkDialogProps) {
  const { t } = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['locations', 'afresh', location_id],
    queryFn: () => ask('GET /locations'),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const location = data?.items.find((one) => one.location_id === location_id)
  if (location !== undefined) return <WorkForm location={location} onClose={onClose} />
  return (
    <Modal open title={t('work.title')} footer={null} onCancel={onClose}>
      {error === null ? <LoadingRows rows={4} /> : <Trouble error={error} retry={() => void refetch()} />}
    </Modal>
  )
}

function WorkForm({ location, onClose }: { location: Location; onClose: () => void }) {
  const { t, either } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(location))
  const set = (change: Partial<WorkDraft>) => setDraft((before) => ({ ...before, ...change }))
  const fault = faultOf(draft)
  const save = useMutation({
    mutationFn: () =>
      ask('PUT /locations/:id', { params: { id: location.location_id }, body: factOf(location, draft) }),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['locations'], exact: true }),
        queries.invalidateQueries({ queryKey: ['capacity'] }),
      ])
      void message.success(t('work.saved'))
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  return (
    <Modal
      open
      width={620}
      className="work-dialog"
      title={t('work.title_of', { name: either(location.name, location.name_zh) })}
      okText={t('action.save')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: fault !== null, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <p className="quiet small">{t('work.clock', { zone: location.time_zone })}</p>
      <WorkHours draft={draft} set={set} />
      <Field name={t('work.cut_off')} note={t('work.cut_off_note')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            type="time"
            value={draft.cut_off}
            onChange={(event) => set({ cut_off: event.target.value })}
          />
        )}
      </Field>
      <h3>{t('work.capacity')}</h3>
      <Checkbox checked={draft.is_limited} onChange={(event) => set({ is_limited: event.target.checked })}>
        {t('work.is_limited')}
      </Checkbox>
      {draft.is_limited && <Limits draft={draft} set={set} />}
      <p className={fault === null ? 'visually-hidden' : 'load-overdue'} role="status">
        {fault !== null && t(fault)}
      </p>
    </Modal>
  )
}

function Limits({ draft, set }: WorkFieldsProps) {
  const { t, format } = useText()
  return (
    <>
      <p className="quiet small">{t('work.limits_text')}</p>
      <div className="work-limits">
        <Field name={t('work.slot_minutes')}>
          {(id) => (
            <Select
              aria-labelledby={id}
              value={draft.slot_minutes}
              options={[...new Set([...SLOT_MINUTES, draft.slot_minutes])]
                .sort((a, b) => a - b)
                .map((value) => ({ value, label: format.span(value * 60) }))}
              onChange={(slot_minutes) => set({ slot_minutes })}
            />
          )}
        </Field>
        {(['orders', 'lines', 'minutes'] as const).map((kind) => (
          <Field key={kind} name={t(`work.${kind}`)}>
            {(id) => (
              <InputNumber
                aria-labelledby={id}
                min={0}
                max={1_000_000}
                precision={0}
                placeholder={t('work.no_limit')}
                value={draft[kind]}
                onChange={(value) => set({ [kind]: value })}
              />
            )}
          </Field>
        ))}
        {(['minutes_per_order', 'minutes_per_line'] as const).map((pace) => (
          <Field key={pace} name={t(`work.${pace}`)}>
            {(id) => (
              <InputNumber
                aria-labelledby={id}
                min={0}
                max={600}
                step={0.5}
                value={draft[pace]}
                onChange={(value) => set({ [pace]: value ?? 0 })}
              />
            )}
          </Field>
        ))}
        <Field name={t('work.urgent_percent')}>
          {(id) => (
            <InputNumber
              aria-labelledby={id}
              min={0}
              max={100}
              precision={0}
              suffix="%"
              value={draft.urgent_percent}
              onChange={(value) => set({ urgent_percent: value ?? 0 })}
            />
          )}
        </Field>
      </div>
      <p className="quiet small">{t('work.pace_note')}</p>
    </>
  )
}
