// A new disruption: what has happened, what it closes, from when until when. Nothing moves before its plan is applied.
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type DisruptionScope, disruptionReasons } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { useLocations } from '../frame/places.ts'
import { Field } from '../parts/field.tsx'
import { MomentField } from '../parts/moment-field.tsx'
import { fieldOf, instantIn } from '../parts/zoned-field.ts'
import { useText, useZone } from '../text.ts'
import { useDisrupt } from './disruption-data.ts'
import { ScopeFields, type ScopeFieldsProps } from './scope-fields.tsx'
import { EMPTY, KINDS, missingIn, type Places, scopeOf, type Wish } from './wish.ts'

const ZONES_AT_MOST = 3

interface NewDisruptionProps {
  readonly onClose: () => void
  readonly onMade: (disruption_id: string) => void
}

export function NewDisruption({ onClose, onMade }: NewDisruptionProps) {
  const { t, label, format } = useText()
  const places = useLocations()
  const zone = useZone()
  const [wish, setWish] = useState(EMPTY)
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  const scope = scopeOf(wish, places)
  const momentOf = (field: string) => (field === '' ? null : instantIn(field, zone).toISOString())
  const from = momentOf(wish.from)
  const missing = missingIn(wish)
  const make = useDisrupt(
    (body: DisruptionScope) =>
      ask('POST /disruptions', {
        body: {
          name: wish.name.trim(),
          reason: wish.reason,
          scope: body,
          ...(wish.note.trim() === '' ? {} : { note: wish.note.trim() }),
          ...(from === null ? {} : { from }),
          until: momentOf(wish.until),
        },
      }),
    (made) => onMade(made.disruption_id),
  )
  return (
    <Modal
      open
      title={t('disruption.new')}
      okText={t('disruption.make_plan')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: missing.length > 0 || scope === null, loading: make.isPending }}
      onOk={() => scope !== null && make.mutate(scope)}
      onCancel={onClose}
    >
      <Field name={t('disruption.name')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={200}
            value={wish.name}
            placeholder={t('disruption.name_hint')}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <WhatHappened wish={wish} set={set} />
      <ScopeFields wish={wish} set={set} />
      <Time of="from" wish={wish} set={set} places={places} />
      <Time of="until" wish={wish} set={set} places={places} />
      <p className="quiet small">{t('disruption.nothing_moves')}</p>
      <p role="status" className="small">
        {missing.length > 0 &&
          t('disruption.missing', { what: format.list(missing.map((field) => label('disruption', field))) })}
      </p>
    </Modal>
  )
}

function WhatHappened({ wish, set }: ScopeFieldsProps) {
  const { t, label } = useText()
  return (
    <>
      <Field name={t('disruption.reason')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.reason}
            options={disruptionReasons.map((value) => ({ value, label: label('disruption.why', value) }))}
            onChange={(reason) => set({ reason })}
          />
        )}
      </Field>
      <Field name={t('disruption.note')}>
        {(id) => (
          <Input.TextArea
            aria-labelledby={id}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={1000}
            value={wish.note}
            placeholder={t('disruption.note_hint')}
            onChange={(event) => set({ note: event.target.value })}
          />
        )}
      </Field>
      <Field name={t('disruption.scope')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.kind}
            options={KINDS.map((value) => ({ value, label: label('disruption.scope', value) }))}
            onChange={(kind) => set({ kind })}
          />
        )}
      </Field>
    </>
  )
}

interface TimeProps extends ScopeFieldsProps {
  readonly of: 'from' | 'until'
  readonly places: Places
}

/** By the clock of the merchant, as everything else is shown; where a clock at the places that close shows another time, that is said. */
function Time({ of, wish, set, places }: TimeProps) {
  const { t, label, language, sentences } = useText()
  const zone = useZone()
  const chosen = wish.kind === 'locations' ? wish.locations : wish.kind === 'radius' ? [wish.centre] : []
  const zones = new Set(places.filter((place) => chosen.includes(place.location_id)).map((place) => place.time_zone))
  const at = wish[of] === '' ? null : instantIn(wish[of], zone)
  const times = [...zones].flatMap((there) => {
    if (at === null || fieldOf(at.getTime(), there) === wish[of]) return []
    const time = at.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short', timeZone: there })
    return [`${time} (${there})`]
  })
  return (
    <MomentField
      name={label('disruption', of)}
      hint={sentences(
        label('disruption.when_empty', of),
        times.length > 0 && t('time.there', { times: times.slice(0, ZONES_AT_MOST).join(', ') }),
      )}
      zone={zone}
      value={wish[of]}
      onChange={(value) => set({ [of]: value })}
    />
  )
}
