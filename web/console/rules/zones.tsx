// A zone map: for these postcodes, cities, regions or countries these locations or groups come first.
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { WordSelect } from './word-select.tsx'
import { isWholeLine, readZones, ZONE_KINDS, type ZoneLine } from './zone-entries.ts'

interface ZonesProps {
  readonly field: RuleField
  readonly value: unknown
  /** The fields of an order with the places that are known. */
  readonly places: readonly RuleField[]
  readonly onChange: (value: unknown) => void
}

// A line that is not whole yet stays in the form only.
export function Zones({ field, value, places, onChange }: ZonesProps) {
  const { t } = useText()
  const [lines, setLines] = useState(() => readZones(value).map((line, key) => ({ key, line })))
  const put = (next: typeof lines) => {
    setLines(next)
    onChange(next.map(({ line }) => line).filter(isWholeLine))
  }
  const add = () => {
    const key = Math.max(-1, ...lines.map((one) => one.key)) + 1
    setLines([...lines, { key, line: { by: lines.at(-1)?.line.by ?? 'postcode', of: [], prefer: [] } }])
  }
  return (
    <div className="rule-zones">
      {lines.map(({ key, line }, index) => (
        <Line
          key={key}
          place={index + 1}
          line={line}
          places={places}
          preferable={field.choices}
          onChange={(changed) => put(lines.map((one) => (one.key === key ? { key, line: changed } : one)))}
          onRemove={() => put(lines.filter((one) => one.key !== key))}
        />
      ))}
      <Button size="small" className="rule-zone-add" icon={<Icon name="plus" size={12} />} onClick={add}>
        {t('rules.zone_add')}
      </Button>
    </div>
  )
}

interface LineProps {
  readonly place: number
  readonly line: ZoneLine
  readonly places: readonly RuleField[]
  readonly preferable: RuleField['choices']
  readonly onChange: (line: ZoneLine) => void
  readonly onRemove: () => void
}

function Line({ place, line, places, preferable, onChange, onRemove }: LineProps) {
  const { t, either } = useText()
  const kinds = places.filter(({ field }) => ZONE_KINDS.some((kind) => kind === field))
  return (
    <fieldset className="rule-zone" aria-label={t('rules.zone', { place })}>
      <Select
        aria-label={t('rules.zone_by')}
        value={line.by}
        options={kinds.map(({ field, label }) => ({ value: field, label: either(label.en, label.zh) }))}
        onChange={(by: ZoneLine['by']) => onChange({ ...line, by, of: [] })}
      />
      <WordSelect
        name={t('rules.zone_of')}
        placeholder={t(line.by === 'postcode' ? 'rules.zone_postcodes' : 'rules.zone_of')}
        choices={kinds.find(({ field }) => field === line.by)?.choices ?? []}
        isOpen
        values={line.of}
        onChange={(of) => onChange({ ...line, of })}
      />
      <button type="button" className="ghost" aria-label={t('rules.zone_remove', { place })} onClick={onRemove}>
        <Icon name="cross" size={14} />
      </button>
      <span className="quiet small">{t('rules.zone_prefers')}</span>
      <WordSelect
        name={t('rules.zone_prefer')}
        placeholder={t('rules.zone_prefer')}
        choices={preferable}
        isOpen={false}
        values={line.prefer}
        onChange={(prefer) => onChange({ ...line, prefer })}
      />
      {line.of.length > 0 !== line.prefer.length > 0 && (
        <span className="small rule-zone-half">{t('rules.zone_half')}</span>
      )}
    </fieldset>
  )
}
