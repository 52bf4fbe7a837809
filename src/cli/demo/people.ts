// The customers of the demo merchant: names, phones and addresses as they look in China and in America; nobody of them exists.
import type { IntakeOrder } from '../../contracts/order-intake.ts'
import type { Chance } from './chance.ts'

export interface Customer {
  readonly customer: NonNullable<IntakeOrder['customer']>
  readonly ship_to: IntakeOrder['ship_to']
}

interface City {
  readonly region: string
  readonly city: string
  readonly postcode: string
  readonly lat: number
  readonly lon: number
  readonly districts: readonly string[]
}

const city = (region: string, name: string, postcode: string, lat: number, lon: number, districts: string): City => ({
  region,
  city: name,
  postcode,
  lat,
  lon,
  districts: districts.split(' '),
})

// Those with more customers stand more than once.
const cities: readonly City[] = [
  city('上海市', '上海市', '200000', 31.23, 121.47, '浦东新区 徐汇区 静安区 闵行区 杨浦区'),
  city('上海市', '上海市', '200000', 31.23, 121.47, '长宁区 黄浦区 虹口区 宝山区 嘉定区'),
  city('北京市', '北京市', '100000', 39.9, 116.41, '朝阳区 海淀区 东城区 西城区 丰台区'),
  city('广东省', '深圳市', '518000', 22.54, 114.06, '南山区 福田区 宝安区 龙岗区'),
  city('广东省', '广州市', '510000', 23.13, 113.26, '天河区 越秀区 海珠区 番禺区'),
  city('浙江省', '杭州市', '310000', 30.27, 120.16, '西湖区 滨江区 余杭区 上城区'),
  city('浙江省', '宁波市', '315000', 29.87, 121.55, '鄞州区 海曙区 江北区'),
  city('四川省', '成都市', '610000', 30.57, 104.07, '武侯区 锦江区 高新区 青羊区'),
  city('江苏省', '南京市', '210000', 32.06, 118.8, '鼓楼区 玄武区 建邺区 江宁区'),
  city('江苏省', '苏州市', '215000', 31.3, 120.58, '姑苏区 吴中区 工业园区'),
  city('湖北省', '武汉市', '430000', 30.59, 114.31, '武昌区 江汉区 洪山区'),
  city('陕西省', '西安市', '710000', 34.34, 108.94, '雁塔区 碑林区 未央区'),
  city('重庆市', '重庆市', '400000', 29.56, 106.55, '渝中区 江北区 南岸区'),
  city('湖南省', '长沙市', '410000', 28.23, 112.94, '岳麓区 芙蓉区 雨花区'),
  city('福建省', '厦门市', '361000', 24.48, 118.09, '思明区 湖里区 集美区'),
  city('山东省', '青岛市', '266000', 36.07, 120.38, '市南区 崂山区 黄岛区'),
  city('辽宁省', '沈阳市', '110000', 41.8, 123.43, '和平区 沈河区 皇姑区'),
  city('云南省', '昆明市', '650000', 25.04, 102.71, '五华区 盘龙区 官渡区'),
  city('河南省', '郑州市', '450000', 34.75, 113.63, '金水区 二七区 中原区'),
  city('新疆维吾尔自治区', '乌鲁木齐市', '830000', 43.83, 87.62, '天山区 沙依巴克区'),
]

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given =
  '伟 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 子轩 雨桐 浩然 欣怡 梓涵 宇航 诗涵 俊杰 思远 若曦 嘉怡 晨曦 文博 雅婷 志强 建华 晓东 海燕 佳琪 天佑'.split(
    ' ',
  )
const roads =
  '人民路 中山路 解放路 建设路 文化路 和平路 新华路 长江路 黄河路 学院路 滨河路 龙腾大道 科技一路 迎宾大道 花园路'.split(
    ' ',
  )
const estates = '阳光花园 翠湖天地 金域华府 万象新城 江南春晓 碧水云天 锦绣家园 星河湾 书香门第 汇景国际'.split(' ')
const mobile = '130 131 135 136 137 138 139 150 151 158 159 176 177 180 186 187 188 189 199'.split(' ')

/** Somebody in China; every hundredth or so lives far out, some left the street out. */
export function chineseCustomer(chance: Chance): Customer {
  const place = chance.pick(cities)
  const building = `${chance.pick(estates)}${1 + chance.below(28)}号楼${1 + chance.below(4)}单元${1 + chance.below(30)}0${1 + chance.below(4)}室`
  return {
    customer: {
      name: chance.pick(surnames) + chance.pick(given),
      phone: `${chance.pick(mobile)}${digits(chance, 8)}`,
      locale: 'zh-CN',
      ...(chance.below(3) === 0 ? { email: `${letters(chance, 7)}@example.test` } : {}),
    },
    ship_to: {
      country: 'CN',
      region: place.region,
      city: place.city,
      district: chance.pick(place.districts),
      postcode: place.postcode,
      address_lines: [`${chance.pick(roads)}${1 + chance.below(900)}号`, building],
      ...near(chance, place),
    },
  }
}

const americanCities = [
  { region: 'CA', city: 'San Francisco', postcode: '94110', lat: 37.75, lon: -122.42 },
  { region: 'NY', city: 'New York', postcode: '10003', lat: 40.73, lon: -73.99 },
  { region: 'WA', city: 'Seattle', postcode: '98103', lat: 47.67, lon: -122.34 },
  { region: 'TX', city: 'Austin', postcode: '78704', lat: 30.24, lon: -97.77 },
  { region: 'MA', city: 'Cambridge', postcode: '02139', lat: 42.36, lon: -71.1 },
] as const
const firstNames = 'Olivia Emma Noah Liam Ava Mia Ethan Grace Henry Chloe Daniel Sofia Jack Hannah Leo'.split(' ')
const lastNames = 'Smith Johnson Garcia Miller Davis Nguyen Wilson Anderson Chen Patel Clark Lewis'.split(' ')
const streets = 'Maple Street|Oak Avenue|Valencia Street|Lake Drive|Cedar Lane|Broadway|Sunset Boulevard'.split('|')

/** Somebody in America, with a phone of the range that is kept for fiction. */
export function americanCustomer(chance: Chance): Customer {
  const place = chance.pick(americanCities)
  const [first, last] = [chance.pick(firstNames), chance.pick(lastNames)]
  return {
    customer: {
      name: `${first} ${last}`,
      phone: `+1 415 555 01${digits(chance, 2)}`,
      email: `${first}.${last}@example.test`.toLowerCase(),
      locale: 'en',
    },
    ship_to: {
      country: 'US',
      region: place.region,
      city: place.city,
      postcode: place.postcode,
      address_lines: [`${100 + chance.below(4_800)} ${chance.pick(streets)}`, `Apt ${1 + chance.below(40)}`],
      ...near(chance, place),
    },
  }
}

// A few kilometres around the middle of the city; not money: degrees.
function near(chance: Chance, place: { readonly lat: number; readonly lon: number }): { lat: number; lon: number } {
  const off = () => (chance.below(1_601) - 800) / 10_000
  return {
    lat: Math.trunc((place.lat + off()) * 10_000) / 10_000,
    lon: Math.trunc((place.lon + off()) * 10_000) / 10_000,
  }
}

function digits(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => chance.below(10)).join('')
}

function letters(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(97 + chance.below(26))).join('')
}
