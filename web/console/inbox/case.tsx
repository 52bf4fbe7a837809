// One item, big: why it is here and what it is worth, what it rests on, the fixes with what each would do, the order, what happened.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { FixView, InboxCase, InboxItem } from '../../../src/contracts/inbox.ts'
import { useStaffNames } from '../frame/places.ts'
import { useSession } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Ago, Money, TimeLeft } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'
import { useInboxCase, useQueueNames } from './inbox-data.ts'
import { reasonText } from './words.ts'

interface CaseProps {
  readonly item: InboxItem
  readonly actions: ReactNode
  readonly onFix: (fix: FixView) => void
}

export function Case({ item, actions, onFix }: CaseProps) {
  const { data, error, refetch } = useInboxCase(item.item_id)
  return (
    <article className="stack case" aria-labelledby="inbox-case">
      <section className="card case-head">
        <Head item={item} />
        {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
        {error === null && data === undefined && <LoadingRows rows={4} />}
        {data !== undefined && (
          <>
            <Evidence found={data.evidence} />
            <Fixes fixes={data.fixes} onFix={onFix} />
          </>
        )}
        {actions}
      </section>
      {data !== undefined && (
        <div className="case-columns">
          {data.order !== null && <Order item={item} order={data.order} />}
          <History entries={data.history} />
        </div>
      )}
    </article>
  )
}

function Head({ item }: { item: InboxItem }) {
  const text = useText()
  const { t, label, either } = text
  const queues = useQueueNames()
  const names = useStaffNames()
  const me = useSession().staff_id
  return (
    <header className="case-title">
      <div className="row between wrap">
        <div className="row wrap">
          <Pill tone="info" icon="inbox">
            {label('inbox_kind', item.kind)}
          </Pill>
          {item.order_id === null ? (
            <span className="mono strong">{item.title}</span>
          ) : (
            <Link to={`/app/orders/${item.order_id}`} className="mono strong">
              {item.title}
            </Link>
          )}
          {item.queue !== null && <span className="quiet">{queues.get(item.queue) ?? item.queue}</span>}
        </div>
        <div className="row wrap">
          {item.claimed_at !== null && item.assignee !== null && item.assignee !== me && (
            <Pill tone="warn" icon="person">
              {t('inbox.claimed_by', { name: names.get(item.assignee) ?? t('inbox.somebody') })}
            </Pill>
          )}
          <TimeLeft until={item.due_at} />
        </div>
      </div>
      <div className="row between wrap">
        <h2 id="inbox-case" className="case-why">
          {reasonText(text, item.reason)}
        </h2>
        {item.value !== null && item.currency !== null && (
          <span className="case-total">
            <Money amount={item.value} currency={item.currency} strong />
          </span>
        )}
      </div>
      <p className="quiet small">{t('inbox.ranked', { why: either(item.why.en, item.why.zh) })}</p>
    </header>
  )
}

function Evidence({ found }: { found: InboxCase['evidence'] }) {
  const text = useText()
  const { label, either, format } = text
  const shown = (code: string, value: string) => {
    if (code === 'stage') return label('work', value)
    if (code === 'tried_again') return `${format.dayName(value)} ${format.time(value)}`
    return /^\d{4}-\d\d-\d\dT/.test(value) ? format.dateTime(value) : value
  }
  return (
    <ul className="evidence">
      {found.map((one) => (
        <li key={one.code + (one.value ?? one.text?.en ?? '')} className="info">
          <Icon name="circle" />
          <span className="grow">
            {one.text !== null
              ? either(one.text.en, one.text.zh)
              : text.knows('inbox_evidence', one.code)
                ? label('inbox_evidence', one.code)
                : reasonText(text, one.code)}
          </span>
          {one.value !== null && <strong className="inbox-value">{shown(one.code, one.value)}</strong>}
        </li>
      ))}
    </ul>
  )
}

function Fixes({ fixes, onFix }: { fixes: readonly FixView[]; onFix: (fix: FixView) => void }) {
  const { t, label } = useText()
  if (fixes.length === 0) return null
  const first = fixes.find((fix) => fix.allowed)
  return (
    <div className="inbox-fixes">
      <h3>{t('inbox.fixes')}</h3>
      <ol>
        {fixes.map((fix, index) => (
          <li key={fix.fix}>
            <Button
              type={fix === first ? 'primary' : 'default'}
              disabled={!fix.allowed}
              aria-describedby={`effect-${fix.fix}`}
              onClick={() => onFix(fix)}
            >
              {label('fix', fix.fix)} {index < 9 && <kbd>{index + 1}</kbd>}
            </Button>
            <div id={`effect-${fix.fix}`} className="inbox-effect">
              <Effect effect={fix.effect} />
              {!fix.allowed && <p className="small inbox-lacks">{t('inbox.lacks', { permission: fix.lacks ?? '' })}</p>}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What a fix does to stock, money and promise, in words. */
export function Effect({ effect }: { effect: FixView['effect'] }) {
  const text = useText()
  const { t, label, either, format } = text
  const facts = [
    effect.units_freed > 0 && t('inbox.frees', { count: effect.units_freed }),
    effect.money !== null && effect.money.refunded > 0
      ? t('inbox.refunds', { money: format.money(effect.money.refunded, effect.money.currency) })
      : false,
    ...(effect.way === null ? [] : wayFacts(text, effect.way)),
    effect.promise !== 'none' && label('inbox_promise', effect.promise),
  ].filter((fact) => fact !== false)
  return (
    <>
      <p>{either(effect.words.en, effect.words.zh)}</p>
      {facts.length > 0 && <p className="quiet small">{facts.join(' · ')}</p>}
    </>
  )
}

/** Where late work would leave from, when it would arrive, and what that costs against now. */
function wayFacts({ t, either, format }: Text, way: NonNullable<FixView['effect']['way']>): string[] {
  if (way.cost === null) return [t('inbox.tells', { when: format.dayName(way.arrives_at) })]
  const more = way.cost_now === null ? null : way.cost - way.cost_now
  const before = way.arrives_now === null ? '—' : format.moment(way.arrives_now)
  return [
    t('inbox.leaves_from', { where: either(way.name, way.name_zh), service: way.service ?? '' }),
    t('inbox.arrives', { when: format.moment(way.arrives_at), before }),
    ...(more === null
      ? [t('inbox.costs', { money: format.money(way.cost, way.currency) })]
      : [dearer(t, format, more, way.currency)]),
  ]
}

/** A difference of cost in words. */
export function dearer(t: Text['t'], format: Text['format'], more: number, currency: string): string {
  const money = format.money(Math.abs(more), currency)
  return more === 0 ? t('inbox.same_cost') : t(more > 0 ? 'inbox.dearer' : 'inbox.cheaper', { money })
}

function Order({ item, order }: { item: InboxItem; order: NonNullable<InboxCase['order']> }) {
  const { t, label, format } = useText()
  return (
    <Card id="inbox-order" title={t('inbox.order')}>
      <Facts
        rows={[
          [
            t('inbox.number'),
            <Link key="number" className="mono" to={`/app/orders/${item.order_id ?? ''}`}>
              {order.number}
            </Link>,
          ],
          [t('inbox.order_state'), label('commercial', order.commercial)],
          [t('order.placed'), format.dateTime(order.placed_at)],
          [t('column.promise'), order.promised_at === null ? '—' : format.date(order.promised_at)],
          [t('inbox.total'), format.money(order.total, order.currency)],
          [t('inbox.city'), order.city ?? '—'],
        ]}
      />
      <ul className="inbox-lines">
        {order.lines.map((line) => (
          <li key={line.line_no} className="row between">
            <span className="clip">{line.title ?? line.sku}</span>
            <span className="nowrap quiet">
              {line.waiting > 0
                ? t('inbox.waiting_of', { waiting: line.waiting, ordered: line.ordered })
                : `× ${format.number(line.ordered)}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function History({ entries }: { entries: InboxCase['history'] }) {
  const { t, label, knows } = useText()
  const names = useStaffNames()
  const who = (actor: string) => names.get(actor.slice(actor.indexOf(':') + 1)) ?? 'Ordo'
  const detail = (one: InboxCase['history'][number]) =>
    one.detail === null || /^\d{4}-\d\d-\d\dT/.test(one.detail)
      ? ''
      : (names.get(one.detail) ?? (knows('fix', one.detail) ? label('fix', one.detail) : one.detail))
  return (
    <Card id="inbox-history" title={t('inbox.history')}>
      <ol className="inbox-history">
        {entries.map((one) => (
          <li key={`${one.at}${one.what}`}>
            <span>
              {label('inbox_entry', one.what)} <span className="quiet">{detail(one)}</span>
            </span>
            <span className="quiet small nowrap">
              {who(one.actor)} · <Ago at={one.at} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
