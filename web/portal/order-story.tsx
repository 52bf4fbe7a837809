// The order for its customer: the answer in one sentence, why it is late if it is, the way so far, the parcels, the rest.
import type { TrackingView } from '../../src/contracts/views-tracking.ts'
import { answerOf, exactDays } from './answer.ts'
import { ItemList } from './item-list.tsx'
import { Parcel } from './parcel.tsx'
import { useWords } from './words.ts'

export function OrderStory({ view }: { view: TrackingView }) {
  const words = useWords()
  const { t } = words
  const answer = answerOf(view, words, Date.now())
  const exact = exactDays(view, words)
  return (
    <article>
      <section className={`answer ${answer.mood}`}>
        <p className="number">{t('order', { number: view.number })}</p>
        <h1>{answer.sentence}</h1>
        {exact !== null && <p className="answer-more">{exact}</p>}
        {answer.more !== null && <p className="answer-more">{answer.more}</p>}
      </section>
      {view.late !== null && <Late late={view.late} />}
      <Steps steps={presentOf(view.steps)} />
      {view.parcels.map((parcel, index) => (
        <Parcel
          key={parcel.tracking_number ?? index}
          parcel={parcel}
          place={view.parcels.length > 1 ? index + 1 : null}
        />
      ))}
      {view.waiting_items.length > 0 && <Waiting items={view.waiting_items} isFirst={view.parcels.length === 0} />}
      <Facts view={view} />
    </article>
  )
}

function Late({ late }: { late: NonNullable<TrackingView['late']> }) {
  const { t, label, format } = useWords()
  return (
    <section className="late">
      <h2>{t('late.title')}</h2>
      <p>
        {t('late.promised', { day: format.dayName(late.promised_at) })} {label('late', late.cause, 'late.unknown')}
      </p>
      {late.refundable && <p>{t('late.refundable')}</p>}
    </section>
  )
}

/** On the way is where a parcel is until it is delivered: the last step is never the present one. */
function presentOf(steps: TrackingView['steps']): TrackingView['steps'] {
  const last = steps.at(-1)
  if (last === undefined || last.state !== 'now') return steps
  return steps.map((step, index) =>
    index === steps.length - 1
      ? { ...step, state: 'next' }
      : index === steps.length - 2
        ? { ...step, state: 'now' }
        : step,
  )
}

function Steps({ steps }: { steps: TrackingView['steps'] }) {
  const { t, format } = useWords()
  return (
    <ol className="steps" aria-label={t('steps')}>
      {steps.map((step) => (
        <li key={step.code} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="step-mark" aria-hidden="true">
            {step.state === 'done' && (
              <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                <path
                  d="m3 8.5 3.3 3.2L13 5"
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="2.2"
                  strokeLinecap="round"
                  strokeLinejoin="round"
                />
              </svg>
            )}
          </span>
          <span className="step-name">{t(`step.${step.code}`)}</span>
          <span className="visually-hidden">{t(`step_state.${step.state}`)}</span>
          {step.at !== null && <time dateTime={step.at}>{format.monthDay(step.at)}</time>}
        </li>
      ))}
    </ol>
  )
}

function Waiting({ items, isFirst }: { items: TrackingView['waiting_items']; isFirst: boolean }) {
  const { t } = useWords()
  return (
    <section className="box">
      <h2>{isFirst ? t('items.title') : t('items.waiting')}</h2>
      <ItemList items={items} />
    </section>
  )
}

function Facts({ view }: { view: TrackingView }) {
  const { t, format, language } = useWords()
  const { country, region, city, name, address } = view.destination
  const parts = country === 'CN' ? [region, city === region ? null : city] : [city, region]
  const place = parts
    .filter((part) => part !== null && part !== '')
    .join(country === 'CN' && language === 'zh-CN' ? '' : ', ')
  return (
    <dl className="facts">
      <div>
        <dt>{t('facts.to')}</dt>
        <dd>
          {name !== null && <span>{name}</span>}
          {country === 'CN' && <span>{place}</span>}
          {address !== null && <span>{address}</span>}
          {country !== 'CN' && <span>{place}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('facts.placed')}</dt>
        <dd>{format.date(view.placed_at)}</dd>
      </div>
    </dl>
  )
}
