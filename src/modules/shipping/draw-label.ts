// The label of a parcel, 100 × 150 mm: from, to, carrier number and SSCC as barcodes; Latin in Helvetica, everything else in Noto Sans.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'
import { drawBarcode } from './draw-barcode.ts'

export interface LabelContent {
  readonly carrier: string
  readonly service: string
  readonly tracking_number: string
  readonly sscc: string
  readonly weight_grams: number
  readonly from: { readonly name: string; readonly city: string | null }
  readonly to: {
    readonly name: string | null
    readonly phone: string | null
    readonly address_lines: readonly string[]
    readonly district: string | null
    readonly city: string | null
    readonly region: string | null
    readonly postcode: string | null
    readonly country: string
  }
  /** Numbers of the orders inside. */
  readonly orders: readonly string[]
}

const MM = 72 / 25.4
const WIDTH = 100 * MM
const HEIGHT = 150 * MM
const MARGIN = 4 * MM
const INNER = WIDTH - 2 * MARGIN

let wide_font: Buffer | null = null

/** Eight megabytes, read once: the first label with Chinese text pays for it. */
function wideFont(): Buffer {
  const main = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')
  wide_font ??= readFileSync(join(dirname(main), '..', 'fonts', 'NotoSansHans-Regular.otf'))
  return wide_font
}

type Page = InstanceType<typeof PDFDocument>

/** The label as a PDF of one page. */
export async function drawLabel(content: LabelContent): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: 0,
    info: { Title: content.tracking_number, Producer: 'Ordo' },
  })
  const parts: Buffer[] = []
  const done = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
  const line = (
    text: string,
    y: number,
    size: number,
    options: { height?: number; align?: 'left' | 'center' | 'right' } = {},
  ) =>
    font(doc, text)
      .fontSize(size)
      .fillColor('black')
      .text(text, MARGIN, y, {
        width: INNER,
        height: options.height ?? size * 1.3,
        align: options.align ?? 'left',
        lineBreak: true,
        ellipsis: true,
      })
  const rule = (y: number) =>
    doc
      .moveTo(MARGIN, y)
      .lineTo(WIDTH - MARGIN, y)
      .lineWidth(0.8)
      .stroke('black')

  line(content.carrier.toUpperCase(), 4 * MM, 18)
  line(content.service, 6 * MM, 10, { align: 'right' })
  rule(13 * MM)
  line(senderText(content), 14.5 * MM, 7)
  rule(19 * MM)
  const { to } = content
  line([to.name, to.phone].filter(Boolean).join('  '), 21 * MM, 15, { height: 9 * MM })
  line([...to.address_lines, to.district].filter(Boolean).join(', '), 30 * MM, 11, { height: 19 * MM })
  line([to.postcode, to.city, to.region, to.country].filter(Boolean).join(' '), 50 * MM, 14, { height: 12 * MM })
  rule(63 * MM)
  drawBarcode(doc, 'code128', content.tracking_number, { x: MARGIN, y: 66 * MM, width: INNER, height: 26 * MM })
  line(content.tracking_number, 93 * MM, 13, { align: 'center' })
  rule(100 * MM)
  // not money: kilograms
  line(`${(content.weight_grams / 1000).toFixed(2)} kg`, 102 * MM, 9)
  line(content.orders.slice(0, 6).join(' '), 102 * MM, 9, { align: 'right' })
  rule(108 * MM)
  drawBarcode(doc, 'gs1-128', `(00)${content.sscc}`, { x: MARGIN, y: 111 * MM, width: INNER, height: 26 * MM })
  line(`(00) ${content.sscc}`, 139 * MM, 11, { align: 'center' })
  doc.end()
  return done
}

function senderText({ from }: LabelContent): string {
  return [from.name, from.city].filter(Boolean).join(', ')
}

const WIDE = 'noto-sans-sc'
const wide = new WeakSet<Page>()

// The fourteen fonts of every PDF reader know Latin-1 only.
function font(doc: Page, text: string): Page {
  if (/^[\u0020-\u007e\u00a0-\u00ff]*$/.test(text)) return doc.font('Helvetica')
  if (!wide.has(doc)) wide.add(doc.registerFont(WIDE, wideFont()))
  return doc.font(WIDE)
}
