// What a fix does to stock, money and promise, in words; and the places that a person chooses from.
import { Radio } from 'antd'
import type { PlaceChoice, PlaceOutlook } from '../../../src/contracts/hand.ts'
import type { FixView } from '../../../src/contracts/inbox.ts'
import { useCarrierName } from '../frame/places.ts'
import { DegradedNote } from '../parts/degraded-note.tsx'
import { type Text, useText } from '../text.ts'
import { keyOf } from './changed-note.tsx'
import { reasonText, unmetText } from './words.ts'

type FixEffect = FixView['effect']

/** The effect of a fix; of several places that one may choose the first, and how many there are beside it. */
export function Effect({ effect }: { effect: FixEffect }) {
  const text = useText()
  const serviceOf = useServiceName()
  const { t, format, either } = text
  const [first, ...others] = effect.choices
  return (
    <>
      <p>{either(effect.words.en, effect.words.zh)}</p>
      {first !== undefined ? (
        <>
          <p className="small inbox-place">
            <strong>{placeText(text, first)}</strong>
          </p>
          <SetAside choice={first} />
          <Outlook outlook={first.outlook} named={first.place?.location_id} />
          {others.length > 0 && (
            <p className="quiet small">
              {t('inbox.more_places', { count: others.length, number: format.number(others.length) })}
            </p>
          )}
        </>
      ) : (
        effect.outlook !== null && <Outlook outlook={effect.outlook} />
      )}
      <Facts facts={factsOf(text, effect, serviceOf)} />
    </>
  )
}

function factsOf(text: Text, effect: FixEffect, serviceOf: (filed: string) => string): string[] {
  const { t, label, format } = text
  return [
    effect.units_freed > 0 && t('inbox.frees', { count: effect.units_freed }),
    effect.money !== null &&
      effect.money.refunded > 0 &&
      t('inbox.refunds', { money: format.money(effect.money.refunded, effect.money.currency) }),
    ...(effect.way === null ? [] : wayFacts(text, effect.way, serviceOf)),
    // what looks for a place tells beside each plan whether that keeps the promise
    effect.outlook === null && effect.promise !== 'none' && label('inbox_promise', effect.promise),
  ].filter((fact) => fact !== false)
}

function Facts({ facts }: { facts: readonly string[] }) {
  return facts.length === 0 ? null : <p className="quiet small">{facts.join(' · ')}</p>
}

// `named` is the location that is named above it already.
function Outlook({ outlook, named }: { outlook: PlaceOutlook; named?: string | undefined }) {
  const text = useText()
  const serviceOf = useServiceName()
  const { either } = text
  return (
    <>
      <Facts facts={planFacts(text, outlook, serviceOf, named)} />
      {outlook.unmet > 0 && <p className="small inbox-unmet">{unmetText(text, outlook)}</p>}
      {outlook.stands.length > 0 && (
        <ul className="quiet small inbox-stands">
          {outlook.stands.map((place) => (
            <li key={place.location_id}>
              {text.t('inbox.stands', {
                where: either(place.name, place.name_zh),
                why: text.label('removed', place.code),
              })}
            </li>
          ))}
        </ul>
      )}
      <DegradedNote kinds={outlook.degraded} />
    </>
  )
}

function planFacts(
  text: Text,
  { plan, currency }: PlaceOutlook,
  serviceOf: (filed: string) => string,
  named: string | undefined,
): string[] {
  if (plan === null) return []
  const { t, either, format } = text
  const part = ({ location_id, name, name_zh, units, service }: (typeof plan.parts)[number]) => {
    const amount = { count: units, number: format.number(units) }
    const where =
      location_id === named ? t('event.units', amount) : t('hand.part', { where: either(name, name_zh), ...amount })
    return service === null ? where : t('inbox.by_service', { where, service: serviceOf(service) })
  }
  return [
    ...plan.parts.map(part),
    plan.cost !== null && t('inbox.costs', { money: format.money(plan.cost, currency) }),
    plan.arrives_at !== null && t('inbox.arrives_by', { when: format.moment(plan.arrives_at) }),
    plan.late !== null && t(plan.late ? 'inbox.breaks_promise' : 'inbox.keeps_promise'),
  ].filter((fact) => fact !== false)
}

function placeText({ t, either }: Text, { place }: PlaceChoice): string {
  return place === null ? t('inbox.all_places') : either(place.name, place.name_zh)
}

// A rule is set aside, a failure was the reason: their codes have their words in different places.
function SetAside({ choice: { set_aside } }: { choice: PlaceChoice }) {
  const text = useText()
  const { t, label, knows, format } = text
  if (set_aside.length === 0) return null
  const isRule = set_aside.every(({ code }) => knows('removed', code) && !knows('reason', code))
  const said = set_aside.map(({ code, until }) => {
    const what = isRule ? label('removed', code) : reasonText(text, code)
    return until === null ? what : t('inbox.out_until', { what, when: format.moment(until) })
  })
  return <p className="small">{t(isRule ? 'inbox.sets_aside' : 'inbox.was_out', { what: format.list(said) })}</p>
}

// All that are let in again together, by their names.
function LetsIn({ choice: { lets_in } }: { choice: PlaceChoice }) {
  const { t, either, format } = useText()
  if (lets_in.length === 0) return null
  const said = lets_in.map(({ name, name_zh, until }) => {
    const what = either(name, name_zh)
    return until === null ? what : t('inbox.out_until', { what, when: format.moment(until) })
  })
  return <p className="small">{t('inbox.lets_in', { what: format.list(said) })}</p>
}

// A service by its name and its carrier's; rates are filed by their codes.
function useServiceName(): (filed: string) => string {
  const carrier = useCarrierName()
  return (filed) => {
    const [code = '', service] = filed.split('/')
    return carrier(code, service)
  }
}

interface PlaceChoicesProps {
  readonly choices: readonly PlaceChoice[]
  /** The key of the one that is chosen. */
  readonly chosen: string
  readonly onChoose: (key: string) => void
}

/** The places to choose from, each with what it comes to. */
export function PlaceChoices({ choices, chosen, onChoose }: PlaceChoicesProps) {
  const text = useText()
  return (
    <Radio.Group
      className="inbox-choices"
      aria-label={text.t('inbox.choose_place')}
      value={chosen}
      onChange={(event) => onChoose(String(event.target.value))}
    >
      {choices.map((choice) => (
        <Radio key={keyOf(choice)} value={keyOf(choice)}>
          <strong>{placeText(text, choice)}</strong>
          <span className="inbox-sum">
            <SetAside choice={choice} />
            <LetsIn choice={choice} />
            <Outlook outlook={choice.outlook} named={choice.place?.location_id} />
          </span>
        </Radio>
      ))}
    </Radio.Group>
  )
}

/** Where late work would leave from, when it would arrive, and what that costs against now. */
function wayFacts(
  { t, either, format }: Text,
  way: NonNullable<FixEffect['way']>,
  serviceOf: (filed: string) => string,
): string[] {
  if (way.cost === null) return [t('inbox.tells', { when: format.dayName(way.arrives_at) })]
  const more = way.cost_now === null ? null : way.cost - way.cost_now
  const before = way.arrives_now === null ? '—' : format.moment(way.arrives_now)
  return [
    t('inbox.leaves_from', {
      where: either(way.name, way.name_zh),
      service: way.service === null ? '' : serviceOf(way.service),
    }),
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
