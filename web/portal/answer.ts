// The answer in one sentence, with the days as people say them, and the mood that goes with it.
import type { TrackingView } from '../../src/contracts/views-tracking.ts'
import type { Words } from './words.ts'

export interface Answer {
  readonly sentence: string
  readonly more: string | null
  readonly mood: 'good' | 'calm' | 'waiting' | 'trouble'
}

const MOODS: Readonly<Record<TrackingView['answer']['code'], Answer['mood']>> = {
  arriving: 'calm',
  out_for_delivery: 'good',
  delivered: 'good',
  preparing: 'calm',
  checking: 'waiting',
  awaiting_payment: 'waiting',
  awaiting_stock: 'waiting',
  partly_shipped: 'calm',
  problem: 'trouble',
  cancelled: 'waiting',
  returned: 'waiting',
}

/** Answers after which people want to speak to somebody. */
const ASKS: ReadonlySet<string> = new Set(['delivered', 'problem'])

export function answerOf({ answer, late, time_zone, shop }: TrackingView, words: Words, now: number): Answer {
  const { t } = words
  const mood = late !== null && MOODS[answer.code] === 'calm' ? 'waiting' : MOODS[answer.code]
  const earliest = answer.earliest === null ? null : dayWord(answer.earliest, words, now, time_zone)
  const latest = answer.latest === null ? null : dayWord(answer.latest, words, now, time_zone)
  const more = t(`more.${answer.code}`)
  const hasHelp = shop.help_url !== null || shop.help_phone !== null
  const help = hasHelp && ASKS.has(answer.code) ? t('help.below') : ''
  const say = (sentence: string): Answer => {
    const rest = [more, help].filter((part) => part !== '').join(words.language === 'zh-CN' ? '' : ' ')
    return { sentence, more: rest === '' ? null : rest, mood }
  }
  if (answer.code === 'delivered')
    return say(
      answer.at === null
        ? t('answer.delivered')
        : t('answer.delivered_on', { day: dayWord(answer.at, words, now, time_zone) }),
    )
  if (answer.code === 'arriving' || answer.code === 'partly_shipped' || answer.code === 'preparing') {
    const which = answer.code === 'partly_shipped' ? 'partly' : 'arriving'
    if (earliest !== null && latest !== null && earliest !== latest)
      return say(t(`answer.${which}_range`, { earliest, latest }))
    const day = latest ?? earliest
    if (which === 'arriving' && day === t('day.today')) return say(t('answer.out_for_delivery'))
    return say(day === null ? t(`answer.${answer.code}`) : t(`answer.${which}_day`, { day }))
  }
  if (answer.code === 'awaiting_stock')
    return say(latest === null ? t('answer.awaiting_stock') : t('answer.awaiting_stock_day', { day: latest }))
  return say(t(`answer.${answer.code}`))
}

const DAY_MS = 86_400_000

/** Today, tomorrow, yesterday; a weekday within the coming six days; a date beyond. */
export function dayWord(at: string, { t, format, language }: Words, now: number, time_zone: string): string {
  const days = dayNumber(Date.parse(at), time_zone) - dayNumber(now, time_zone)
  if (days === 0) return t('day.today')
  if (days === 1) return t('day.tomorrow')
  if (days === -1) return t('day.yesterday')
  if (days < 0 || days > 6) return format.monthDay(at)
  return new Intl.DateTimeFormat(language, {
    timeZone: time_zone,
    weekday: language === 'zh-CN' ? 'short' : 'long',
  }).format(new Date(at))
}

/** Days since the epoch on the calendar of the zone. */
function dayNumber(at: number, time_zone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone }).format(new Date(at))
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)
}

/** The exact days behind the words. */
export function exactDays({ answer }: TrackingView, { format }: Words): string | null {
  const days = [answer.earliest, answer.latest].filter((day) => day !== null).map((day) => format.dayName(day))
  return days.length === 0 ? null : [...new Set(days)].join(' – ')
}
