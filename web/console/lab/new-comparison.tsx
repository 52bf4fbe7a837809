// A new comparison: which orders, and under which two sets of rules they are decided again. Nothing of the orders changes.
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type LabChoices, type LabGround, labClocks, labFacts, labStocks } from '../../../src/contracts/lab.ts'
import { ask } from '../../shared/api.ts'
import { useChannelName } from '../frame/places.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Field } from '../parts/field.tsx'
import { MomentField } from '../parts/moment-field.tsx'
import { fieldOf, instantIn } from '../parts/zoned-field.ts'
import { type Text, useText, useZone } from '../text.ts'
import { useChoices, useLab } from './lab-data.ts'
import { sideOf } from './side-key.ts'

interface NewComparisonProps {
  readonly draft_id: string | null
  readonly onClose: () => void
  readonly onMade: (comparison_id: string) => void
}

export function NewComparison({ draft_id, onClose, onMade }: NewComparisonProps) {
  const { t } = useText()
  const { data, error, refetch } = useChoices()
  if (data !== undefined) return <Form choices={data} draft_id={draft_id} onClose={onClose} onMade={onMade} />
  return (
    <Modal open title={t('lab.new')} footer={null} onCancel={onClose}>
      {error === null ? <LoadingRows rows={4} /> : <Trouble error={error} retry={() => void refetch()} />}
    </Modal>
  )
}

interface Wish {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly channel: string
  readonly import_id: string
  readonly a: string
  readonly b: string
  readonly ground: LabGround
}

const DAYS = 7
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

function firstWish({ orders, drafts }: LabChoices, draft_id: string | null, zone: string): Wish {
  const draft = drafts.find((one) => one.draft_id === draft_id) ?? drafts[0]
  const to = orders === null ? Date.now() : Date.parse(orders.to) + MINUTE_MS
  const from = orders === null ? to : Math.max(Date.parse(orders.from), to - DAYS * DAY_MS)
  return {
    name: draft?.name ?? '',
    from: fieldOf(from, zone),
    to: fieldOf(to, zone),
    channel: '',
    import_id: '',
    // Only what is compared with may be what happened: it is no set of rules.
    ...(draft === undefined ? { a: 'happened', b: 'live' } : { a: 'live', b: `draft:${draft.draft_id}` }),
    ground: { clock: 'decided', stock: 'of_that_time', facts: 'of_that_time' },
  }
}

function periodOf({ from, to }: Wish, zone: string) {
  return { from: instantIn(from, zone).toISOString(), to: instantIn(to, zone).toISOString() }
}

