// A value of the allocation policy in words: money in the merchant's currency, grams, counts, lists.
import { useSession } from '../frame/session.tsx'
import { useText } from '../text.ts'
import { fieldOf, type ListName, listDefaults, type NumberName, type Values } from './policy-draft.ts'

const GRAM_DIGITS = 3

/** How many digits the merchant's currency has, and how a value reads. */
export function useShown() {
  const { t, format, language, label, knows } = useText()
  const { base_currency } = useSession().merchant
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: base_currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  const number = (name: NumberName, value: number): string => {
    const unit = fieldOf(name)?.unit
    if (unit === 'money') return format.money(value, base_currency)
    return new Intl.NumberFormat(language, { maximumFractionDigits: GRAM_DIGITS }).format(value)
  }
  const list = (items: readonly string[]) => (items.length === 0 ? t('policy.nothing') : format.list(items))
  const levelName = (level: string) => (knows('service_level', level) ? label('service_level', level) : level)
  const show = (name: NumberName | ListName, values: Values): string => {
    if (name === 'urgent_levels') return list(values[name].map(levelName))
    if (name === 'keep_apart') return list(values[name])
    const value = values[name]
    return value === null ? '' : number(name, value)
  }
  return {
    currency: base_currency,
    digits,
    gram_digits: GRAM_DIGITS,
    number,
    show,
    listDefault: (name: ListName) =>
      list(name === 'urgent_levels' ? listDefaults[name].map(levelName) : listDefaults[name]),
    levelName,
  }
}
