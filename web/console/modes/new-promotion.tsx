// A new promotion: its name and why, from when until when, and which of the three things it does.
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import type { NewPromotion as Wish } from '../../../src/contracts/modes.ts'
import { ask } from '../../shared/api.ts'
import { useLocations } from '../frame/places.ts'
import { Field } from '../parts/field.tsx'
import { MomentField } from '../parts/moment-field.tsx'
import { instantIn } from '../parts/zoned-field.ts'
import { useText, useZone } from '../text.ts'
import { useModeChange } from './mode-data.ts'

interface Draft {
  readonly name: string
  readonly reason: string
  readonly from: string
  readonly until: string
  readonly frozen: boolean
  readonly raises: boolean
  readonly percent: number
  readonly locations: readonly string[]
  readonly collects: boolean
  readonly seconds: number
}

const EMPTY: Draft = {
  name: '',
  reason: '',
  from: '',
  until: '',
  frozen: true,
  raises: false,
  percent: 150,
  locations: [],
  collects: false,
  seconds: 60,
}

function wishOf(draft: Draft, zone: string): Wish | null {
  const { name, reason, from, until, frozen, raises, percent, locations, collects, seconds } = draft
  if (name.trim() === '' || reason.trim() === '' || until === '' || !(frozen || raises || collects)) return null
  return {
    name: name.trim(),
    reason: reason.trim(),
    ...(from === '' ? {} : { from: instantIn(from, zone).toISOString() }),
    until: instantIn(until, zone).toISOString(),
    frozen,
    limits_percent: raises ? percent : null,
    locations: raises && locations.length > 0 ? [...locations] : null,
    cadence_seconds: collects ? seconds : null,
  }
}

export function NewPromotion({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const [draft, setDraft] = useState(EMPTY)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const wish = wishOf(draft, useZone())
  const make = useModeChange((body: Wish) => ask('POST /promotions', { body }), onClose)
  return (
    <Modal
      open
      title={t('promotion.new')}
      okText={t(draft.from === '' ? 'promotion.begin' : 'promotion.plan')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: wish === null, loading: make.isPending }}
      onOk={() => wish !== null && make.mutate(wish)}
      onCancel={onClose}
    >
      <Field name={t('promotion.name')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={200}
            value={draft.name}
            placeholder={t('promotion.name_hint')}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field name={t('promotion.reason')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            maxLength={500}
            value={draft.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
      </Field>
      <Times draft={draft} set={set} />
      <Does draft={draft} set={set} />
    </Modal>
  )
}

interface PartProps {
  readonly draft: Draft
  readonly set: (change: Partial<Draft>) => void
}

function Times({ draft, set }: PartProps) {
  const { t } = useText()
  const zone = useZone()
  return (
    <>
      <MomentField
        name={t('promotion.from')}
        hint={t('promotion.from_hint')}
        zone={zone}
        value={draft.from}
        onChange={(from) => set({ from })}
      />
      <MomentField
        name={t('promotion.until')}
        hint={t('promotion.until_hint')}
        zone={zone}
        value={draft.until}
        onChange={(until) => set({ until })}
      />
    </>
  )
}

function Does({ draft, set }: PartProps) {
  const { t, either } = useText()
  const places = useLocations()
  return (
    <>
      <p className="promotion-choice">
        <Checkbox checked={draft.frozen} onChange={(event) => set({ frozen: event.target.checked })}>
          {t('promotion.freeze')}
        </Checkbox>
      </p>
      <p className="promotion-choice">
        <Checkbox checked={draft.raises} onChange={(event) => set({ raises: event.target.checked })}>
          {t('promotion.raise')}
        </Checkbox>
      </p>
      {draft.raises && (
        <div className="promotion-part">
          <Field name={t('promotion.percent')} note={t('promotion.percent_hint')}>
            {(id) => (
              <InputNumber
                aria-labelledby={id}
                min={100}
                max={1000}
                step={10}
                value={draft.percent}
                onChange={(percent) => set({ percent: percent ?? EMPTY.percent })}
              />
            )}
          </Field>
          <Field name={t('promotion.locations')} note={t('promotion.locations_hint')}>
            {(id) => (
              <Select
                aria-labelledby={id}
                mode="multiple"
                optionFilterProp="label"
                value={[...draft.locations]}
                options={places.map((place) => ({
                  value: place.location_id,
                  label: either(place.name, place.name_zh ?? null),
                }))}
                onChange={(locations) => set({ locations })}
              />
            )}
          </Field>
        </div>
      )}
      <p className="promotion-choice">
        <Checkbox checked={draft.collects} onChange={(event) => set({ collects: event.target.checked })}>
          {t('promotion.collect')}
        </Checkbox>
      </p>
      {draft.collects && (
        <div className="promotion-part">
          <Field name={t('promotion.seconds')} note={t('promotion.seconds_hint')}>
            {(id) => (
              <InputNumber
                aria-labelledby={id}
                min={5}
                max={900}
                value={draft.seconds}
                onChange={(seconds) => set({ seconds: seconds ?? EMPTY.seconds })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  )
}
