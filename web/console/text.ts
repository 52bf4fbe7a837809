// All words on the screens: typed keys in, the reader's language out; codes of the server that have no words yet show readable.
import i18next, { type i18n } from 'i18next'
import { createContext, useContext } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { chosenLanguage, type Format, formatFor } from '../shared/format.ts'
import type ofDisruptions from './disruptions/locales/en.json'
import type ofLab from './lab/locales/en.json'
import type english from './locales/en.json'
import type ofModes from './modes/locales/en.json'
import type ofPolicy from './policy/locales/en.json'

type Singular<Name> = Name extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Name
type Words = typeof english & typeof ofDisruptions & typeof ofLab & typeof ofModes & typeof ofPolicy
export type Key = Singular<keyof Words>
export type Language = 'zh-CN' | 'en'
export type Values = Readonly<Record<string, string | number>>

export interface Text {
  t(key: Key, values?: Values): string
  /** The words for a code of the server, `prefix.code`; the code with blanks where there are none. */
  label(prefix: string, code: string, values?: Values): string
  /** Whether there are words for this code. */
  knows(prefix: string, code: string): boolean
  /** Whichever of the two the reader reads. */
  either(en: string, zh: string | null): string
  /** Sentences one after the other, as the language joins them. */
  sentences(...parts: readonly (string | false)[]): string
  readonly language: Language
  readonly format: Format
}

const files = import.meta.glob<Record<string, string>>(['./locales/*.json', './*/locales/*.json'], {
  import: 'default',
})
// Parts of the console whose words only their own pages need: they come with the page.
const parts = new Set<string>()
const started = Promise.withResolvers<void>()

async function wordsOf(language: Language, part = ''): Promise<Record<string, string>> {
  return (await files[`./${part}locales/${language}.json`]?.()) ?? {}
}

/** Loads the words of a part, from its folder, in the language of now. */
export async function loadWords(part: string): Promise<void> {
  // a page that is opened first may be asked for before there are any words
  await started.promise
  parts.add(`${part}/`)
  await addWords(languageNow())
}

async function addWords(language: Language): Promise<void> {
  const words = await Promise.all(['', ...parts].map((part) => wordsOf(language, part)))
  i18next.addResourceBundle(language, 'translation', Object.assign({}, ...words))
}

/** Loads the words of the chosen language; the other one waits until it is asked for. */
export async function startText(): Promise<i18n> {
  const language = chosenLanguage()
  const words = await wordsOf(language)
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: words } },
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
  started.resolve()
  return i18next
}

export async function switchLanguage(language: Language): Promise<void> {
  await addWords(language)
  localStorage.setItem('ordo.language', language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

export function languageNow(): Language {
  return i18next.language === 'zh-CN' ? 'zh-CN' : 'en'
}

/** The zone that times are shown in: the reader's own where none is given. */
export const ZoneContext = createContext<string | undefined>(undefined)

/** The zone in which times are shown and entered. */
export function useZone(): string {
  return useContext(ZoneContext) ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

const formats = new Map<string, Format>()

export function useText(): Text {
  useTranslation()
  const zone = useContext(ZoneContext)
  const language = languageNow()
  const place = `${language} ${zone ?? ''}`
  const format = formats.get(place) ?? formatFor(language, zone)
  formats.set(place, format)
  return {
    t: (key, values) => i18next.t(key, values ?? {}),
    label: (prefix, code, values) =>
      i18next.exists(`${prefix}.${code}`) ? i18next.t(`${prefix}.${code}`, values ?? {}) : code.replaceAll('_', ' '),
    knows: (prefix, code) => i18next.exists(`${prefix}.${code}`),
    either: (en, zh) => (language === 'zh-CN' && zh !== null && zh !== '' ? zh : en),
    sentences: (...parts) =>
      parts.filter((part) => part !== false && part !== '').join(language === 'zh-CN' ? '' : ' '),
    language,
    format,
  }
}
