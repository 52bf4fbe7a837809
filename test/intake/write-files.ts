// Files for tests of the import: a small shop's invoices with everything that can be wrong with a row, and the mapping that reads them.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Mapping } from '../../src/contracts/intake-mapping.ts'
import { CHANNEL } from '../world/index.ts'

export const mapping: Mapping = {
  name: 'invoices',
  about: { en: 'A small shop', zh: '小店' },
  channel: CHANNEL,
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  prices_include_tax: true,
  files: { lines: { path: 'lines.csv.gz' }, titles: { path: 'titles.csv', key: 'titles.sku', by: 'sku' } },
  orders: { file: 'lines', group_by: 'invoice', window_rows: 50 },
  money: [{ quantity: 'quantity', price: 'price' }],
  rules: [
    { if: { matches: ['invoice', '^C'] }, as: 'return' },
    { if: { equals: ['sku', { is: 'POST' }] }, as: 'charge', kind: 'shipping', title: { is: 'Postage' } },
    { if: { equals: ['sku', { is: 'GIFT' }] }, as: 'reject', reason: 'no_gifts' },
  ],
  order: {
    external_id: 'invoice',
    placed_at: 'at',
    customer: { name: { join: [{ is: 'Customer ' }, 'customer'] } },
    ship_to: { country: { is: 'CN' }, city: 'city' },
    payment_reference: { join: [{ is: 'paid ' }, 'invoice'] },
  },
  line: { sku: 'sku', title: 'titles.title', quantity: 'quantity', unit_price: 'price' },
  return: { customer: 'customer', sku: 'sku', quantity: { times: 'quantity', by: '-1' } },
  cancel: { equals: ['city', { is: 'nowhere' }] },
}

const HEADER = 'invoice,sku,quantity,price,at,customer,city'

export interface Files {
  readonly folder: string
  readonly mapping: Mapping
  readonly text: string
}

/** Writes the rows of invoices into a folder of their own. */
export function writeFiles(rows: readonly string[], change: Partial<Mapping> = {}): Files {
  const folder = mkdtempSync(join(tmpdir(), 'ordo-import-'))
  writeFileSync(join(folder, 'lines.csv.gz'), gzipSync(`${[HEADER, ...rows].join('\n')}\n`))
  writeFileSync(join(folder, 'titles.csv'), '\ufeffsku,title\nTEA,Green tea\nTEA,another\nPOT,"Pot, small"\n')
  const changed = { ...mapping, ...change }
  const text = JSON.stringify(changed)
  writeFileSync(join(folder, 'mapping.json'), text)
  return { folder, mapping: changed, text }
}

/** A thousand and some invoices: two lines and postage each, every tenth gives a unit back later, every fiftieth holds an unknown SKU. */
export function manyInvoices(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const tail = `2026-01-${String(1 + (index % 28)).padStart(2, '0')} 10:00,${index % 40},杭州市`
    const sku = index % 50 === 49 ? 'NEW-1' : 'POT'
    const rows = [`I${index},TEA,2,12.50,${tail}`, `I${index},${sku},1,30,${tail}`, `I${index},POST,1,8,${tail}`]
    return index % 10 === 9 ? [...rows, `C${index},TEA,-1,12.50,${tail}`] : rows
  }).flat()
}
