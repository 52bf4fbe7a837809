// Before the policy changes: what changes, why, and what a colleague has set meanwhile.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { AllocationPolicyRead } from '../../../src/contracts/allocation.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { isStale } from './policy-data.ts'
import {
  bodyOf,
  differences,
  type Edits,
  type ListName,
  type NumberName,
  type Values,
  valuesOf,
} from './policy-draft.ts'
import { useShown } from './show-value.ts'

interface SaveDialogProps {
  readonly policy: AllocationPolicyRead
  readonly edits: Edits
  /** Reads it once more. */
  readonly again: () => Promise<AllocationPolicyRead | undefined>
  readonly onClose: () => void
  /** It is saved, or what a colleague has set is taken: nothing of what was entered remains. */
  readonly onDone: () => void
}

interface Move {
  readonly name: NumberName | ListName
  readonly before: string
  readonly after: string
}

function useMoves(): (before: Values, after: Values) => readonly Move[] {
  const { show } = useShown()
  return (before, after) =>
    differences(before, after).map((name) => ({ name, before: show(name, before), after: show(name, after) }))
}

export function SaveDialog({ policy, edits, again, onClose, onDone }: SaveDialogProps) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const movesOf = useMoves()
  const [reason, setReason] = useState('')
  // what a colleague has set since this was read; null where nobody has
  const [theirs, setTheirs] = useState<readonly Move[] | null>(null)
  const before = valuesOf(policy)
  const mine = movesOf(before, { ...before, ...edits })
  const save = useMutation({
    mutationFn: () =>
      ask('PUT /allocation/policy', {
        query: { reason: reason.trim() },
        body: bodyOf(policy, edits),
        revision: policy.revision,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['modes', 'policy'] })
      void message.success(t('policy.saved'))
      onDone()
    },
    onError: async (error) => {
      const now = isStale(error) ? await again() : undefined
      if (now === undefined) void message.error(sentence(error, t('problem.unknown')))
      else setTheirs(movesOf(before, valuesOf(now)))
    },
  })
  return (
    <Modal
      open
      className="policy-save"
      title={t('policy.title_save')}
      okText={t(theirs === null ? 'action.save' : 'policy.save_mine')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: reason.trim() === '' || mine.length === 0, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      {theirs !== null && <Conflict moves={theirs} onTake={onDone} />}
      <h3>{t('policy.what_changes')}</h3>
      {mine.length === 0 ? (
        <p className="quiet">{t('policy.nothing_left')}</p>
      ) : (
        <dl className="policy-moves">
          {mine.map((move) => (
            <div key={move.name}>
              <dt>{t(`policy.${move.name}`)}</dt>
              <dd>{t('policy.to', { before: move.before, after: move.after })}</dd>
            </div>
          ))}
        </dl>
      )}
      <Field name={t('policy.reason')} note={t('policy.reason_note')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}

function Conflict({ moves, onTake }: { moves: readonly Move[]; onTake: () => void }) {
  const { t, format } = useText()
  const said = moves.map(
    (move) => `${t(`policy.${move.name}`)} ${t('policy.to', { before: move.before, after: move.after })}`,
  )
  return (
    <div className="trouble" role="alert">
      <Icon name="exceptions" size={20} />
      <div className="grow">
        <p className="trouble-title">{t('policy.conflict')}</p>
        <p>
          {said.length === 0 ? t('policy.conflict_same') : t('policy.conflict_text', { changes: format.list(said) })}
        </p>
      </div>
      <Button onClick={onTake}>{t('policy.take_theirs')}</Button>
    </div>
  )
}
