// What a decision by hand would do: now, by hand and by the machine side by side, or everything that stands in its way.
import type { HandOutlook, HandPreviewed } from '../../../src/contracts/hand.ts'
import { ProblemError } from '../../shared/api.ts'
import { useLocations } from '../frame/places.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { DegradedNote } from '../parts/degraded-note.tsx'
import { Icon } from '../parts/icon.tsx'
import { Pill } from '../parts/states.tsx'
import { useText } from '../text.ts'
import type { HandChoice } from './hand-choice.ts'

interface HandEffectProps {
  readonly choice: HandChoice
  readonly preview: HandPreviewed | undefined
  readonly error: unknown
  readonly isComplete: boolean
}

export function HandEffect({ choice, preview, error, isComplete }: HandEffectProps) {
  const { t } = useText()
  if (!isComplete) return <p className="effect quiet">{t('hand.choose')}</p>
  if (error instanceof ProblemError && error.code === 'decision_refused') return <Refused error={error} />
  if (error !== null) return <Trouble error={error} />
  if (preview === undefined) return <LoadingRows rows={3} />
  return (
    <section className="effect hand-effect" aria-label={t('hand.effect')} aria-live="polite">
      {preview.after === null ? <Steered choice={choice} /> : <Outlooks preview={preview} />}
      <Warnings preview={preview} />
      <DegradedNote kinds={preview.degraded} />
    </section>
  )
}

function usePlaceName(): (location_id: string) => string {
  const { either } = useText()
  const locations = useLocations()
  return (location_id) => {
    const place = locations.find((one) => one.location_id === location_id)
    return place === undefined ? location_id : either(place.name, place.name_zh)
  }
}

function Refused({ error }: { error: ProblemError }) {
  const { t, label, knows } = useText()
  const nameOf = usePlaceName()
  const said = (item: Readonly<Record<string, unknown>>): string => {
    const code = String(item.code)
    const text = (name: string) => String(item[name] ?? '')
    const place = item.locked_to ?? item.location_id
    return label('hand.problem', knows('hand.problem', code) ? code : 'unknown', {
      where: typeof place === 'string' ? nameOf(place) : '',
      sku: text('sku'),
      wanted: text('wanted'),
      there: text('there'),
      parts: text('parts'),
      limit: text('limit'),
      hold: label('hold', text('hold')),
      detail: text('detail'),
    })
  }
  return (
    <div className="trouble" role="alert">
      <Icon name="stop" size={20} />
      <div className="grow">
        <p className="trouble-title">{t('hand.refused')}</p>
        <ul className="hand-problems">
          {error.errors.map((item) => (
            <li key={`${String(item.code)} ${String(item.pointer)} ${String(item.sku ?? item.location_id ?? '')}`}>
              {said(item)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Steered({ choice }: { choice: HandChoice }) {
  const { label } = useText()
  const nameOf = usePlaceName()
  const where = choice.location_id === null ? '' : nameOf(choice.location_id)
  return <p>{label('hand.means', choice.kind, { where, priority: choice.priority })}</p>
}

function Outlooks({ preview }: { preview: HandPreviewed }) {
  const { t } = useText()
  const { before, after, machine, currency } = preview
  return (
    <div className="hand-outlooks">
      {before !== null && <Outlook name={t('hand.before')} outlook={before} currency={currency} />}
      {after !== null && (
        <Outlook name={t('hand.after')} outlook={after} currency={currency} against={before ?? machine} isChosen />
      )}
      {machine !== null && <Outlook name={t('hand.machine')} outlook={machine} currency={currency} />}
    </div>
  )
}

interface OutlookProps {
  readonly name: string
  readonly outlook: HandOutlook
  readonly currency: string
  readonly against?: HandOutlook | null
  readonly isChosen?: boolean
}

function Outlook({ name, outlook, currency, against = null, isChosen = false }: OutlookProps) {
  const { t, either, format, label } = useText()
  const more = outlook.cost === null || against?.cost == null ? 0 : outlook.cost - against.cost
  return (
    <div className={isChosen ? 'hand-outlook chosen' : 'hand-outlook'}>
      <h3>{name}</h3>
      <ul>
        {outlook.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one plan have no other name
          <li key={index}>
            {t('hand.part', {
              where: either(part.name, part.name_zh),
              count: part.units,
              number: format.number(part.units),
            })}
          </li>
        ))}
      </ul>
      <p className="hand-cost">
        {outlook.cost === null ? t('hand.no_price') : format.money(outlook.cost, currency)}
        {more !== 0 && (
          <span className={more > 0 ? 'hand-more bad' : 'hand-more ok'}>
            {more > 0 ? '+' : '−'}
            {format.money(Math.abs(more), currency)}
          </span>
        )}
      </p>
      <p className="small quiet">
        {outlook.terms
          .filter((term) => term.amount !== 0)
          .map((term) => `${label('term', term.term)} ${format.money(term.amount, currency)}`)
          .join(' · ')}
      </p>
      <p className="small">
        {outlook.arrives_at === null
          ? t('hand.no_arrival')
          : t('hand.arrives', { when: format.moment(outlook.arrives_at) })}
      </p>
      {outlook.late === true && (
        <Pill tone="bad" icon="exceptions">
          {t('hand.late')}
        </Pill>
      )}
      {outlook.late === false && (
        <Pill tone="ok" icon="check">
          {t('hand.in_time')}
        </Pill>
      )}
    </div>
  )
}

function Warnings({ preview }: { preview: HandPreviewed }) {
  const { t, label } = useText()
  const nameOf = usePlaceName()
  return preview.warnings.map((warning) => (
    <p key={`${warning.code} ${warning.location_id}`} className="effect-line warn">
      <Icon name="exceptions" />
      <span>{t('hand.warning', { where: nameOf(warning.location_id), why: label('removed', warning.code) })}</span>
    </p>
  ))
}
