// The customer's page in both languages without a library: keys of the locale files, {{values}} filled in.
import { createContext, useContext } from 'react'
import { type Format, formatFor } from '../shared/format.ts'
import type english from './locales/en.json'

export type Key = keyof typeof english
export type Language = 'zh-CN' | 'en'

const files = import.meta.glob<Record<string, string>>('./locales/*.json', { import: 'default' })
const loaded = new Map<Language, Readonly<Record<string, string>>>()

export async function loadWords(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, (await files[`./locales/${language}.json`]?.()) ?? {})
  document.documentElement.lang = language
}

export interface Words {
  readonly language: Language
  readonly format: Format
  t(key: Key, values?: Readonly<Record<string, string | number>>): string
  /** Words for a code of the server; `other` where there are none. */
  label(prefix: string, code: string, other: Key): string
}

export function wordsFor(language: Language, time_zone: string | undefined): Words {
  const words = loaded.get(language) ?? {}
  const t = (key: Key, values: Readonly<Record<string, string | number>> = {}) =>
    (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  return {
    language,
    t,
    label: (prefix, code, other) => words[`${prefix}.${code}`] ?? t(other),
    format: formatFor(language, time_zone),
  }
}

export const WordsContext = createContext<Words>({
  language: 'en',
  format: formatFor('en'),
  t: (key) => key,
  label: (_, code) => code,
})

export function useWords(): Words {
  return useContext(WordsContext)
}
