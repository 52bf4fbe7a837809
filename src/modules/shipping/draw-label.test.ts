// What a scanner sees: the page as it is printed is drawn to pixels, and a decoder reads both of its barcodes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { drawLabel, type LabelContent } from './draw-label.ts'
import { contractTrackingNumber, gs1CheckDigit, isContractTrackingNumber, sscc } from './make-numbers.ts'

const require = createRequire(import.meta.url)

beforeAll(async () => {
  await prepareZXingModule({
    overrides: { wasmBinary: readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer },
    fireImmediately: true,
  })
})

const content: LabelContent = {
  carrier: 'ordo-express',
  service: 'standard',
  tracking_number: contractTrackingNumber('ordo-express', 'one'),
  sscc: sscc(42n),
  weight_grams: 1530,
  from: { name: '杭州一号仓', city: '杭州市' },
  to: {
    name: '欧阳小明',
    phone: '138 0000 1111',
    address_lines: ['文三路 478 号华星时代广场 A 座 1203 室'],
    district: '西湖区',
    city: '杭州市',
    region: '浙江省',
    postcode: '310000',
    country: 'CN',
  },
  orders: ['7K3M9QX2TB'],
}

async function page(pdf: Uint8Array) {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(Buffer.from(pdf))
  try {
    const pages = [...document.pages()]
    const [first] = pages
    // 203 dots an inch, as the usual label printer has them.
    const image = await first!.render({ scale: 203 / 72, render: 'bitmap' })
    return { pages: pages.length, width: image.width, height: image.height, data: Uint8ClampedArray.from(image.data) }
  } finally {
    document.destroy()
    library.destroy()
  }
}

test('W8 a decoder reads tracking number and SSCC from the printed page at 203 dpi', async () => {
  const printed = await page(await drawLabel(content))
  expect(printed.pages).toBe(1)
  expect(printed.height / printed.width).toBeCloseTo(1.5, 2)
  const found = await readBarcodes(
    { data: printed.data, width: printed.width, height: printed.height, colorSpace: 'srgb' },
    { formats: ['Code128'], tryHarder: true },
  )
  expect(found.map((code) => code.text).sort()).toEqual([`(00)${content.sscc}`, content.tracking_number].sort())
})

const named = async (name: string) =>
  Buffer.from((await page(await drawLabel({ ...content, to: { ...content.to, name } }))).data)

test('Chinese names are drawn, rare ones too: no two look the same, as boxes for missing signs would', async () => {
  const [wang, li, rare] = [await named('王喆'), await named('李喆'), await named('王㙓')]
  expect(wang.equals(li)).toBe(false)
  expect(wang.equals(rare)).toBe(false)
  expect(rare.equals(await named('王\u{e123}'))).toBe(false)
})

test('a label is small: its fonts hold only the signs that stand on it', async () => {
  expect((await drawLabel(content)).length).toBeLessThan(200_000)
  const latin = await drawLabel({
    ...content,
    from: { name: 'Recife 1', city: 'Recife' },
    to: {
      ...content.to,
      name: 'João Souza',
      address_lines: ['Rua Nova 12'],
      district: null,
      city: 'São Paulo',
      region: 'SP',
    },
  })
  expect(latin.length).toBeLessThan(20_000)
})

test('an SSCC has eighteen digits and a check digit that one slip breaks', () => {
  // The example GTIN of the GS1 General Specifications.
  expect(gs1CheckDigit('629104150021')).toBe('3')
  const number = sscc(7n)
  expect(number).toMatch(/^\d{18}$/)
  expect(gs1CheckDigit(number.slice(0, 17))).toBe(number[17])
})

test('a tracking number follows from its key, and a misread digit is noticed', () => {
  const number = contractTrackingNumber('sf', 'key')
  expect(number).toBe(contractTrackingNumber('sf', 'key'))
  expect(number).not.toBe(contractTrackingNumber('sf', 'other key'))
  expect(isContractTrackingNumber(number)).toBe(true)
  for (let place = 2; place < number.length; place++) {
    const wrong = number.slice(0, place) + String((Number(number[place]) + 1) % 10) + number.slice(place + 1)
    expect(isContractTrackingNumber(wrong)).toBe(false)
  }
})
