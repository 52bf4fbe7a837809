// What a decision by hand asks for, by its kind: the work, the location, units of lines, the priority.
import { Checkbox, InputNumber, Select, Switch } from 'antd'
import { type ReactNode, useId } from 'react'
import { useLocations } from '../frame/places.ts'
import { useText } from '../text.ts'
import type { HandChoice, HandLine, HandWork } from './hand-choice.ts'

interface HandFieldsProps {
  readonly choice: HandChoice
  readonly onChoose: (choice: HandChoice) => void
  readonly work: readonly HandWork[]
  readonly waiting: readonly HandLine[]
}

export function HandFields({ choice, onChoose, work, waiting }: HandFieldsProps) {
  const { kind } = choice
  const set = (change: Partial<HandChoice>) => onChoose({ ...choice, ...change })
  const chosen = work.find((one) => one.fulfilment_id === choice.fulfilment_ids[0])
  const lines = kind === 'allocate' ? waiting : (chosen?.lines ?? [])
  const ofWork = kind === 'move' || kind === 'split'
  return (
    <>
      {ofWork && work.length > 1 && <WorkField choice={choice} work={work} set={set} />}
      {kind === 'merge' && <MergeField choice={choice} work={work} set={set} />}
      {(kind === 'allocate' || kind === 'move' || kind === 'lock') && (
        <LocationField choice={choice} from={kind === 'move' ? chosen?.location_id : undefined} set={set} />
      )}
      {kind !== 'lock' && lines.reduce((sum, line) => sum + line.quantity, 0) > 1 && (
        <UnitFields choice={choice} lines={lines} set={set} />
      )}
      {kind === 'priority' && <PriorityField choice={choice} set={set} />}
    </>
  )
}

interface FieldProps {
  readonly choice: HandChoice
  readonly set: (change: Partial<HandChoice>) => void
}

function useWorkName(): (work: HandWork) => string {
  const { t, either, format } = useText()
  const locations = useLocations()
  return (work) => {
    const place = locations.find((one) => one.location_id === work.location_id)
    const units = work.lines.reduce((sum, line) => sum + line.quantity, 0)
    const name = place === undefined ? work.location_id : either(place.name, place.name_zh)
    return t('hand.work_name', {
      where: name,
      count: units,
      number: format.number(units),
      id: work.fulfilment_id.slice(-4),
    })
  }
}

function WorkField({ choice, work, set }: FieldProps & { work: readonly HandWork[] }) {
  const { t } = useText()
  const nameOf = useWorkName()
  return (
    <Field name={t('hand.work')}>
      {(id) => (
        <Select
          aria-labelledby={id}
          value={choice.fulfilment_ids[0]}
          options={work.map((one) => ({ value: one.fulfilment_id, label: nameOf(one) }))}
          onChange={(fulfilment_id: string) =>
            set({ fulfilment_ids: [fulfilment_id], units: choice.kind === 'split' ? {} : null })
          }
        />
      )}
    </Field>
  )
}

function MergeField({ choice, work, set }: FieldProps & { work: readonly HandWork[] }) {
  const { t } = useText()
  const nameOf = useWorkName()
  return (
    <Field name={t('hand.merge_which')}>
      {(id) => (
        <Checkbox.Group
          aria-labelledby={id}
          className="hand-merge"
          value={[...choice.fulfilment_ids]}
          options={work.map((one) => ({ value: one.fulfilment_id, label: nameOf(one) }))}
          onChange={(fulfilment_ids: string[]) => set({ fulfilment_ids })}
        />
      )}
    </Field>
  )
}

function LocationField({ choice, from, set }: FieldProps & { from: string | undefined }) {
  const { t, either } = useText()
  const places = useLocations().filter((place) => place.location_id !== from)
  return (
    <Field name={t('hand.location')}>
      {(id) => (
        <Select
          aria-labelledby={id}
          autoFocus={choice.location_id === null}
          showSearch
          optionFilterProp="label"
          placeholder={t('hand.location_hint')}
          value={choice.location_id}
          options={places.map((place) => ({ value: place.location_id, label: either(place.name, place.name_zh) }))}
          onChange={(location_id) => set({ location_id })}
        />
      )}
    </Field>
  )
}

function UnitFields({ choice, lines, set }: FieldProps & { lines: readonly HandLine[] }) {
  const { t } = useText()
  const { units } = choice
  const whole = Object.fromEntries(lines.map((line) => [line.line_no, line.quantity]))
  return (
    <>
      {choice.kind !== 'split' && (
        <Field name={t('hand.some')}>
          {(id) => (
            <span>
              <Switch
                aria-labelledby={id}
                checked={units !== null}
                onChange={(isSome) => set({ units: isSome ? whole : null })}
              />
            </span>
          )}
        </Field>
      )}
      {units !== null && (
        <ul className="hand-lines">
          {lines.map((line) => (
            <li key={line.line_no} className="row between">
              <span className="grow clip">{line.name}</span>
              <span className="small quiet nowrap">{t('hand.of', { count: line.quantity })}</span>
              <InputNumber
                aria-label={t('hand.units_of', { what: line.name })}
                min={0}
                max={line.quantity}
                precision={0}
                value={units[line.line_no] ?? 0}
                onChange={(quantity) => set({ units: { ...units, [line.line_no]: quantity ?? 0 } })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function PriorityField({ choice, set }: FieldProps) {
  const { t } = useText()
  return (
    <Field name={t('hand.priority')} note={t('hand.priority_hint')}>
      {(id) => (
        <InputNumber
          aria-labelledby={id}
          autoFocus
          min={-100}
          max={100}
          precision={0}
          value={choice.priority}
          onChange={(priority) => set({ priority: priority ?? 0 })}
        />
      )}
    </Field>
  )
}

function Field({ name, note, children }: { name: string; note?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="hand-field">
      <span id={id} className="hand-field-name">
        {name}
      </span>
      {children(id)}
      {note !== undefined && <span className="small quiet">{note}</span>}
    </div>
  )
}
