// The answer in one sentence, with the days as people say them, and the mood that goes with it.
import type { TrackingView } from '../../src/contracts/views-tracking.ts'
import type { Words } from './words.ts'

export interface Answer {
  readonly sentence: string
  readonly more: string | null
  readonly mood: 'good' | 'calm' | 'waiting' | 'trouble'
}

const MOODS: Readonly<Record<TrackingView['answer']['code'], Answer['mood']>> = {
  arriving: 'calm', out_for_delivery: 'good', delivered: 'good', preparing: 'calm', checking: 'waiting', awaiting_payment: 'waiting', awaiting_stock: 'waiting', partly_shipped: 'calm', problem: 'trouble', cancelled: 'waiting', returned: 'waiting',
}

export function answerOf({ answer, late }: TrackingView, { t, format }: Words): Answer {
  const mood = late !== null && MOODS[answer.code] === 'calm' ? 'waiting' : MOODS[answer.code]
  const earliest = answer.earliest === null ? null : format.dayName(answer.earliest)
  const latest = answer.latest === null ? null : format.dayName(answer.latest)
  const more = t(`more.${answer.code}`)
  const say = (sentence: string): Answer => ({ sentence, more: more === '' ? null : more, mood })
  if (answer.code === 'delivered') return say(answer.at === null ? t('answer.delivered') : t('answer.delivered_on', { day: format.dayName(answer.at) }))
  if (answer.code === 'arriving' || answer.code === 'partly_shipped' || answer.code === 'preparing') {
    const which = answer.code === 'partly_shipped' ? 'partly' : 'arriving'
    if (earliest !== null && latest !== null && earliest !== latest) return say(t(`answer.${which}_range`, { earliest, latest }))
    const day = latest ?? earliest
    return say(day === null ? t(`answer.${answer.code}`) : t(`answer.${which}_day`, { day }))
  }
  if (answer.code === 'awaiting_stock') return say(latest === null ? t('answer.awaiting_stock') : t('answer.awaiting_stock_day', { day: latest }))
  return say(t(`answer.${answer.code}`))
}
