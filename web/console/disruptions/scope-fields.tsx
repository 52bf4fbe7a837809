// Which locations a disruption closes: named ones, those of a region, those round one of them.
import { InputNumber, Select } from 'antd'
import { useLocations } from '../frame/places.ts'
import { Field } from '../parts/field.tsx'
import { useText } from '../text.ts'
import { EMPTY, type Places, type Wish } from './wish.ts'

export interface ScopeFieldsProps {
  readonly wish: Wish
  readonly set: (change: Partial<Wish>) => void
}

export function ScopeFields({ wish, set }: ScopeFieldsProps) {
  const { t, either } = useText()
  const places = useLocations()
  // by their codes as well, as rules name them
  const named = places.map((place) => ({
    value: place.location_id,
    label: `${place.location_id} ${either(place.name, place.name_zh ?? null)}`,
  }))
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
