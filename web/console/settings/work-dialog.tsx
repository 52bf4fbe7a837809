// Hours and capacity of a location: when people work there, until when a parcel leaves today, and what a slot takes at most.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { ask, ProblemError } from '../../shared/api.ts'
import { LoadingRows, sentence, Trouble } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { zoneName } from '../parts/zoned-field.ts'
import { type Key, useText } from '../text.ts'
import {
  changedBetween,
  draftOf,
  factOf,
  faultOf,
  type ReadLocation,
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
    queryFn: () => ask('GET /locations/:id', { params: { id: location_id } }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const again = async () => (await refetch()).data
  if (data !== undefined) return <WorkForm location={data} again={again} onClose={onClose} />
  return (
    <Modal open title={t('work.title')} footer={null} onCancel={onClose}>
      {error === null ? <LoadingRows rows={4} /> : <Trouble error={error} retry={() => void refetch()} />}
    </Modal>
  )
}

interface WorkFormProps {
  readonly location: ReadLocation
  /** Reads it once more. */
  readonly again: () => Promise<ReadLocation | undefined>
  readonly onClose: () => void
}

function WorkForm({ location, again, onClose }: WorkFormProps) {
  const { t, either, language } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(location))
  // what somebody else has changed since this form was opened; null where nobody has
  const [theirs, setTheirs] = useState<readonly Key[] | null>(null)
  const set = (change: Partial<WorkDraft>) => setDraft((before) => ({ ...before, ...change }))
  const fault = faultOf(draft)
  const save = useMutation({
    mutationFn: () =>
      ask('PUT /locations/:id', {
        params: { id: location.location_id },
        body: factOf(location, draft),
        revision: location.revision,
      }),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['locations'], exact: true }),
        queries.invalidateQueries({ queryKey: ['capacity'] }),
      ])
      void message.success(t('work.saved'))
      onClose()
    },
    onError: async (error) => {
      const now = isStale(error) ? await again() : undefined
      if (now === undefined) void message.error(sentence(error, t('problem.unknown')))
      else setTheirs(changedBetween(location, now))
    },
  })
  const takeTheirs = () => {
    setDraft(draftOf(location))
    setTheirs(null)
  }
  return (
    <Modal
      open
      width={620}
      className="work-dialog"
      title={t('work.title_of', { name: either(location.name, location.name_zh) })}
      okText={t(theirs === null ? 'action.save' : 'work.save_mine')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: fault !== null, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      {theirs !== null && <Conflict parts={theirs} onTake={takeTheirs} />}
      <p className="quiet small">{t('work.clock', { zone: zoneName(location.time_zone, language) })}</p>
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

function isStale(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'revision_stale'
}

// Whoever saves stands at the foot of the form: what came in between is brought into sight.
const intoSight = (alert: HTMLElement | null) => alert?.scrollIntoView({ block: 'center' })

function Conflict({ parts, onTake }: { parts: readonly Key[]; onTake: () => void }) {
  const { t, format } = useText()
  return (
    <div ref={intoSight} className="trouble" role="alert">
      <Icon name="exceptions" size={20} />
      <div className="grow">
        <p className="trouble-title">{t('work.conflict')}</p>
        <p>
          {parts.length === 0
            ? t('work.conflict_elsewhere')
            : t('work.conflict_text', { parts: format.list(parts.map((part) => t(part))) })}
        </p>
      </div>
      <Button onClick={onTake}>{t('work.take_theirs')}</Button>
    </div>
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
