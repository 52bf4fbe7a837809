// "Cannot send": why, how much of it, and in one sentence what will happen; made for a handheld, arrows choose the reason.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Modal, Radio, Segmented } from 'antd'
import { useState } from 'react'
import { type RejectionReason, rejectionEffects, rejectionReasons } from '../../../src/contracts/rejections.ts'
import type { FulfilmentLine, FulfilmentView } from '../../../src/contracts/views-warehouse.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

type Quantities = Readonly<Record<number, number>>

/** What was not found is still to be picked; for the rest all of a line may go. */
function most(line: FulfilmentLine, reason: RejectionReason | null): number {
  return reason === 'no_stock_found' ? line.quantity - line.picked : line.quantity
}

/** About goods one says which; about the place all of it. */
function partAtFirst(reason: RejectionReason | null, units: number): boolean {
  return reason !== null && rejectionEffects[reason].stock !== 'kept' && units > 1
}

export function RejectDialog({ task, onClose }: { task: FulfilmentView; onClose: () => void }) {
  const { t } = useText()
  const [reason, setReason] = useState<RejectionReason | null>(null)
  const [choice, setChoice] = useState<'whole' | 'part' | null>(null)
  const [chosen, setChosen] = useState<Quantities>({})
  const [note, setNote] = useState('')
  const all = task.lines.reduce((sum, line) => sum + line.quantity, 0)
  const isPart = choice === null ? partAtFirst(reason, all) : choice === 'part'
  const lines = task.lines
    .map((line) => ({
      fulfilment_line_no: line.fulfilment_line_no,
      quantity: Math.min(chosen[line.fulfilment_line_no] ?? 0, most(line, reason)),
    }))
    .filter((line) => line.quantity > 0)
  const units = isPart ? lines.reduce((sum, line) => sum + line.quantity, 0) : all
  const text = note.trim()
  const send = useRejection(task, units, onClose)
  return (
    <Modal open title={t('reject.title')} onCancel={onClose} footer={null} width={480}>
      <form
        className="stack reject"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason !== null)
            send.mutate({
              reason,
              version: task.version,
              note: text === '' ? undefined : text,
              lines: isPart ? lines : undefined,
            })
        }}
      >
        <ReasonChoice reason={reason} onChoose={setReason} />
        <Segmented
          block
          value={isPart ? 'part' : 'whole'}
          onChange={setChoice}
          options={[
            { value: 'whole', label: t('reject.whole') },
            { value: 'part', label: t('reject.part') },
          ]}
        />
        {isPart && <Lines task={task} reason={reason} chosen={chosen} onChoose={setChosen} />}
        <Input
          size="large"
          aria-label={t('reject.note')}
          placeholder={reason === 'other' ? t('reject.note') : t('reject.note_optional')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <Effect task={task} reason={reason} units={units} />
        <Foot
          disabled={reason === null || units === 0 || (reason === 'other' && text === '')}
          loading={send.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}

function Foot({ disabled, loading, onClose }: { disabled: boolean; loading: boolean; onClose: () => void }) {
  const { t } = useText()
  return (
    <div className="row dialog-foot">
      <Button size="large" onClick={onClose}>
        {t('action.back')}
      </Button>
      <Button size="large" type="primary" danger htmlType="submit" disabled={disabled} loading={loading}>
        {t('reject.go')}
      </Button>
    </div>
  )
}

interface Wish {
  readonly reason: RejectionReason
  readonly version: number
  readonly note: string | undefined
  readonly lines: { fulfilment_line_no: number; quantity: number }[] | undefined
}

function useRejection(task: FulfilmentView, units: number, onClose: () => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Wish) => ask('POST /fulfilments/:id/reject', { params: { id: task.fulfilment_id }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['warehouse'] })
      void message.success(t('reject.done', { count: units }))
      onClose()
    },
    // somebody was faster: what is shown then is what there is now
    onError: async (error) => {
      void message.error(sentence(error, t('problem.unknown')))
      await queries.invalidateQueries({ queryKey: ['warehouse'] })
    },
  })
}

interface ReasonChoiceProps {
  readonly reason: RejectionReason | null
  readonly onChoose: (reason: RejectionReason) => void
}

function ReasonChoice({ reason, onChoose }: ReasonChoiceProps) {
  const { t, label } = useText()
  return (
    <Radio.Group
      className="reject-reasons"
      aria-label={t('reject.title')}
      value={reason}
      onChange={(event) => {
        const found = rejectionReasons.find((one) => one === event.target.value)
        if (found !== undefined) onChoose(found)
      }}
    >
      {rejectionReasons.map((one) => (
        <Radio key={one} value={one}>
          {label('reason', one)}
        </Radio>
      ))}
    </Radio.Group>
  )
}

interface LinesProps {
  readonly task: FulfilmentView
  readonly reason: RejectionReason | null
  readonly chosen: Quantities
  readonly onChoose: (chosen: Quantities) => void
}

function Lines({ task, reason, chosen, onChoose }: LinesProps) {
  const { t } = useText()
  return (
    <ul className="cancel-lines">
      {task.lines
        .filter((line) => line.quantity > 0)
        .map((line) => {
          const limit = most(line, reason)
          return (
            <li key={line.fulfilment_line_no} className="row between">
              <span className="grow reject-line">
                <span className="mono">{line.sku}</span>
                <span className="small quiet task-title">{line.title}</span>
              </span>
              <span className="small quiet nowrap">{t('reject.up_to', { count: limit })}</span>
              <InputNumber
                size="large"
                aria-label={t('reject.quantity', { sku: line.sku })}
                min={0}
                max={limit}
                precision={0}
                disabled={limit === 0}
                value={Math.min(chosen[line.fulfilment_line_no] ?? 0, limit)}
                onChange={(quantity) => onChoose({ ...chosen, [line.fulfilment_line_no]: quantity ?? 0 })}
              />
            </li>
          )
        })}
    </ul>
  )
}

function Effect({ task, reason, units }: { task: FulfilmentView; reason: RejectionReason | null; units: number }) {
  const { t, sentences } = useText()
  const said = (): string => {
    if (reason === null) return t('reject.choose')
    if (units === 0) return t('reject.none')
    const { stock, out_for, lasts } = rejectionEffects[reason]
    const inHand = stock !== 'unfit' && task.lines.some((line) => line.picked > 0)
    const out = out_for === 'lines' ? 'lines' : lasts === 'day' ? 'day' : 'order'
    return sentences(
      t('reject.leaves', { count: units }),
      t(`reject.stock_${stock}`),
      inHand && t('reject.aside'),
      t(`reject.out_${out}`),
    )
  }
  return (
    <p className="reject-effect" role="status">
      {said()}
    </p>
  )
}
