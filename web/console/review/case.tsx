// One case: why it was stopped and on what evidence, then what is at stake: goods, customer, history.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Evidence, ReviewCase } from '../../../src/contracts/views-review.ts'
import type { Format } from '../../shared/format.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Ago, Money, Place, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'

const WEIGHTS: Readonly<Record<Evidence['weight'], IconName>> = {
  danger: 'stop',
  warning: 'exceptions',
  info: 'circle',
  good: 'done',
}

export function Case({ one, actions }: { one: ReviewCase; actions: ReactNode }) {
  return (
    <article className="stack case" aria-labelledby="case-title">
      <section className="card case-head">
        <Head one={one} />
        <EvidenceList one={one} />
        {actions}
      </section>
      <div className="case-columns">
        <Goods one={one} />
        <Customer one={one} />
      </div>
    </article>
  )
}

function Head({ one }: { one: ReviewCase }) {
  const { t, label } = useText()
  const until = one.due_at ?? one.expires_at
  return (
    <header className="case-title">
      <div className="row between wrap">
        <div className="row wrap">
          <Pill tone="bad" icon="pause">
            {label('hold', one.kind)}
          </Pill>
          <Link to={`/app/orders/${one.order_id}`} className="mono strong">
            {one.number}
          </Link>
          <span className="quiet">
            {label('method', one.payment_method)} · {t('order.placed')} <Ago at={one.order_placed_at} />
          </span>
        </div>
        <div className="row wrap">
          {one.four_eyes.required && (
            <Pill tone="warn" icon="person">
              {one.four_eyes.first_by === null
                ? t('review.four_eyes')
                : t('review.four_eyes_second', { name: one.four_eyes.first_by })}
            </Pill>
          )}
          {until !== null && <TimeLeft until={until} />}
        </div>
      </div>
      <div className="row between wrap">
        <Reasons one={one} />
        <span className="case-total">
          <Money amount={one.total} currency={one.currency} strong />
        </span>
      </div>
    </header>
  )
}

function Reasons({ one }: { one: ReviewCase }) {
  const { label, language } = useText()
  const words = one.reasons.map(
    (reason) =>
      (language === 'zh-CN' ? reason.text?.zh : reason.text?.en)?.replace(/[。.]$/, '') ?? label('reason', reason.code),
  )
  return (
    <h2 id="case-title" className="case-why">
      {words.length === 0 ? label('hold', one.kind) : words.join(language === 'zh-CN' ? '；' : '; ')}
    </h2>
  )
}

/** Amounts come as "7016.00 CNY": shown as money everywhere else is. */
function amountOr(value: string, format: Format): string {
  const match = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value)
  return match === null ? value : format.price(Number(match[1]), match[2] ?? '')
}

function EvidenceList({ one }: { one: ReviewCase }) {
  const { t, label, knows, format } = useText()
  return (
    <ul className="evidence">
      {one.evidence.map((item) => (
        <li key={item.code + (item.value ?? '')} className={item.weight}>
          <Icon name={WEIGHTS[item.weight]} />
          <span className="grow">
            <span className="visually-hidden">{t(`weight.${item.weight}`)}: </span>
            {label(knows('evidence', item.code) ? 'evidence' : 'reason', item.code)}
          </span>
          {item.value !== null && <strong>{amountOr(item.value, format)}</strong>}
          {item.limit !== null && (
            <span className="quiet small">{t('review.limit', { limit: amountOr(item.limit, format) })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Goods({ one }: { one: ReviewCase }) {
  const { t } = useText()
  return (
    <Card id="case-goods" title={t('order.lines')} flush>
      <ul className="case-goods">
        {one.lines.map((line) => (
          <li key={line.line_no} className="row">
            <span className="grow">
              <span className="clip case-goods-title">{line.title ?? line.sku}</span>
              <span className="mono small quiet">{line.sku}</span>
            </span>
            <span className="quiet nowrap">× {line.quantity}</span>
            <Money amount={line.net} currency={one.currency} />
          </li>
        ))}
      </ul>
      {one.line_count > one.lines.length && (
        <p className="case-more quiet">{t('orders.more_lines', { count: one.line_count - one.lines.length })}</p>
      )}
    </Card>
  )
}

function Customer({ one }: { one: ReviewCase }) {
  const { t, format } = useText()
  const person = one.person
  return (
    <Card id="case-customer" title={t('order.customer')}>
      <Facts
        rows={[
          [t('person.name'), person?.name ?? t('orders.nameless')],
          [t('person.phone'), person?.phone ?? '—'],
          [t('person.email'), person?.email ?? '—'],
          [
            t('order.ship_to'),
            <Place key="place" city={one.ship_to.city} region={one.ship_to.region} country={one.ship_to.country} />,
          ],
          [
            t('person.address'),
            person === null || person.address_lines.length === 0 ? '—' : [...new Set(person.address_lines)].join(' '),
          ],
          [
            t('review.history'),
            one.history.orders === 0
              ? t('review.first_order')
              : t('review.history_value', {
                  count: one.history.orders,
                  number: format.count(one.history.orders),
                  total: format.money(one.history.total, one.currency),
                }),
          ],
          [t('review.customer_since'), <Ago key="since" at={one.history.first_order_at} />],
          [t('review.returns'), format.count(one.history.returns)],
        ]}
      />
      {person !== null && person.note !== null && person.note !== '' && (
        <blockquote className="case-note">{person.note}</blockquote>
      )}
    </Card>
  )
}
