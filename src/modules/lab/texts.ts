// What a reader of a comparison must know, and why one failed, in both languages.
import type { LabNote } from '../../contracts/lab.ts'

type Both = LabNote['text']

const notes: Readonly<Record<string, Both>> = {
  decided_once: {
    en: 'Each order is decided once, with all units as ordered; what stays behind is not tried again when stock comes, and what was cancelled later keeps its stock.',
    zh: '每个订单按下单数量只决策一次；未分配的件数不会在补货后重试，之后取消的订单仍占用其库存。',
  },
  destination: {
    en: 'Orders go where they went at that time, with the priority that they had: a later change of address or priority does not count. One that came without coordinates is placed by its area, as that is known today.',
    zh: '订单按当时的收货地和优先级重放，之后的修改不计入。没有坐标的订单按目前已知的所在区域定位。',
  },
  rule_limits: {
    en: 'The daily limit of a rule counts the orders of this comparison alone.',
    zh: '规则的每日上限只计入本次对比的订单。',
  },
  pace: {
    en: 'Work takes the time that is set for a location, not the pace measured there.',
    zh: '作业用时按仓点的设定值计算，不按实测速度。',
  },
  clock_decided: {
    en: 'Each order is decided at the time and in the batch in which it was decided in fact; one that never was, when it was placed.',
    zh: '每个订单按实际决策的时间和批次重放；从未决策的订单按下单时间。',
  },
  clock_placed: {
    en: 'Each order is decided at the time at which it was placed.',
    zh: '每个订单按下单时间决策。',
  },
  stock_of_that_time: {
    en: 'Stock is that of the time by the stock ledger: receipts, counts and transfers come at their time, what these orders took lies there again, what other orders took is missing until they gave it back.',
    zh: '库存按台账还原到当时：入库、盘点、调拨按其时间计入；这些订单占用的库存已归还，其他订单占用的库存在释放之前仍算被占用。',
  },
  stock_unlimited: {
    en: 'Every location has every article without limit: a judgement of where orders would leave from, not of what was there.',
    zh: '每个仓点的每种商品库存不限：只判断从哪里发货，不代表当时有货。',
  },
  facts_of_that_time: {
    en: 'Locations, carriers, rates, limits and closures are those of each time. Weights and sizes of articles are those of today: their past is not kept.',
    zh: '仓点、承运商、运价、上限和停发均为当时的设置。商品重量和尺寸按今天的数据，历史值未保留。',
  },
  facts_now: {
    en: 'Locations, carriers, rates and limits are those of today.',
    zh: '仓点、承运商、运价和上限按今天的设置。',
  },
  facts_missing: {
    en: 'At the beginning there were no locations yet: locations, carriers, rates and limits of today are used instead.',
    zh: '期初尚无仓点：改用今天的仓点、承运商、运价和上限。',
  },
  capacity: {
    en: 'Work slots are made from the hours and limits of each location; work of other orders lies in them as it was booked, and work counts as done when its slot ends.',
    zh: '作业时段由各仓点的营业时间和上限生成；其他订单的作业按原预约计入，时段结束即视为完成。',
  },
  happened_parts: {
    en: 'What happened is read from the kept reasons: they tell places and costs, not parcels, nor which line went where.',
    zh: '实际结果取自保留的决策理由：含仓点和费用，不含包裹数及各行去向。',
  },
}

const failures: Readonly<Record<string, Both>> = {
  no_orders: {
    en: 'No order fits: orders count that were confirmed or decided.',
    zh: '没有符合条件的订单：仅计入已确认或已决策的订单。',
  },
  too_many_orders: {
    en: 'More than 50,000 orders fit. Take a shorter period or one channel.',
    zh: '符合条件的订单超过 50,000 个，请缩短时间段或选择单一渠道。',
  },
  too_much_stock: {
    en: 'These orders and locations have more than a million places of stock. Take a shorter period or one channel.',
    zh: '这些订单涉及的库存位置超过一百万个，请缩短时间段或选择单一渠道。',
  },
  facts_unreadable: {
    en: 'Facts or reasons that were kept at that time cannot be read any more. Take a later period, or the locations and rates of now.',
    zh: '当时保留的设置或决策理由已无法读取。请选择较晚的时间段，或改用现在的仓点和运价。',
  },
  broken: {
    en: 'The replay broke off and was given up: {detail}. Run it again; if it breaks off again, whoever runs Ordo finds it among the dead letters.',
    zh: '重放出错，多次重试后已放弃：{detail}。请重新运行；若再次出错，系统管理员可在死信中查到。',
  },
  rules_failed: {
    en: 'The rules of a side cannot be followed for one of these orders.',
    zh: '其中一侧的规则无法应用于某个订单。',
  },
}

const plain = (code: string): Both => ({ en: code, zh: code })

/** What of then is not known any more, and of how many orders. */
export function lostNotes({ destinations, reasons }: { destinations: number; reasons: number }): LabNote[] {
  const were = (orders: number) => (orders === 1 ? '1 order has' : `${orders} orders have`)
  const moved: LabNote = {
    code: 'destinations_lost',
    text: {
      en: `${were(destinations)} lost the address of then: the customer was erased, or it was changed before former ones were kept. Erased ones are decided by country and region alone, without their promise. They may differ for that reason alone.`,
      zh: `${destinations} 个订单当时的收货地已无法还原：客户资料已删除，或在系统保留旧地址之前已修改。已删除的仅按国家和省份重放，且不含送达承诺，其差异可能仅由此造成。`,
    },
  }
  const decided: LabNote = {
    code: 'reasons_lost',
    text: {
      en: `${were(reasons)} no kept reasons: on the side of what happened they count as not sent.`,
      zh: `${reasons} 个订单没有保留的决策理由：在实际结果一侧按未发货计。`,
    },
  }
  return [...(destinations > 0 ? [moved] : []), ...(reasons > 0 ? [decided] : [])]
}

/** A note by its code. */
export function noteOf(code: string): LabNote {
  return { code, text: notes[code] ?? plain(code) }
}

/** Why a comparison failed; `detail` is what the machine said where its replay broke off. */
export function failureOf(code: string, detail: string): LabNote {
  const { en, zh } = failures[code] ?? plain(code)
  return { code, text: { en: en.replace('{detail}', () => detail), zh: zh.replace('{detail}', () => detail) } }
}
