// A new disruption: what has happened, what it closes, until when. Nothing moves before its plan is applied.
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { type DisruptionScope, disruptionReasons } from '../../../src/contracts/disruptions.ts'
import { ask } from '../../shared/api.ts'
import { useLocations } from '../frame/places.ts'
import { Field } from '../parts/field.tsx'
import { MomentField } from '../parts/moment-field.tsx'
import { fieldOf, instantIn } from '../parts/zoned-field.ts'
import { useText, useZone } from '../text.ts'
import { useDisrupt } from './disruption-data.ts'

const KINDS = ['locations', 'region', 'radius'] as const
type Kind = (typeof KINDS)[number]
const ZONES_AT_MOST = 3

interface Wish {
  readonly name: string
  readonly reason: (typeof disruptionReasons)[number]
  readonly kind: Kind
  readonly locations: readonly string[]
  readonly country: string
  readonly regions: readonly string[]
  readonly postcodes: readonly string[]
  readonly centre: string
  readonly km: number
  readonly until: string
}

const EMPTY: Wish = {
  name: '',
  reason: 'disaster',
  kind: 'locations',
  locations: [],
  country: '',
  regions: [],
  postcodes: [],
  centre: '',
  km: 200,
  until: '',
}

interface NewDisruptionProps {
  readonly onClose: () => void
  readonly onMade: (disruption_id: string) => void
}

export function NewDisruption({ onClose, onMade }: NewDisruptionProps) {
  const { t } = useText()
  const places = useLocations()
  const zone = useZone()
  const [wish, setWish] = useState(EMPTY)
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  const scope = scopeOf(wish, places)
  const make = useDisrupt(
    (body: DisruptionScope) =>
      ask('POST /disruptions', {
        body: {
          name: wish.name.trim(),
          reason: wish.reason,
          scope: body,
          until: wish.until === '' ? null : instantIn(wish.until, zone).toISOString(),
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
      okButtonProps={{ disabled: wish.name.trim() === '' || scope === null, loading: make.isPending }}
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
      <Until wish={wish} set={set} places={places} />
      <p className="quiet small">{t('disruption.nothing_moves')}</p>
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

type Places = ReturnType<typeof useLocations>

/** By the clock of the merchant, as everything else is shown; where a clock at the places that close shows another time, that is said. */
function Until({ wish, set, places }: ScopeFieldsProps & { places: Places }) {
  const { t, language, sentences } = useText()
  const zone = useZone()
  const chosen = wish.kind === 'locations' ? wish.locations : wish.kind === 'radius' ? [wish.centre] : []
  const zones = new Set(places.filter((place) => chosen.includes(place.location_id)).map((place) => place.time_zone))
  const at = wish.until === '' ? null : instantIn(wish.until, zone)
  const times = [...zones].flatMap((there) => {
    if (at === null || fieldOf(at.getTime(), there) === wish.until) return []
    const time = at.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short', timeZone: there })
    return [`${time} (${there})`]
  })
  return (
    <MomentField
      name={t('disruption.until')}
      hint={sentences(
        t('disruption.until_hint'),
        times.length > 0 && t('time.there', { times: times.slice(0, ZONES_AT_MOST).join(', ') }),
      )}
      zone={zone}
      value={wish.until}
      onChange={(until) => set({ until })}
    />
  )
}

function scopeOf(wish: Wish, places: Places): DisruptionScope | null {
  if (wish.kind === 'locations') return wish.locations.length === 0 ? null : { locations: [...wish.locations] }
  if (wish.kind === 'region') {
    if (wish.country === '') return null
    return {
      region: {
        country: wish.country,
        ...(wish.regions.length === 0 ? {} : { regions: [...wish.regions] }),
        ...(wish.postcodes.length === 0 ? {} : { postcodes: [...wish.postcodes] }),
      },
    }
  }
  const centre = places.find((place) => place.location_id === wish.centre)
  return centre === undefined ? null : { radius: { lat: centre.lat, lon: centre.lon, km: wish.km } }
}

interface ScopeFieldsProps {
  readonly wish: Wish
  readonly set: (change: Partial<Wish>) => void
}

function ScopeFields({ wish, set }: ScopeFieldsProps) {
  const { t, either } = useText()
  const places = useLocations()
  const named = places.map((place) => ({ value: place.location_id, label: either(place.name, place.name_zh ?? null) }))
  if (wish.kind === 'locations')
    return (
      <Field name={t('disruption.locations')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            mode="multiple"
            optionFilterProp="label"
            value={[...wish.locations]}
            options={named}
            onChange={(locations) => set({ locations })}
          />
        )}
      </Field>
    )
  if (wish.kind === 'radius')
    return (
      <>
        <Field name={t('disruption.centre')}>
          {(id) => (
            <Select
              aria-labelledby={id}
              showSearch
              optionFilterProp="label"
              value={wish.centre === '' ? undefined : wish.centre}
              options={named}
              onChange={(centre) => set({ centre })}
            />
          )}
        </Field>
        <Field name={t('disruption.km')}>
          {(id) => (
            <InputNumber
              aria-labelledby={id}
              min={1}
              max={5000}
              value={wish.km}
              onChange={(km) => set({ km: km ?? EMPTY.km })}
            />
          )}
        </Field>
      </>
    )
  return <RegionFields wish={wish} set={set} places={places} />
}

function RegionFields({ wish, set, places }: ScopeFieldsProps & { places: Places }) {
  const { t, language } = useText()
  const countries = [...new Set(places.map((place) => place.country))].sort()
  const nameOf = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' })
  const regions = [
    ...new Set(places.filter((place) => place.country === wish.country).map((place) => place.region)),
  ].sort()
  return (
    <>
      <Field name={t('disruption.country')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.country === '' ? undefined : wish.country}
            options={countries.map((value) => ({ value, label: nameOf.of(value) ?? value }))}
            onChange={(country) => set({ country, regions: [] })}
          />
        )}
      </Field>
      <Field name={t('disruption.regions')} note={t('disruption.regions_hint')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            mode="multiple"
            value={[...wish.regions]}
            options={regions.map((value) => ({ value, label: value }))}
            onChange={(chosen) => set({ regions: chosen })}
          />
        )}
      </Field>
      <Field name={t('disruption.postcodes')} note={t('disruption.postcodes_hint')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            mode="tags"
            value={[...wish.postcodes]}
            tokenSeparators={[' ', ',', '，']}
            onChange={(postcodes) => set({ postcodes })}
          />
        )}
      </Field>
    </>
  )
}
