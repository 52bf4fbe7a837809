// Why this location: the decision in sentences, the candidates behind it as a table.
import { Drawer } from 'antd'
import { useState } from 'react'
import type { AllocationDecision, Candidate, OrderAllocation } from '../../../src/contracts/views-allocation.ts'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { useCarrierName } from '../frame/places.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'
import { ByHandHistory, ByHandMenu } from './by-hand.tsx'
import { DecisionMap } from './decision-map.tsx'
import { useOrderAllocation } from './order-data.ts'
import { Waiting } from './waiting-note.tsx'

export function DecisionCard({ order }: { order: OrderDetail }) {
  const { t, language } = useText()
  const { data, error, refetch } = useOrderAllocation(order.order_id)
  const [open, setOpen] = useState<AllocationDecision | null>(null)
  const newest = data?.items[0]
  const extra = (
    <>
      {newest !== undefined && (
        <button type="button" className="ghost" onClick={() => setOpen(newest)}>
          <Icon name="table" size={14} />
          {t('decision.compare')}
        </button>
      )}
      <ByHandMenu order={order} />
    </>
  )
  return (
    <Card id="decision" title={t('decision.title')} extra={extra}>
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data?.waiting != null && <Waiting waiting={data.waiting} />}
      {data?.items.length === 0 && <p className="quiet">{t('decision.none')}</p>}
      {newest !== undefined && <Sentences decision={newest} />}
      {data !== undefined && data.items.length > 1 && (
        <ul className="decision-earlier">
          {data.items.slice(1).map((decision) => (
            <li key={decision.decision_id}>
              <button type="button" className="linkish" onClick={() => setOpen(decision)}>
                {t('decision.earlier')}
                {language === 'zh-CN' ? '' : ' '}
                <Ago at={decision.at} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ByHandHistory order={order} />
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        size={880}
        title={`${t('decision.title')} · ${order.number}`}
      >
        {open !== null && <Comparison decision={open} destination={data?.destination ?? null} />}
      </Drawer>
    </Card>
  )
}

export function namesOf({ either, format }: Text, candidate: Candidate): string {
  return format.list(candidate.locations.map((location) => either(location.name, location.name_zh)))
}

function Sentences({ decision }: { decision: AllocationDecision }) {
  const text = useText()
  const { t, format, label, sentences } = text
  const chosen = decision.candidates.find((candidate) => candidate.verdict === 'chosen')
  const second = decision.candidates.find((candidate) => candidate.verdict === 'runner_up')
  const removed = decision.candidates.filter((candidate) => candidate.verdict === 'removed')
  if (chosen === undefined) return <p>{t('decision.nowhere', { count: decision.candidates.length })}</p>
  const money = (amount: number) => format.money(amount, decision.currency)
  const more = decision.margin ?? (second?.cost ?? 0) - (chosen.cost ?? 0)
  const distances = chosen.locations.filter((location) => location.distance_km !== null)
  return (
    <div className="stack decision">
      <p>
        <strong>{namesOf(text, chosen)}</strong>
        {text.language === 'zh-CN' ? '' : ' '}
        {sentences(
          chosen.locations.length > 1
            ? t('decision.split', { count: chosen.locations.length })
            : t(decision.outcome === 'short' ? 'decision.part' : 'decision.whole'),
          chosen.cost !== null &&
            t(decision.by_hand === null ? 'decision.cost' : 'decision.cost_by_hand', { cost: money(chosen.cost) }),
          distances.length === 1 && t('decision.distance', { km: format.number(distances[0]?.distance_km ?? 0) }),
        )}
      </p>
      <ByRule decision={decision} />
      {decision.by_hand !== null && (
        <p>
          <Icon name="person" size={14} /> {t('decision.by_hand', { reason: decision.by_hand.reason })}
        </p>
      )}
      {second !== undefined && (
        <p>
          {more === 0
            ? t('decision.second_same', { name: namesOf(text, second) })
            : t('decision.second', { name: namesOf(text, second), more: money(more) })}
        </p>
      )}
      {decision.degraded.map((kind) => (
        <p key={kind}>
          <Pill tone="warn" icon="exceptions">
            {t('degraded.mark')}
          </Pill>{' '}
          {label('degraded.why', kind)}
        </p>
      ))}
      {decision.scarce !== null && <p>{scarceText(text, decision, decision.scarce)}</p>}
      {decision.in_turn && <p className="quiet">{t('decision.in_turn')}</p>}
      {removed.slice(0, 3).map((candidate) => (
        <p key={namesOf(text, candidate)} className="quiet">
          {t('decision.removed', {
            name: namesOf(text, candidate),
            why: label('removed', candidate.removed_by ?? 'unknown', { detail: candidate.removed_detail ?? '' }),
          })}
        </p>
      ))}
      {removed.length > 3 && <p className="quiet">{t('decision.more_removed', { count: removed.length - 3 })}</p>}
      <p className="small quiet">
        <Ago at={decision.at} /> · {label('cause', decision.cause)}
      </p>
    </div>
  )
}

// Which rule decided, which were asked before it, and what would have decided otherwise.
function ByRule({ decision }: { decision: AllocationDecision }) {
  const { t, either, format, label } = useText()
  const { rule, tried, arm, flip, currency } = decision
  return (
    <>
      {rule !== null && <p>{t('decision.rule', { name: either(rule.name.en, rule.name.zh) })}</p>}
      {tried.map(({ rule_id, because }) => (
        <p key={rule_id} className="quiet">
          {t('decision.tried', { rule: rule_id, why: label('removed', because) })}
        </p>
      ))}
      {arm !== null && <p className="quiet">{label('decision.arm', arm)}</p>}
      {flip !== null && (
        <p className="quiet">
          {t(`decision.flip.${flip.kind}`, {
            count: flip.amount,
            name: flip.location_id,
            from: format.list(flip.locations),
            cost: format.money(flip.cost, currency),
          })}
        </p>
      )}
    </>
  )
}

function scarceText(
  { t, format, sentences }: Text,
  { currency }: AllocationDecision,
  { locations, cost, worth, saved }: NonNullable<AllocationDecision['scarce']>,
): string {
  const money = (amount: number) => format.money(amount, currency)
  return sentences(
    t('decision.scarce', { name: format.list(locations), cost: money(cost) }),
    worth !== null && worth > 0 && t('decision.scarce_worth', { worth: money(worth) }),
    saved !== null && saved > 0 && t('decision.scarce_saved', { saved: money(saved) }),
  )
}

function Comparison({
  decision,
  destination,
}: {
  decision: AllocationDecision
  destination: OrderAllocation['destination']
}) {
  const text = useText()
  const { t, format, label } = text
  const carrier = useCarrierName()
  const terms = [...new Set(decision.candidates.flatMap((candidate) => candidate.terms.map((term) => term.term)))]
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '—' : format.money(amount, decision.currency)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where the drawer is too small for it, the keyboard scrolls it
    <section className="stack" tabIndex={0} aria-label={t('decision.compare')}>
      <DecisionMap decision={decision} destination={destination} />
      <Table
        caption={t('decision.compare')}
        rows={decision.candidates}
        rowKey={(candidate) =>
          candidate.locations.map((location) => location.location_id).join('+') + candidate.verdict
        }
        rowClass={(candidate) => (candidate.verdict === 'chosen' ? 'at' : undefined)}
        columns={[
          { key: 'name', title: t('load.location'), cell: (candidate) => namesOf(text, candidate) },
          { key: 'verdict', title: t('decision.verdict'), cell: (candidate) => <Verdict candidate={candidate} /> },
          {
            key: 'km',
            title: t('decision.km'),
            align: 'right',
            cell: (candidate) => (
              <span className="nowrap">
                {candidate.locations
                  .map((location) => (location.distance_km === null ? '—' : format.number(location.distance_km)))
                  .join(' + ')}
              </span>
            ),
          },
          {
            key: 'carrier',
            title: t('decision.carrier'),
            cell: (candidate) =>
              candidate.carrier === null ? '—' : carrier(candidate.carrier, candidate.service ?? ''),
          },
          ...terms.map((term) => ({
            key: term,
            title: label('term', term),
            align: 'right' as const,
            cell: (candidate: Candidate) => money(candidate.terms.find((one) => one.term === term)?.amount),
          })),
          { key: 'carbon_grams', title: t('decision.carbon'), align: 'right', cell: (one) => kilograms(one, format) },
          {
            key: 'cost',
            title: t('decision.total'),
            align: 'right',
            cell: (candidate) => <strong>{money(candidate.cost)}</strong>,
          },
        ]}
      />
      {decision.read.length > 0 && (
        <p className="small quiet">{t('decision.read', { what: readOf(decision, label) })}</p>
      )}
    </section>
  )
}

function kilograms({ carbon_grams }: Candidate, format: Text['format']): string {
  return carbon_grams === null ? '—' : format.number(carbon_grams / 1000, 2)
}

/** The kinds of facts that were read, each once with the ends of its versions. */
function readOf(decision: AllocationDecision, label: Text['label']): string {
  const kinds = Map.groupBy(decision.read, (fact) => fact.kind)
  const versions = (facts: AllocationDecision['read']) => facts.map((fact) => fact.version.slice(-6)).join(' ')
  return [...kinds].map(([kind, facts]) => `${label('fact', kind)} ${versions(facts)}`).join(' · ')
}

function Verdict({ candidate }: { candidate: Candidate }) {
  const { t, label } = useText()
  if (candidate.verdict === 'chosen')
    return (
      <Pill tone="ok" icon="done">
        {t('verdict.chosen')}
      </Pill>
    )
  if (candidate.verdict === 'removed')
    return (
      <Pill tone="idle" icon="crossed">
        {label('removed', candidate.removed_by ?? 'unknown', { detail: candidate.removed_detail ?? '' })}
      </Pill>
    )
  return (
    <Pill tone="info" icon="circle">
      {t(`verdict.${candidate.verdict}`)}
    </Pill>
  )
}
