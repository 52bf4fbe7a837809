// Places in rules: the narrowest entry of a zone map counts, and a city or a postcode is found however it is spelt.
import { expect, test } from 'vitest'
import { compileRules } from '../../platform/rules.ts'
import { rulesDocument } from './default-rules.ts'
import { guidancesOf, nowhere } from './guidance.ts'
import { loosenCity, loosened } from './loosen-cells.ts'
import { plainCity } from './match-places.ts'

const hangzhou = { country: 'CN', region: '浙江省', city: '杭州市', postcode: '310012' }
const zones = [
  { by: 'country', of: ['CN'], prefer: ['land'] },
  { by: 'postcode', of: ['31'], prefer: ['two'] },
  { by: 'region', of: ['浙江省', '江苏省'], prefer: ['province'] },
  { by: 'postcode', of: ['320', '3100'], prefer: ['four'] },
  { by: 'city', of: ['杭州'], prefer: ['town'] },
  { by: 'city', of: ['杭州市'], prefer: ['later'] },
]
const preferred = (to: Partial<typeof hangzhou>, map: unknown = zones) =>
  [...(guidancesOf([{ rule: 'r', prefer: ['always'], zones: map }], { ...nowhere, ...to })[0]?.prefer ?? [])].slice(1)

test('of a zone map the narrowest entry that fits counts, beside what is preferred everywhere', () => {
  expect(preferred(hangzhou)).toEqual(['four'])
  expect(preferred({ ...hangzhou, postcode: '311100' })).toEqual(['two'])
  expect(preferred({ ...hangzhou, postcode: '' })).toEqual(['town'])
  expect(preferred({ country: 'CN', region: ' 江苏省', city: '南京市', postcode: '210000' })).toEqual(['province'])
  expect(preferred({ country: 'CN', region: '北京市' })).toEqual(['land'])
  expect(preferred({ country: 'JP', postcode: '100-0001' })).toEqual([])
  expect(preferred({ region: '' }, [{ by: 'region', of: ['x'], prefer: ['y'] }])).toEqual([])
})

test('a map from before goes by region alone', () => {
  expect(preferred(hangzhou, { 浙江省: ['HZ1'], 杭州市: ['no'] })).toEqual(['HZ1'])
  expect(preferred({ region: 'são paulo' }, { 'São Paulo ': ['BR1'] })).toEqual(['BR1'])
})

test('a zone map that cannot be followed is refused', () => {
  for (const wrong of [[{ by: 'street', of: ['x'], prefer: [] }], [{ by: 'city', of: [' '], prefer: [] }], ['x']])
    expect(() => preferred(hangzhou, wrong)).toThrow('zones: ')
})

test('a city loses its 市 only where a name is left', () => {
  expect(['杭州市', ' 杭州 ', '津市', '津市市', 'São Paulo'].map(plainCity)).toEqual([
    ...['杭州', '杭州', '津市', '津市', 'são paulo'],
  ])
})

const takes = async (column: string, cell: string, values: readonly string[]) => {
  const document = rulesDocument([{ _id: 'r', rule: '"r"', [column]: cell }])
  const answers = await compileRules(document, loosened).evaluate(values.map((value) => ({ [column]: value })))
  return answers.map((answer) => Array.isArray(answer) && answer.length === 1)
}

test('a condition on the city takes every spelling of it, however it is written', async () => {
  const spellings = ['杭州市', '杭州', 'HANGZHOU', ' hangzhou', '杭州湾', '']
  const both = [true, true, true, true, false, false]
  for (const cell of ['in ["杭州", "Hangzhou"]', '"杭州市","hangzhou"', "in ['杭州市', 'HangZhou']"])
    expect(await takes('city', cell, spellings)).toEqual(both)
  expect(await takes('city', '== "杭州"', spellings)).toEqual([true, true, false, false, false, false])
  for (const cell of ['not in ["杭州", "Hangzhou"]', 'not in ["Hangzhou","杭州市"]'])
    expect(await takes('city', cell, spellings)).toEqual(both.map((taken) => !taken))
  expect(await takes('city', '!= "杭州"', ['杭州市', '宁波市'])).toEqual([false, true])
  expect(await takes('city', '"杭州"', ['杭州市', '宁波市'])).toEqual([true, false])
  const many = Array.from({ length: 250 }, (_, index) => `甲${String.fromCodePoint(0x4e00 + index)}市`)
  expect(await takes('city', JSON.stringify(many).slice(1, -1), ['甲一', '乙一市'])).toEqual([true, false])
})

test('an expression on the city is asked as it is written', async () => {
  for (const cell of ['startsWith($, "Hang")', 'len($) > 3', '"a" or "b"', 'upper($) == "HANGZHOU"'])
    expect(loosenCity(cell)).toBe(cell)
  expect(await takes('city', 'endsWith($, "市")', ['杭州市', '杭州'])).toEqual([true, false])
})

test('beginnings of postcodes are compared in small letters, whole ones as they were', async () => {
  const cell = 'startsWith($, "310") or startsWith($, "SW1A ")'
  expect(await takes('postcode', cell, ['310012', 'sw1a 1aa', '311000', ''])).toEqual([true, true, false, false])
  expect(await takes('postcode', 'in ["310012"]', ['310012', '3100121'])).toEqual([true, false])
})
