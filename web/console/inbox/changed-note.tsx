// What is not as it was when a person looked: the new figures beside those that were shown.
import { useEffect, useRef } from 'react'
import type { PlaceChoice } from '../../../src/contracts/hand.ts'
import type { FixView } from '../../../src/contracts/inbox.ts'
import { Icon } from '../parts/icon.tsx'
import { type Text, useText } from '../text.ts'

type FixEffect = FixView['effect']

interface ChangedNoteProps {
  readonly was: FixEffect
  /** null where the fix fits no more. */
  readonly now: FixEffect | null
  /** The key of the choice that was made among places. */
  readonly chosen: string
}

/** Said at once, and brought into sight. */
export function ChangedNote({ was, now, chosen }: ChangedNoteProps) {
  const text = useText()
  const { t } = text
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div ref={note} className="trouble" role="alert">
      <Icon name="exceptions" size={20} />
      <div className="grow">
        <p className="trouble-title">{t('inbox.changed')}</p>
        <p>{now === null ? t('inbox.fix_gone') : newsOf(text, was, now, chosen)}</p>
      </div>
    </div>
  )
}

/** By what a choice is known: its place; all of them together have none. */
export function keyOf({ place }: PlaceChoice): string {
  return place?.location_id ?? ''
}

/** The choice of this key. */
export function choiceOf({ choices }: Pick<FixEffect, 'choices'>, key: string): PlaceChoice | undefined {
  return choices.find((choice) => keyOf(choice) === key)
}

function newsOf(text: Text, was: FixEffect, now: FixEffect, chosen: string): string {
  if (choiceOf(was, chosen) !== undefined && choiceOf(now, chosen) === undefined) return text.t('inbox.choice_gone')
  const facts = differences(text, figuresOf(was, chosen), figuresOf(now, chosen))
  return facts.length === 0 ? text.t('inbox.same_figures') : facts.join(' · ')
}

interface Figures {
  readonly cost: number | null
  readonly currency: string
  readonly arrives_at: string | null
  readonly units: number
}

function figuresOf(effect: FixEffect, chosen: string): Figures {
  if (effect.way !== null) return { ...effect.way, units: 0 }
  const outlook = choiceOf(effect, chosen)?.outlook ?? effect.outlook
  return {
    cost: outlook?.plan?.cost ?? null,
    currency: outlook?.currency ?? '',
    arrives_at: outlook?.plan?.arrives_at ?? null,
    units: outlook === null ? 0 : outlook.units - outlook.unmet,
  }
}

function differences({ t, format }: Text, was: Figures, now: Figures): string[] {
  const money = (cost: number | null) => (cost === null ? '—' : format.money(cost, now.currency || was.currency))
  const moment = (at: string | null) => (at === null ? '—' : format.moment(at))
  return [
    was.units !== now.units &&
      t('inbox.units_now', { count: now.units, number: format.number(now.units), before: format.number(was.units) }),
    was.cost !== now.cost && t('inbox.costs_now', { money: money(now.cost), before: money(was.cost) }),
    was.arrives_at !== now.arrives_at &&
      t('inbox.arrives', { when: moment(now.arrives_at), before: moment(was.arrives_at) }),
  ].filter((fact) => fact !== false)
}
