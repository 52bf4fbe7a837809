// Barcodes as bars, not as pictures: each bar is a rectangle of whole modules, so that any printer keeps its widths.
import bwip from 'bwip-js'
import type PDFDocument from 'pdfkit'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** GS1 and carriers ask for ten modules of quiet zone on both sides. */
const QUIET_MODULES = 10

/** The widths of bars and spaces in modules, a bar first. */
export function barsOf(symbology: 'code128' | 'gs1-128', text: string): number[] {
  const drawn: unknown = bwip.raw({ bcid: symbology, text })
  const first: unknown = Array.isArray(drawn) ? drawn[0] : undefined
  if (typeof first !== 'object' || first === null || !('sbs' in first) || !Array.isArray(first.sbs))
    throw new Error('the barcode has no bars')
  return first.sbs.map(Number)
}

/** Draws a barcode as wide as its box, quiet zones included. */
export function drawBarcode(
  doc: InstanceType<typeof PDFDocument>,
  symbology: 'code128' | 'gs1-128',
  text: string,
  box: Box,
): void {
  const widths = barsOf(symbology, text)
  const modules = widths.reduce((sum, width) => sum + width, 0) + 2 * QUIET_MODULES
  const module_pt = box.width / modules
  let x = box.x + QUIET_MODULES * module_pt
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) doc.rect(x, box.y, width * module_pt, box.height)
    x += width * module_pt
  }
  doc.fill('black')
}
