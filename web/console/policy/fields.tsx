// The fields of the allocation policy: each with its unit, what it does, its default and, where something is wrong, what.
import { InputNumber, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { policyDefaults } from '../../../src/contracts/policy-defaults.ts'
import { useText } from '../text.ts'
import {
  type Edits,
  type Field,
  faultOf,
  type ListName,
  listDefaults,
  type Values,
  wrongPairs,
} from './policy-draft.ts'
import { useShown } from './show-value.ts'

interface RowProps {
  readonly name: Field['name'] | ListName
  readonly fault: string | null
  readonly usual: string
  readonly children: (ids: { readonly 'aria-labelledby': string; readonly 'aria-describedby': string }) => ReactNode
}

function Row({ name, fault, usual, children }: RowProps) {
  const { t } = useText()
  const [id, says] = [useId(), useId()]
  return (
    <div className="policy-row">
      <div>
        <span className="policy-name" id={id}>
          {t(`policy.${name}`)}
        </span>
        <p className="quiet small" id={says}>
          {t(`policy.${name}.says`)}
        </p>
      </div>
      <div className="policy-value">
        {children({ 'aria-labelledby': id, 'aria-describedby': says })}
        <p
          className={fault === null ? 'quiet small' : 'policy-fault small'}
          role={fault === null ? undefined : 'status'}
        >
          {fault ?? usual}
        </p>
      </div>
    </div>
  )
}

interface FieldsProps {
  readonly values: Values
  /** null where this person may only look. */
  readonly set: ((change: Edits) => void) | null
}

/** A number with its unit; money is entered in whole units of the currency and kept in its smallest. */
export function NumberRow({ field, values, set }: FieldsProps & { field: Field }) {
  const { t } = useText()
  const { currency, digits, gram_digits, number } = useShown()
  const { name, unit, least, most } = field
  const value = values[name]
  const scale = unit === 'money' ? 10 ** digits : 1
  const wrong = faultOf(name, values)
  const said = { least: number(name, least), most: number(name, most), value: number(name, policyDefaults[name]) }
  const suffix = t(`policy.${name}.unit`, { currency })
  return (
    <Row
      name={name}
      fault={wrong === null ? null : t(`policy.fault.${wrong === 'empty' ? 'empty' : 'range'}`, said)}
      usual={t('policy.default', said)}
    >
      {(ids) =>
        set === null ? (
          <p>
            <strong>{number(name, value ?? 0)}</strong> {suffix}
          </p>
        ) : (
          <InputNumber
            {...ids}
            status={wrong === null ? '' : 'error'}
            value={value === null ? null : value / scale}
            precision={unit === 'money' ? digits : undefined}
            step={unit === 'grams' ? 1 : undefined}
            suffix={suffix}
            onChange={(shown) =>
              set({ [name]: shown === null ? null : rounded(shown * scale, unit === 'grams' ? gram_digits : 0) })
            }
          />
        )
      }
    </Row>
  )
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}

/** A list of names that a person writes. */
export function ListRow({ name, values, set }: FieldsProps & { name: ListName }) {
  const { t } = useText()
  const { show, listDefault, levelName } = useShown()
  const known = name === 'urgent_levels' ? [...new Set([...listDefaults.urgent_levels, ...values.urgent_levels])] : []
  const codeOf = (typed: string) => known.find((level) => levelName(level) === typed) ?? typed
  const wrong = faultOf(name, values)
  const what = wrongPairs(values.keep_apart).join(', ')
  return (
    <Row
      name={name}
      fault={wrong === null ? null : t(`policy.fault.${wrong === 'pair' ? 'pair' : 'levels'}`, { what })}
      usual={t('policy.default', { value: listDefault(name) })}
    >
      {(ids) =>
        set === null ? (
          <p>
            <strong>{show(name, values)}</strong>
          </p>
        ) : (
          <Select
            {...ids}
            mode="tags"
            open={false}
            suffixIcon={null}
            status={wrong === null ? '' : 'error'}
            value={[...values[name]]}
            options={known.map((level) => ({ value: level, label: levelName(level) }))}
            tokenSeparators={[',', '，']}
            onChange={(chosen) =>
              set({ [name]: [...new Set(chosen.map((one) => codeOf(one.trim())))].filter((one) => one !== '') })
            }
          />
        )
      }
    </Row>
  )
}
