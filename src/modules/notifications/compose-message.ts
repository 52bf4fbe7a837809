// A message as it is sent: subject, text and HTML, everything that came from outside escaped. Pure.
import { formatMinor } from '../../platform/money.ts'
import type { Kind } from './kinds.ts'
import { frames, type Language, type Template, type Told, templates } from './templates.ts'

export interface Goods {
  readonly title: string
  readonly quantity: number
  readonly net: bigint
}

export interface Facts {
  readonly kind: Kind
  readonly language: Language
  readonly merchant: string
  readonly number: string
  readonly name: string | null
  readonly currency: string
  readonly total: bigint
  readonly goods: readonly Goods[]
  /** From the fact itself: the amount of a refund, units that shipped, whether that was all. */
  readonly amount: bigint
  readonly units: number
  readonly whole: boolean
  /** When it arrives at the latest, by the clock of the merchant. */
  readonly arrives_at: Date | null
  readonly time_zone: string
  readonly link: string
}

export interface Composed {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const GOODS_AT_MOST = 50

/** Writes the message in the language of its reader. */
export function composeMessage(facts: Facts): Composed {
  const template = templates[facts.language][facts.kind]
  const told: Told = {
    merchant: oneLine(facts.merchant),
    number: facts.number,
    name: oneLine(facts.name ?? ''),
    amount: money(facts.amount, facts.currency),
    units: facts.units,
    whole: facts.whole,
    day: dayOf(facts),
  }
  return { subject: template.subject(told), text: textOf(facts, template, told), html: htmlOf(facts, template, told) }
}

function dayOf({ arrives_at, time_zone, language }: Facts): string {
  if (arrives_at === null) return ''
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  return new Intl.DateTimeFormat(locale, {
    timeZone: time_zone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  }).format(arrives_at)
}

// A name must not begin a header or a paragraph of its own.
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 100)
}

function money(amount: bigint, currency: string): string {
  return `${formatMinor(amount, currency)} ${currency}`
}

function goodsOf(facts: Facts, template: Template): readonly Goods[] {
  return template.lists_goods ? facts.goods.slice(0, GOODS_AT_MOST) : []
}

function textOf(facts: Facts, template: Template, told: Told): string {
  const frame = frames[facts.language]
  const goods = goodsOf(facts, template)
  const list = goods.map(
    ({ title, quantity, net }) => `  ${quantity} × ${oneLine(title)}   ${money(net, facts.currency)}`,
  )
  const more = template.lists_goods && facts.goods.length > goods.length ? ['  …'] : []
  const total = template.lists_goods ? [`  ${frame.total}   ${money(facts.total, facts.currency)}`] : []
  const paragraphs = [
    frame.greeting(told.name),
    ...template.body(told),
    ...(list.length === 0 ? [] : [[...list, ...more, ...total].join('\n')]),
    `${frame.button}: ${facts.link}`,
    frame.closing(told.merchant),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

function htmlOf(facts: Facts, template: Template, told: Told): string {
  const frame = frames[facts.language]
  const goods = goodsOf(facts, template)
  const rows = goods.map(
    ({ title, quantity, net }) =>
      `<tr><td style="${CELL}">${quantity} × ${escapeHtml(oneLine(title))}</td><td style="${CELL};text-align:right;white-space:nowrap">${escapeHtml(money(net, facts.currency))}</td></tr>`,
  )
  const total = `<tr><td style="${CELL};font-weight:600">${frame.total}</td><td style="${CELL};font-weight:600;text-align:right;white-space:nowrap">${escapeHtml(money(facts.total, facts.currency))}</td></tr>`
  const table =
    rows.length === 0
      ? ''
      : `<table role="presentation" width="100%" style="border-collapse:collapse;margin:20px 0">${rows.join('')}${total}</table>`
  const paragraphs = template.body(told).map((text) => `<p style="margin:0 0 12px">${escapeHtml(text)}</p>`)
  const link = escapeHtml(facts.link)
  return `<!doctype html>
<html lang="${frame.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(template.subject(told))}</title></head>
<body style="margin:0;background:#f4f5f7;color:#1f2733;font:16px/1.6 -apple-system,'PingFang SC','Noto Sans SC','Segoe UI',sans-serif">
<table role="presentation" width="100%"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" style="max-width:560px;background:#ffffff;border:1px solid #e3e6ec;border-radius:12px"><tr><td style="padding:28px">
<p style="margin:0 0 20px;font-weight:600">${escapeHtml(told.merchant)}</p>
<p style="margin:0 0 12px">${escapeHtml(frame.greeting(told.name))}</p>
${paragraphs.join('\n')}
${table}
<p style="margin:24px 0"><a href="${link}" style="display:inline-block;background:#1d4ed8;color:#ffffff;text-decoration:none;padding:12px 20px;border-radius:8px;font-weight:600">${frame.button}</a></p>
<p style="margin:0 0 4px;color:#5b6475;font-size:13px">${frame.number} ${escapeHtml(told.number)}</p>
<p style="margin:0;color:#5b6475;font-size:13px">${frame.link_hint}<br><a href="${link}" style="color:#5b6475;word-break:break-all">${link}</a></p>
<p style="margin:20px 0 0">${escapeHtml(frame.closing(told.merchant))}</p>
</td></tr></table></td></tr></table></body></html>`
}

const CELL = 'padding:8px 0;border-bottom:1px solid #e3e6ec'

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
