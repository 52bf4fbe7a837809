// One fix for many items: which fits how many, what it does to all of them together, and afterwards which were refused and why.
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { InboxItem } from '../../../src/contracts/inbox.ts'
import type { ManyPreview } from '../../../src/contracts/inbox-many.ts'
import { ask, type Reply } from '../../shared/api.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { type Text, useText } from '../text.ts'
import { dearer } from './effect.tsx'
import { useWork } from './inbox-data.ts'
import { itemText } from './words.ts'

interface BulkDialogProps {
  readonly items: readonly InboxItem[]
  readonly onClose: () => void
  readonly onDone: () => void
}

type Results = Reply<'POST /inbox/fixes'>['items']

export function BulkDialog({ items, onClose, onDone }: BulkDialogProps) {
  const { t } = useText()
  // The list is read again behind the dialog, which goes on speaking of those that were selected.
  const [chosen] = useState(items)
  const [results, setResults] = useState<Results | null>(null)
  const item_ids = chosen.map((item) => item.item_id)
  const preview = useQuery({
    queryKey: ['inbox', 'preview', item_ids],
    queryFn: () => ask('POST /inbox/fixes/preview', { body: { item_ids } }),
    enabled: results === null,
  })
  const { data, error } = preview
  return (
    <Modal
      open
      title={t('inbox.bulk_title', { count: chosen.length })}
      footer={null}
      width={560}
      onCancel={results === null ? onClose : onDone}
    >
      {results !== null ? (
        <BulkResults items={chosen} results={results} onDone={onDone} />
      ) : data !== undefined ? (
        <BulkForm preview={data} item_ids={item_ids} onClose={onClose} onResults={setResults} />
      ) : error === null ? (
        <LoadingRows rows={3} />
      ) : (
        <Trouble error={error} retry={() => void preview.refetch()} />
      )}
    </Modal>
  )
}

/** What became of many that were put off, where some were refused. */
export function RefusedDialog({ items, results, onDone }: BulkResultsProps) {
  const { t } = useText()
  return (
    <Modal open title={t('inbox.refused_title')} footer={null} width={560} onCancel={onDone}>
      <BulkResults items={items} results={results} onDone={onDone} />
    </Modal>
  )
}

interface BulkFormProps {
  readonly preview: ManyPreview
  readonly item_ids: readonly string[]
  readonly onClose: () => void
  readonly onResults: (results: Results) => void
}

function BulkForm({ preview, item_ids, onClose, onResults }: BulkFormProps) {
  const text = useText()
  const { t, label } = text
  // Money is matched to one order each: that is no work for many at once.
  const fixes = preview.fixes.filter((one) => one.needs !== 'order_number')
  const [fix, setFix] = useState(fixes[0]?.fix)
  const [reason, setReason] = useState('')
  const wanted = fixes.find((one) => one.fix === fix)
  const apply = useWork(
    () => {
      if (fix === undefined) throw new Error('no fix')
      const said = reason.trim() === '' ? {} : { reason: reason.trim() }
      return ask('POST /inbox/fixes', { body: { item_ids: [...item_ids], fix, ...said } })
    },
    (answer) => onResults(answer.items),
  )
  if (wanted === undefined) return <p>{t('inbox.nothing_fits')}</p>
  const isReady = wanted.needs === null || reason.trim() !== ''
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !apply.isPending) apply.mutate(undefined)
      }}
    >
      <Radio.Group className="inbox-choices" value={fix} onChange={(event) => setFix(event.target.value)}>
        {fixes.map((one) => (
          <Radio key={one.fix} value={one.fix}>
            <strong>{label('fix', one.fix)}</strong>{' '}
            <span className="quiet">{t('inbox.fits', { fits: one.fits, count: preview.items })}</span>
            <span className="inbox-sum small quiet">{sumText(text, one)}</span>
          </Radio>
        ))}
      </Radio.Group>
      <Field name={t('inbox.reason')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={500}
            placeholder={wanted.needs === null ? t('inbox.optional') : ''}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <p className="quiet small">{t('inbox.each_by_itself')}</p>
      <div className="row dialog-foot">
        <Button onClick={onClose}>{t('action.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={apply.isPending}>
          {t('inbox.apply')}
        </Button>
      </div>
    </form>
  )
}

// What a fix would do to all of them together.
function sumText(text: Text, one: ManyPreview['fixes'][number]): string {
  const { t, either, format } = text
  const { words, places, fits, units_freed, money } = one
  return [
    either(words.en, words.zh),
    one.fix === 'lift_exclusion' ? t('inbox.lifts_all') : '',
    places === null ? '' : t('inbox.found_of', { found: places.found, count: fits }),
    ...(places?.costs ?? []).map((sum) => t('inbox.costs', { money: format.money(sum.amount, sum.currency) })),
    units_freed > 0 ? t('inbox.frees', { count: units_freed }) : '',
    ...money
      .filter((sum) => sum.refunded > 0)
      .map((sum) => t('inbox.refunds', { money: format.money(sum.refunded, sum.currency) })),
    ...one.dearer.map((sum) => dearer(t, format, sum.amount, sum.currency)),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

interface BulkResultsProps {
  readonly items: readonly InboxItem[]
  readonly results: Results
  readonly onDone: () => void
}

function BulkResults({ items, results, onDone }: BulkResultsProps) {
  const text = useText()
  const { t, either } = text
  const refused = results.filter((one) => one.state === 'refused')
  const nameOf = (item_id: string) => {
    const item = items.find((one) => one.item_id === item_id)
    return item === undefined ? '' : itemText(text, item)
  }
  return (
    <div className="stack">
      <p role="status">{t('inbox.bulk_done', { done: results.length - refused.length, refused: refused.length })}</p>
      {refused.length > 0 && (
        <ul className="inbox-refused">
          {refused.map((one) => (
            <li key={one.item_id}>
              <strong>{nameOf(one.item_id)}</strong>
              <span>{one.text === null ? one.code : either(one.text.en, one.text.zh)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="row dialog-foot">
        <Button type="primary" autoFocus onClick={onDone}>
          {t('inbox.go_on')}
        </Button>
      </div>
    </div>
  )
}
