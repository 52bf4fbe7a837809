// The goods of the demo merchant: sixty articles in five variants each, three hundred SKUs with names, sizes, weights, prices and GTINs.
import type { SkuItem } from '../../contracts/catalog.ts'
import { gs1CheckDigit } from '../../modules/shipping/index.ts'
import { articles } from './articles.ts'

interface Variant {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Against the article itself, in hundredths. */
  readonly price: number
  readonly weight: number
  readonly size: number
}

const variant = (code: string, zh: string, en: string, price = 100, weight = 100, size = 100): Variant => ({
  code,
  zh,
  en,
  price,
  weight,
  size,
})

/** How an article varies: by weight, colour, size, number in a pack. */
export const variants = {
  weight: [
    variant('50', '50克', '50 g', 60, 55, 80),
    variant('100', '100克', '100 g'),
    variant('250', '250克', '250 g', 230, 240, 130),
    variant('500', '500克', '500 g', 420, 470, 160),
    variant('GIFT', '礼盒装', 'gift box', 380, 330, 170),
  ],
  colour: [
    variant('MW', '月白', 'moon white'),
    variant('DQ', '黛青', 'indigo'),
    variant('ZH', '朱红', 'vermilion'),
    variant('MH', '墨黑', 'ink black'),
    variant('ZL', '竹绿', 'bamboo green'),
  ],
  size: [
    variant('S', '小号', 'small', 75, 65, 82),
    variant('M', '中号', 'medium'),
    variant('L', '大号', 'large', 135, 150, 118),
    variant('XL', '特大号', 'extra large', 170, 210, 134),
    variant('SET', '套装', 'set', 280, 320, 150),
  ],
  pack: [
    variant('1', '单件', 'single'),
    variant('2', '两件装', 'pack of 2', 190, 200, 122),
    variant('3', '三件装', 'pack of 3', 275, 300, 138),
    variant('6', '六件装', 'pack of 6', 520, 600, 170),
    variant('12', '十二件装', 'pack of 12', 980, 1200, 215),
  ],
} as const satisfies Record<string, readonly Variant[]>

/** All three hundred, those that sell best first within their article. */
export const goods: readonly SkuItem[] = articles.flatMap((article, row) =>
  variants[article.varies].map((one, column): SkuItem => {
    const [length_mm, width_mm, height_mm] = article.size_mm
    const scaled = (value: number, hundredths: number) => Math.max(1, Math.trunc((value * hundredths) / 100))
    return {
      sku: `${article.code}-${one.code}`,
      name: `${article.en}, ${one.en}`,
      name_zh: `${article.zh} ${one.zh}`,
      category: article.category,
      weight_grams: scaled(article.weight_grams, one.weight),
      length_mm: scaled(length_mm, one.size),
      width_mm: scaled(width_mm, one.size),
      height_mm: scaled(height_mm, one.size),
      handling_classes: article.fragile === true ? ['fragile'] : [],
      gtin: gtin13(row * 5 + column),
      price_minor: priceOf(scaled(article.price_minor, one.price)),
      currency: 'CNY',
    }
  }),
)

/** A GTIN-13 of the range 20 to 29, which GS1 keeps for numbers inside one company: it belongs to no maker. */
function gtin13(index: number): string {
  const digits = `20${String(4_600_000 + index).padStart(10, '0')}`
  return digits + gs1CheckDigit(digits)
}

// Prices end in 9 yuan, or in 9 jiao below 20 yuan, as shops have them.
function priceOf(minor: number): number {
  const step = minor < 2_000 ? 100 : 1_000
  return Math.max(step, Math.trunc(minor / step) * step + step) - (step === 100 ? 10 : 100)
}
