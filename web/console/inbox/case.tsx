// One item, big: why it is here and what it is worth, what it rests on, the fixes with what each would do, the order, what happened.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { FixView, InboxCase, InboxItem } from '../../../src/contracts/inbox.ts'
import { useStaffNames } from '../frame/places.ts'
import { useSession } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Ago, Money, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { Effect } from './effect.tsx'
import { Evidence } from './evidence.tsx'
import { useInboxCase, useQueueNames } from './inbox-data.ts'
import { entryText, reasonText, titleText } from './words.ts'

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
            <span className="mono strong">{titleText(text, item)}</span>
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
          [t('inbox.placed'), format.dateTime(order.placed_at)],
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
  const text = useText()
  const { t, label } = text
  const names = useStaffNames()
  const queues = useQueueNames()
  const who = (actor: string) => names.get(actor.slice(actor.indexOf(':') + 1)) ?? 'Ordo'
  return (
    <Card id="inbox-history" title={t('inbox.history')}>
      <ol className="inbox-history">
        {entries.map((one) => (
          <li key={`${one.at}${one.what}`}>
            <span>
              {label('inbox_entry', one.what)}{' '}
              <span className="quiet">{entryText(text, one, (id) => names.get(id) ?? queues.get(id))}</span>
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
