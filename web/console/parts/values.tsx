// How single values are shown: amounts, times, numbers that can be copied, places.
import { Tooltip } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useText } from '../text.ts'
import { Icon } from './icon.tsx'
import { useNow } from './now.ts'

export function Money({ amount, currency, strong }: { amount: number; currency: string; strong?: boolean }) {
  const { format } = useText()
  return <span className={strong === true ? 'money strong' : 'money'}>{format.money(amount, currency)}</span>
}

// The clock of a page ticks every ten seconds: what has just happened is not in the future.
const JUST_MS = 15_000

/** Beyond a season nobody counts days. */
const RELATIVE_MS = 90 * 86_400_000

/** Relative, or the date where it is long ago or far ahead; with the absolute time on hover and for readers of the screen. */
export function Ago({ at }: { at: string | null }) {
  const { format } = useText()
  const clock = useNow()
  if (at === null) return <span className="quiet">—</span>
  const absolute = format.dateTime(at)
  const ahead = Date.parse(at) - clock
  const now = ahead > 0 && ahead < JUST_MS ? clock + ahead : clock
  return (
    <Tooltip title={absolute} mouseEnterDelay={0.3}>
      <time dateTime={at} className="nowrap">
        {Math.abs(ahead) < RELATIVE_MS ? format.relative(at, now) : format.date(at)}
      </time>
    </Tooltip>
  )
}

/** How long something has been there: "2 h 5 min", in brief "2 h". */
export function Age({ since, brief }: { since: string | null; brief?: boolean }) {
  const { format } = useText()
  const now = useNow()
  if (since === null) return <span className="quiet">—</span>
  return (
    <Tooltip title={format.dateTime(since)} mouseEnterDelay={0.3}>
      <time dateTime={since} className="nowrap">
        {format.span((now - Date.parse(since)) / 1000, brief)}
      </time>
    </Tooltip>
  )
}

/** What is left of a term, to the second when it is short. */
export function TimeLeft({ until }: { until: string }) {
  const { t, format } = useText()
  const now = useNow('fast')
  const seconds = (Date.parse(until) - now) / 1000
  const tone = seconds < 0 ? 'bad' : seconds < 3600 ? 'warn' : 'idle'
  return (
    <span className={`pill ${tone}`}>
      <Icon name="clock" size={14} />
      <time dateTime={until} title={format.dateTime(until)}>
        {seconds < 0
          ? t('time.overdue', { span: format.span(-seconds) })
          : t('time.left', { span: format.span(seconds) })}
      </time>
    </span>
  )
}

// Rarely needed: it waits until it is.
const CopyByHand = lazy(async () => ({ default: (await import('./copy-by-hand.tsx')).CopyByHand }))

interface CopyTextProps {
  readonly text: string
  readonly children?: ReactNode
  /** What the button says, in place of the text beside it. */
  readonly words?: string
}

export function CopyText({ text, children, words }: CopyTextProps) {
  const { t } = useText()
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = async () => {
    const done = await written(text)
    setCopied(done)
    if (done) window.setTimeout(() => setCopied(null), 1500)
  }
  return (
    <span className="copy">
      {words === undefined && (children ?? <span className="mono">{text}</span>)}
      <Tooltip title={copied === true ? t('action.copied') : t('action.copy')}>
        <button
          type="button"
          className={words === undefined ? 'ghost' : 'ghost labelled'}
          aria-label={words === undefined ? t('action.copy_what', { what: text }) : undefined}
          onClick={() => void copy()}
        >
          <Icon name={copied === true ? 'check' : 'copy'} size={14} />
          {words}
        </button>
      </Tooltip>
      {copied === false && (
        <Suspense>
          <CopyByHand text={text} onClose={() => setCopied(null)} />
        </Suspense>
      )}
    </span>
  )
}

/** Whether the clipboard took it: browsers refuse it without a permission, and have none on pages without https. */
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** The city alone, for lists; the country where it has none. */
export function City({ city, region, country }: { city: string | null; region: string | null; country: string }) {
  const { language } = useText()
  return (
    <span>{city ?? region ?? new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(country)}</span>
  )
}

/** City, region and country in the order that the country writes them. */
export function Place({ city, region, country }: { city: string | null; region: string | null; country: string }) {
  const { language } = useText()
  const name = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(country) ?? country
  const parts = (country === 'CN' ? [region, city] : [city, region]).filter((part) => part !== null && part !== '')
  // Cities that are a province of their own come twice.
  const joined = [...new Set(parts)].join(country === 'CN' && language === 'zh-CN' ? '' : ', ')
  return (
    <span>{country === 'CN' && joined !== '' ? joined : [joined, name].filter((part) => part !== '').join(', ')}</span>
  )
}