function Form({ choices, draft_id, onClose, onMade }: NewComparisonProps & { choices: LabChoices }) {
  const { t, format } = useText()
  const zone = useZone()
  const [wish, setWish] = useState(() => firstWish(choices, draft_id, zone))
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  const fits = wish.from !== '' && wish.to !== '' && wish.from < wish.to
  const isWhole = wish.from === '' && wish.to === ''
  const isReady = wish.name.trim() !== '' && (fits || (isWhole && wish.import_id !== '')) && wish.a !== wish.b
  const make = useLab(
    () =>
      ask('POST /lab/comparisons', {
        body: {
          name: wish.name.trim(),
          a: sideOf(wish.a),
          b: sideOf(wish.b),
          ground: wish.ground,
          ...(fits ? { period: periodOf(wish, zone) } : {}),
          ...(wish.channel === '' ? {} : { channel: wish.channel }),
          ...(wish.import_id === '' ? {} : { import_id: wish.import_id }),
        },
      }),
    (made) => onMade(made.comparison_id),
  )
  return (
    <Modal
      open
      width={600}
      title={t('lab.new')}
      okText={t('lab.start')}
      cancelText={t('action.back')}
      okButtonProps={{ disabled: !isReady || choices.orders === null, loading: make.isPending }}
      onOk={() => make.mutate(undefined)}
      onCancel={onClose}
    >
      {choices.orders === null && <p className="lab-worse">{t('lab.no_orders')}</p>}
      <Field name={t('lab.name')}>
        {(id) => (
          <Input
            aria-labelledby={id}
            autoFocus
            maxLength={120}
            value={wish.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Sides choices={choices} wish={wish} set={set} />
      <Orders choices={choices} wish={wish} set={set} />
      {!fits && !(isWhole && wish.import_id !== '') && (
        <p className="lab-worse" role="status">
          {t('lab.no_period')}
        </p>
      )}
      <Ground wish={wish} set={set} />
      <p className="quiet small">{t('lab.limits', { orders: format.number(choices.limits.orders) })}</p>
    </Modal>
  )
}

interface FieldsProps {
  readonly choices: LabChoices
  readonly wish: Wish
  readonly set: (change: Partial<Wish>) => void
}

function optionsOf({ t, format }: Text, { drafts, versions }: LabChoices) {
  return [
    { value: 'live', label: t('lab.side_live') },
    { value: 'happened', label: t('lab.side_happened') },
    { value: 'then', label: t('lab.side_then') },
    ...drafts.map((one) => ({ value: `draft:${one.draft_id}`, label: t('lab.side_draft', { name: one.name }) })),
    ...versions
      .filter((one) => !one.live)
      .map((one) => ({
        value: `version:${one.version_id}`,
        label: t('lab.side_version', {
          reason: one.reason,
          since: one.since === null ? '' : format.date(one.since),
        }),
      })),
  ]
}

function Sides({ choices, wish, set }: FieldsProps) {
  const text = useText()
  const { t } = text
  const options = optionsOf(text, choices)
  return (
    <div className="lab-pair">
      {(['a', 'b'] as const).map((side) => (
        <Field key={side} name={t(`lab.side_${side}`)} {...(wish.a === wish.b ? { note: t('lab.same_sides') } : {})}>
          {(id) => (
            <Select
              aria-labelledby={id}
              showSearch
              optionFilterProp="label"
              value={wish[side]}
              options={side === 'a' ? options : options.filter((one) => one.value !== 'happened')}
              onChange={(value) => set({ [side]: value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}

function Orders({ choices, wish, set }: FieldsProps) {
  const { t, format } = useText()
  const zone = useZone()
  const channelName = useChannelName()
  return (
    <div className="lab-pair">
      {(['from', 'to'] as const).map((end) => (
        <MomentField
          key={end}
          name={t(`lab.placed_${end}`)}
          zone={zone}
          value={wish[end]}
          onChange={(value) => set({ [end]: value })}
        />
      ))}
      <Field name={t('lab.channel')}>
        {(id) => (
          <Select
            aria-labelledby={id}
            value={wish.channel}
            options={[
              { value: '', label: t('lab.all_channels') },
              ...choices.channels.map(({ channel }) => ({ value: channel, label: channelName(channel) })),
            ]}
            onChange={(channel) => set({ channel })}
          />
        )}
      </Field>
      {choices.imports.length > 0 && (
        <Field name={t('lab.import')} note={t('lab.import_note')}>
          {(id) => (
            <Select
              aria-labelledby={id}
              value={wish.import_id}
              options={[
                { value: '', label: t('lab.no_import') },
                ...choices.imports.map((one) => ({
                  value: one.import_id,
                  label: `${one.name} (${format.number(one.orders)})`,
                })),
              ]}
              onChange={(import_id) => set(import_id === '' ? { import_id } : { import_id, from: '', to: '' })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

const GROUND = [
  ['clock', labClocks],
  ['stock', labStocks],
  ['facts', labFacts],
] as const

/** What the orders are decided on: usually as it was. */
function Ground({ wish, set }: Omit<FieldsProps, 'choices'>) {
  const { t, label } = useText()
  return (
    <details className="lab-ground">
      <summary>{t('lab.ground')}</summary>
      {GROUND.map(([name, values]) => (
        <Field key={name} name={t(`lab.${name}`)}>
          {(id) => (
            <Select
              aria-labelledby={id}
              value={wish.ground[name]}
              options={values.map((value: string) => ({ value, label: label(`lab.${name}`, value) }))}
              onChange={(value) => set({ ground: { ...wish.ground, [name]: value } })}
            />
          )}
        </Field>
      ))}
    </details>
  )
}
