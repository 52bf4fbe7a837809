// Words of the inbox for codes of many sources: a reason is said by whichever part of Ordo knows it.
import type { InboxItem } from '../../../src/contracts/inbox.ts'
import type { Text } from '../text.ts'

const KNOWN_AS = ['inbox_reason', 'reason', 'removed', 'trouble', 'staged_reason', 'machine_step', 'hold'] as const

/** What a code of a source means. */
export function reasonText({ knows, label, language, t }: Text, code: string): string {
  if (code.startsWith('broken:')) return t('inbox_reason.broken')
  const prefix = KNOWN_AS.find((one) => knows(one, code))
  const words = label(prefix ?? 'inbox_reason', code, { detail: '' })
  return language === 'en' ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

/** An item in one line. */
export function itemText(text: Text, item: InboxItem): string {
  return `${text.label('inbox_kind', item.kind)} ${item.title}: ${reasonText(text, item.reason)}`
}
