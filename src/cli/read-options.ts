// How options of the command line are read: what does not fit is refused with what would, before anything starts.
import { InvalidArgumentError } from 'commander'

/** A parser of whole numbers within bounds, both inclusive. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1
    if (value < least || value > most) throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
    return value
  }
}

export const portNumber = wholeNumber(0, 65_535)

export function emailAddress(text: string): string {
  if (!/^[^\s@]{1,64}@[^\s@]{1,190}$/.test(text))
    throw new InvalidArgumentError('Give an address like anna@shop.example.')
  return text
}

export function timeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('Give a time zone of the IANA list, like Asia/Shanghai.')
  }
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export function currencyCode(text: string): string {
  if (!CURRENCIES.has(text)) throw new InvalidArgumentError('Give a code of ISO 4217, like CNY.')
  return text
}

export function languageCode(text: string): 'zh-CN' | 'en' {
  if (text !== 'zh-CN' && text !== 'en') throw new InvalidArgumentError('Give zh-CN or en.')
  return text
}
