// What the mock tells a customer: arriving by default; the token of the link asks for other states (late, delivered, waiting …).
import type { TrackingView } from '../../src/contracts/views-tracking.ts'
import { ago } from './mock-orders.ts'

export function trackingView(level: TrackingView['level'], state = 'arriving'): TrackingView {
  const isDelivered = state === 'delivered'
  const isWaiting = state === 'waiting'
  const items =
    level === 'full'
      ? [
          { title: '西湖龙井 明前特级 250 g 礼盒装', quantity: 1 },
          { title: '手作陶瓷马克杯 350 ml', quantity: 2 },
        ]
      : []
  return {
    shop: {
      code: 'demo',
      name: '青禾生活',
      colour: '#1f6b52',
      help_url: 'mailto:help@example.com',
      help_phone: '400-000-0000',
      locale: 'zh-CN',
    },
    level,
    number: '7K2M9QX4TD',
    placed_at: ago(2000),
    time_zone: 'Asia/Shanghai',
    answer: isDelivered
      ? { code: 'delivered', earliest: null, latest: null, at: ago(200) }
      : isWaiting
        ? { code: 'awaiting_stock', earliest: ago(-7200), latest: ago(-10000), at: null }
        : { code: 'arriving', earliest: ago(-1600), latest: ago(-4480), at: null },
    steps: [
      { code: 'placed', at: ago(2000), state: 'done' },
      { code: 'confirmed', at: ago(1990), state: 'done' },
      { code: 'packed', at: isWaiting ? null : ago(1500), state: isWaiting ? 'now' : 'done' },
      { code: 'shipped', at: isWaiting ? null : ago(1400), state: isWaiting ? 'next' : isDelivered ? 'done' : 'now' },
      { code: 'delivered', at: isDelivered ? ago(200) : null, state: isDelivered ? 'done' : 'next' },
    ],
    late: state === 'late' ? { promised_at: ago(900), cause: 'carrier', refundable: true } : null,
    parcels: isWaiting
      ? []
      : [
          {
            tracking_number: 'SF1400007919',
            carrier_name: '顺丰速运',
            carrier_url: null,
            state: isDelivered ? 'delivered' : 'in_transit',
            earliest: ago(-1600),
            latest: ago(-4480),
            delivered_at: isDelivered ? ago(200) : null,
            items,
            scans: [
              { code: 'in_transit', at: ago(90), place: '上海', text: null },
              { code: 'arrived', at: ago(600), place: '嘉兴', text: null },
              { code: 'handed_over', at: ago(1400), place: '杭州', text: null },
            ],
          },
        ],
    waiting_items: isWaiting ? items : [],
    destination: {
      country: 'CN',
      region: '上海市',
      city: '上海市',
      name: level === 'full' ? '王*' : null,
      address: null,
    },
  }
}
