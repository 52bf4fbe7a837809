// The demo merchant 山野集: four warehouses of one network, four shops, two carriers with their rate cards.
import type { ChannelFact, LocationFact } from '../../contracts/catalog.ts'
import type { CarrierFact, RateCardFact } from '../../contracts/shipping-rates.ts'
import * as catalog from '../../modules/catalog/index.ts'
import * as inventory from '../../modules/inventory/index.ts'
import * as shipping from '../../modules/shipping/index.ts'
import type { Tx } from '../../platform/db.ts'
import { goods } from './goods.ts'

const NETWORK = 'CN'

const warehouse = {
  network: NETWORK,
  type: 'warehouse',
  state: 'open',
  country: 'CN',
  time_zone: 'Asia/Shanghai',
  handling_per_order_minor: 180,
  handling_per_line_minor: 40,
} as const

const fragile = ['fragile']

/** The warehouse in Chengdu does not pack ceramics: what it is left out for shows in the explanations. */
export const locations = {
  HZ1: {
    ...warehouse,
    name: 'Hangzhou warehouse',
    name_zh: '杭州仓',
    region: '浙江省',
    city: '杭州市',
    postcode: '310000',
    lat: 30.27,
    lon: 120.16,
    capabilities: fragile,
    cut_off: '17:00',
  },
  GZ1: {
    ...warehouse,
    name: 'Guangzhou warehouse',
    name_zh: '广州仓',
    region: '广东省',
    city: '广州市',
    postcode: '510000',
    lat: 23.13,
    lon: 113.26,
    capabilities: fragile,
    cut_off: '17:00',
  },
  CD1: {
    ...warehouse,
    name: 'Chengdu warehouse',
    name_zh: '成都仓',
    region: '四川省',
    city: '成都市',
    postcode: '610000',
    lat: 30.57,
    lon: 104.07,
    capabilities: [],
    cut_off: '16:00',
  },
  BJ1: {
    ...warehouse,
    name: 'Beijing warehouse',
    name_zh: '北京仓',
    region: '北京市',
    city: '北京市',
    postcode: '100000',
    lat: 39.9,
    lon: 116.41,
    capabilities: fragile,
    cut_off: '16:00',
  },
} as const satisfies Record<string, LocationFact>

export const channels = {
  tmall: {
    name: 'Tmall flagship store',
    name_zh: '天猫旗舰店',
    network: NETWORK,
    currency: 'CNY',
    locale: 'zh-CN',
    shortage_policy: 'split',
    payment_methods: ['reference'],
    payment_deadline_minutes: 30,
    unknown_sku: 'stage',
  },
  jd: {
    name: 'JD store',
    name_zh: '京东店',
    network: NETWORK,
    currency: 'CNY',
    locale: 'zh-CN',
    shortage_policy: 'wait',
    payment_methods: ['reference', 'cod'],
    payment_deadline_minutes: 30,
    unknown_sku: 'stage',
  },
  shop: {
    name: 'Own shop',
    name_zh: '官方商城',
    network: NETWORK,
    currency: 'CNY',
    locale: 'zh-CN',
    shortage_policy: 'split',
    payment_methods: ['wallet', 'card', 'transfer'],
    payment_deadline_minutes: 120,
    unknown_sku: 'stage',
  },
  us: {
    name: 'US shop',
    name_zh: '美国站',
    network: NETWORK,
    currency: 'USD',
    locale: 'en',
    shortage_policy: 'wait',
    payment_methods: ['card'],
    payment_deadline_minutes: 120,
    unknown_sku: 'stage',
  },
} as const satisfies Record<string, ChannelFact>

export type Shop = keyof typeof channels

const carriers: Readonly<Record<string, CarrierFact>> = {
  suda: {
    name: 'Suda Express',
    name_zh: '速达快运',
    services: [
      { service: 'standard', name: 'Standard', name_zh: '标准配送' },
      { service: 'express', name: 'Next day', name_zh: '次日达' },
    ],
    tracking_pattern: 'SD###############',
  },
  yuntu: {
    name: 'Yuntu Logistics',
    name_zh: '云途物流',
    services: [
      { service: 'economy', name: 'Economy', name_zh: '经济件' },
      { service: 'world', name: 'World', name_zh: '国际件' },
    ],
    tracking_pattern: 'YT################',
  },
}

const upto_grams = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
const china = { countries: ['CN'] }

type Zone = RateCardFact['zones'][number]

function zone(name: string, to: Zone['to'], days: readonly [number, number], price_minor: number[]): Zone {
  return { zone: name, to: { ...china, ...to }, price_minor, transit_days: { p50: days[0], p90: days[1] } }
}

const card = {
  currency: 'CNY',
  upto_grams,
  mm3_per_gram: 6_000,
  parcel_minor: 50,
  fuel_basis_points: 450,
}

const rateCards: Readonly<Record<string, RateCardFact>> = {
  'suda/standard': {
    ...card,
    levels: ['standard'],
    cash_on_delivery: true,
    zones: [
      zone('same-province', { same_region: true }, [1, 1], [700, 800, 1_000, 1_600, 2_800, 7_200]),
      zone('near', { max_km: 800 }, [1, 2], [900, 1_050, 1_400, 2_400, 4_300, 11_500]),
      zone('middle', { max_km: 1_600 }, [2, 3], [1_100, 1_350, 1_900, 3_500, 6_400, 17_500]),
      zone('far', {}, [3, 5], [1_500, 1_900, 2_800, 5_400, 10_200, 28_500]),
    ],
  },
  'suda/express': {
    ...card,
    levels: ['express'],
    cut_off: '19:00',
    zones: [
      zone('same-province', { same_region: true }, [1, 1], [1_300, 1_500, 1_900, 3_100, 5_300, 13_500]),
      zone('near', { max_km: 800 }, [1, 1], [1_700, 2_050, 2_800, 5_000, 9_200, 25_500]),
      zone('far', {}, [1, 2], [2_300, 2_900, 4_200, 8_100, 15_400, 44_000]),
    ],
  },
  'yuntu/economy': {
    ...card,
    levels: ['standard'],
    fuel_basis_points: 300,
    zones: [
      zone('near', { max_km: 800 }, [2, 3], [650, 720, 900, 1_700, 3_100, 8_600]),
      zone('far', {}, [4, 6], [850, 980, 1_350, 2_700, 5_100, 14_600]),
    ],
  },
  'yuntu/world': {
    ...card,
    levels: ['standard', 'express'],
    mm3_per_gram: 5_000,
    zones: [
      {
        zone: 'america',
        to: { countries: ['US', 'CA'] },
        price_minor: [6_900, 9_800, 16_500, 36_000, 68_000, 190_000],
        transit_days: { p50: 8, p90: 14 },
      },
    ],
  },
}

/** Enters everything that the merchant is, and the three hundred articles that it sells. */
export async function openMerchant(tx: Tx): Promise<void> {
  await catalog.putNetworks(tx, new Map([[NETWORK, { name: 'China', name_zh: '中国' }]]))
  await catalog.putLocations(tx, new Map(Object.entries(locations)))
  await inventory.placeLocations(
    tx,
    Object.keys(locations).map((location_id) => ({ location_id, network_id: NETWORK })),
  )
  await catalog.putChannels(tx, new Map(Object.entries<ChannelFact>(channels)))
  await catalog.putSkus(tx, goods)
  await shipping.putCarriers(tx, new Map(Object.entries(carriers)))
  await shipping.putRateCards(tx, new Map(Object.entries(rateCards)))
}
