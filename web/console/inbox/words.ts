// Words of the inbox for codes of many sources: a reason is said by whichever part of Ordo knows it.
import type { PlaceOutlook } from '../../../src/contracts/hand.ts'
import type { InboxCase, InboxItem } from '../../../src/contracts/inbox.ts'
import type { Text } from '../text.ts'

/** Where a reason may have its words. */
export const KNOWN_AS = [
  'inbox_reason',
  'reason',
  'removed',
  'trouble',
  'staged_reason',
  'machine_step',
  'hold',
] as const

/** Where the value of a line of evidence has its words, by the line's code. */
export const VALUES_AS: Readonly<Record<string, string>> = {
  scan: 'scan',
  stage: 'work',
  step: 'machine_step',
  cause: 'inbox_cause',
  failure: 'inbox_failure',
}

/** What a code of a source means. */
export function reasonText({ knows, label, language, t }: Text, code: string): string {
  if (code.startsWith('broken:')) return t('inbox_reason.broken')
  const prefix = KNOWN_AS.find((one) => knows(one, code))
  return begun(label(prefix ?? 'inbox_reason', code, { detail: '' }), language)
}

/** What still has no place, and why: no reason where the machine finds more than this one way gives. */
export function unmetText(
  text: Text,
  { plan, unmet, because }: Pick<PlaceOutlook, 'plan' | 'unmet' | 'because'>,
): string {
  const { t, format } = text
  const amount = { count: unmet, number: format.number(unmet) }
  if (because === null) return t('inbox.some_left', amount)
  const why = reasonText(text, because)
  return plan === null ? t('inbox.finds_nothing', { why }) : t('inbox.some_wait', { ...amount, why })
}

// Some words stand within a sentence elsewhere.
function begun(words: string, language: Text['language']): string {
  return language === 'en' ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

/** What a line of evidence says: a code in words, a moment by the reader's clock, everything else as it is. */
export function valueText({ knows, label, format, language }: Text, code: string, value: string): string {
  const prefix = VALUES_AS[code]
  const known = value.replaceAll(' ', '_')
  if (prefix !== undefined) return knows(prefix, known) ? begun(label(prefix, known), language) : value
  if (code === 'tried_again' || code === 'cancelled_at') return `${format.dayName(value)} ${format.time(value)}`
  return isMoment(value) ? format.dateTime(value) : value
}

function isMoment(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(value)
}

/** What an item is called: work of nobody by the step that failed. */
export function titleText(text: Text, { kind, title, reason }: InboxItem): string {
  return kind === 'dead_letter' && title === reason ? reasonText(text, reason) : title
}

/** An item in one line. */
export function itemText(text: Text, item: InboxItem): string {
  return `${text.label('inbox_kind', item.kind)} ${titleText(text, item)}: ${reasonText(text, item.reason)}`
}

/** What is beside a line of an item's history: the fix and why, how it ended, or to whom it went; `nameOf` knows people and queues. */
export function entryText(
  { knows, label }: Text,
  { what, detail }: InboxCase['history'][number],
  nameOf: (id: string) => string | undefined,
): string {
  if (detail === null || isMoment(detail)) return ''
  if (what === 'assigned')
    return detail
      .split(' ')
      .map((id) => nameOf(id) ?? id)
      .join(' · ')
  const [fix = '', ...said] = detail.split(': ')
  if (knows('fix', fix)) return [label('fix', fix), ...(said.length > 0 ? [said.join(': ')] : [])].join(' · ')
  return what === 'closed' && knows('inbox_outcome', detail) ? label('inbox_outcome', detail) : detail
}
