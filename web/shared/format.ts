// How amounts, numbers and times look in the reader's language and zone; pure but for the reader's clock.

/** A formatter of everything for one language and zone. */
export interface Format {
  readonly language: string
  money(amount: number, currency: string): string
  /** An amount in whole units of the currency, as channels write prices. */
  price(value: number, currency: string): string
  number(value: number, digits?: number): string
  percent(part: number): string
  /** "999+" beyond what is counted. */
  count(value: number): string
  date(at: string | number): string
  dateTime(at: string | number): string
  time(at: string | number): string
  dayName(at: string | number): string
  /** "Nov 24". */
  monthDay(at: string | number): string
  /** Month, day, hour, minute. */
  moment(at: string | number): string
  /** "5 minutes ago", "in 2 hours". */
  relative(at: string | number, now: number): string
  /** A span as people say it: days with hours, hours with minutes, minutes, seconds. */
  span(seconds: number, brief?: boolean): string
  /** All of them. */
  list(parts: readonly string[]): string
  /** One of them. */
  either(parts: readonly string[]): string
}

const SPANS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** Makes the formatter; `time_zone` is the browser's where absent. */
export function formatFor(language: string, time_zone?: string): Format {
  const zone = { timeZone: time_zone, hourCycle: 'h23' as const }
  const currencies = new Map<string, Intl.NumberFormat>()
  const numbers = new Map<number, Intl.NumberFormat>()
  const moneyOf = (currency: string) =>
    remember(
      currencies,
      currency,
      () => new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    )
  const numberOf = (digits: number) =>
    remember(
      numbers,
      digits,
      () => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    )
  const date = new Intl.DateTimeFormat(language, { ...zone, year: 'numeric', month: 'short', day: 'numeric' })
  const dateTime = new Intl.DateTimeFormat(language, {
    ...zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const time = new Intl.DateTimeFormat(language, { ...zone, hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(language, { ...zone, weekday: 'long', month: 'long', day: 'numeric' })
  const monthDay = new Intl.DateTimeFormat(language, { ...zone, month: 'short', day: 'numeric' })
  const moment = new Intl.DateTimeFormat(language, {
    ...zone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const list = new Intl.ListFormat(language, { style: 'long', type: 'conjunction' })
  const either = new Intl.ListFormat(language, { style: 'long', type: 'disjunction' })
  return {
    language,
    money: (amount, currency) => moneyText(moneyOf(currency), amount),
    price: (value, currency) => moneyOf(currency).format(value),
    number: (value, digits = 0) => numberOf(digits).format(value),
    percent: (part) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part),
    count: (value) => (value >= 1000 ? '999+' : numberOf(0).format(value)),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    dayName: (at) => day.format(new Date(at)),
    monthDay: (at) => monthDay.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    relative: (at, now) => relativeText(relative, (new Date(at).getTime() - now) / 1000),
    span: (seconds, brief) => spanText(language, seconds, brief === true),
    // Chinese names what belongs together without a word between
    list: (parts) => (language.startsWith('zh') ? parts.join('、') : list.format(parts)),
    either: (parts) => either.format(parts),
  }
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}

function moneyText(format: Intl.NumberFormat, minor: number): string {
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

function relativeText(format: Intl.RelativeTimeFormat, seconds: number): string {
  for (const [unit, size] of SPANS)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  return format.format(0, 'second')
}

function spanText(language: string, seconds: number, brief: boolean): string {
  const whole = Math.max(0, Math.round(seconds))
  const first = SPANS.findIndex(([, size]) => whole >= size)
  if (first === -1) return unitText(language, 0, 'second')
  const units = SPANS.slice(first, first + (!brief && first < 2 && whole < 3 * 86_400 ? 2 : 1))
  let rest = whole
  const parts = units.map(([unit, size]) => {
    const value = Math.floor(rest / size)
    rest -= value * size
    return value === 0 ? '' : unitText(language, value, unit)
  })
  return parts.filter((part) => part !== '').join(language.startsWith('zh') ? '' : ' ')
}

function unitText(language: string, value: number, unit: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' })
    .format(value)
    .replace(/\s/g, language.startsWith('zh') ? '' : '\u00a0')
}

/** The language of the reader: what the address or an earlier choice says, else what the browser asks for, else English. */
export function chosenLanguage(): 'zh-CN' | 'en' {
  const asked = languageOf(new URLSearchParams(window.location.search).get('lang'))
  if (asked !== null) localStorage.setItem('ordo.language', asked)
  return asked ?? languageOf(localStorage.getItem('ordo.language')) ?? languageOf(navigator.language) ?? 'en'
}

function languageOf(tag: string | null): 'zh-CN' | 'en' | null {
  const language = tag?.toLowerCase().split('-', 1)[0]
  return language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : null
}
