// Search and filters above the order list; what is set stands there as a chip that can be taken away.
import { Checkbox, Input, Popover, Select, Tooltip } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useChannelName, useChannels } from '../frame/places.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { columnNames, columnTitles, useColumnChoice } from './columns.tsx'
import { commercials, type FilterName, filterNames, type ListQuestion } from './list-query.ts'

const HOLDS = ['review', 'manual', 'address', 'fraud_check', 'customer_request', 'backorder', 'payment'] as const

export function Filters({ question }: { question: ListQuestion }) {
  const { t } = useText()
  const set = filterNames.filter((name) => question.params.has(name))
  return (
    <div className="filters">
      <div className="row">
        <SearchBox question={question} />
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={<FilterForm question={question} />}
          title={t('filter.title')}
        >
          <button type="button" className={set.length > 0 ? 'chip on' : 'chip'}>
            <Icon name="filter" size={14} />
            {t('filter.title')}
            {set.length > 0 && <span className="chip-count">{set.length}</span>}
          </button>
        </Popover>
        <span className="grow from-medium" />
        <ColumnChoice />
      </div>
      {set.length > 0 && (
        <ul className="row wrap">
          {set.map((name) => (
            <li key={name}>
              <SetFilter name={name} question={question} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function SearchBox({ question }: { question: ListQuestion }) {
  const { t } = useText()
  const [typed, setTyped] = useState(question.q)
  useEffect(() => setTyped(question.q), [question.q])
  const ask = () => question.set({ q: typed.trim() })
  return (
    <Input
      className="order-search"
      value={typed}
      allowClear
      prefix={<Icon name="search" size={14} />}
      placeholder={t('orders.search')}
      aria-label={t('orders.search')}
      maxLength={120}
      onChange={(event) => {
        setTyped(event.target.value)
        if (event.target.value === '') question.set({ q: null })
      }}
      onPressEnter={ask}
      onBlur={ask}
    />
  )
}

function FilterForm({ question }: { question: ListQuestion }) {
  const { t, label } = useText()
  const channels = useChannels()
  const nameOf = useChannelName()
  const [sku, setSku] = useState(question.params.get('sku') ?? '')
  const choice = (name: FilterName, options: readonly { value: string; label: string }[]) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="filter-field"
      aria-label={t(`filter.${name}`)}
      placeholder={t('filter.any')}
      value={question.params.get(name)}
      options={[...options]}
      onChange={(value: string | undefined) => question.set({ [name]: value ?? null })}
    />
  )
  const day = (name: 'placed_from' | 'placed_to') => (
    <input
      type="date"
      className="date-field"
      aria-label={t(`filter.${name}`)}
      value={question.params.get(name) ?? ''}
      onChange={(event) => question.set({ [name]: event.target.value })}
    />
  )
  return (
    <div className="filter-form">
      <Field name={t('filter.channel')}>
        {choice(
          'channel',
          channels.map(({ channel }) => ({ value: channel, label: nameOf(channel) })),
        )}
      </Field>
      <Field name={t('filter.commercial')}>
        {choice(
          'commercial',
          commercials.map((state) => ({ value: state, label: t(`commercial.${state}`) })),
        )}
      </Field>
      <Field name={t('filter.hold')}>
        {choice(
          'hold',
          HOLDS.map((hold) => ({ value: hold, label: label('hold', hold) })),
        )}
      </Field>
      <Field name={t('filter.sku')}>
        <Input
          value={sku}
          maxLength={64}
          aria-label={t('filter.sku')}
          onChange={(event) => setSku(event.target.value)}
          onPressEnter={() => question.set({ sku: sku.trim() })}
          onBlur={() => question.set({ sku: sku.trim() })}
        />
      </Field>
      <Field name={t('filter.placed')}>
        <span className="row">
          {day('placed_from')} – {day('placed_to')}
        </span>
      </Field>
    </div>
  )
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="filter-row">
      <span className="quiet">{name}</span>
      {children}
    </div>
  )
}

function SetFilter({ name, question }: { name: FilterName; question: ListQuestion }) {
  const { t, label } = useText()
  const nameOf = useChannelName()
  const value = question.params.get(name) ?? ''
  const words =
    name === 'channel' ? nameOf(value) : name === 'commercial' || name === 'hold' ? label(name, value) : value
  const text = `${t(`filter.${name}`)}: ${words}`
  return (
    <button
      type="button"
      className="chip on"
      aria-label={t('filter.remove', { what: text })}
      onClick={() => question.set({ [name]: null })}
    >
      {text}
      <Icon name="cross" size={12} />
    </button>
  )
}

function ColumnChoice() {
  const { t } = useText()
  const [chosen, choose] = useColumnChoice()
  const content = (
    <div className="column-choice">
      {columnNames.map((name) => (
        <Checkbox
          key={name}
          checked={chosen.includes(name)}
          disabled={name === 'number'}
          onChange={(event) =>
            choose(columnNames.filter((one) => (one === name ? event.target.checked : chosen.includes(one))))
          }
        >
          {t(columnTitles[name])}
        </Checkbox>
      ))}
      <button type="button" className="ghost" onClick={() => choose(null)}>
        {t('columns.usual')}
      </button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={t('columns.title')} content={content}>
      <Tooltip title={t('columns.title')}>
        <button type="button" className="ghost from-medium" aria-label={t('columns.title')}>
          <Icon name="columns" />
        </button>
      </Tooltip>
    </Popover>
  )
}
