// What can stand in the way of a decision by hand, in words; the codes of places are those that the machine removes candidates by.
import type { ProblemItem } from '../../platform/problem.ts'

const texts = {
  order_state: { en: 'the order is not confirmed, or has ended', zh: '订单未确认或已结束' },
  held: { en: 'a hold keeps the order from being allocated', zh: '挂起阻止该订单分配' },
  nothing_waits: { en: 'no unit of the order waits for a place', zh: '没有等待分配的商品' },
  too_many_units: { en: 'the line has not so many units there', zh: '该行没有这么多件' },
  nothing_left: { en: 'the other parts take everything', zh: '其他部分已占用全部商品' },
  nothing_stays: { en: 'nothing would stay in the first one', zh: '原履约单将无剩余商品' },
  must_leave_whole: { en: 'the order leaves whole or waits: name all of it', zh: '该订单须整单发出，请包含全部商品' },
  work_unknown: { en: 'the order has no such open fulfilment order', zh: '该订单没有此未完成履约单' },
  already_picked: { en: 'somebody picks it, or has picked it, already', zh: '已开始拣货' },
  same_place: { en: 'it is there already, or named twice', zh: '已在该仓点，或重复指定' },
  different_places: { en: 'they lie at different locations', zh: '履约单位于不同仓点' },
  locked: { en: 'the order is locked to another location', zh: '订单已锁定到其他仓点' },
  already_locked: { en: 'the order is locked to it already', zh: '订单已锁定到该仓点' },
  not_locked: { en: 'the order is not locked', zh: '订单未锁定' },
  not_out: { en: 'the location is not out for this order, or not any more', zh: '该仓点未被该订单排除，或已恢复' },
  work_elsewhere: {
    en: 'it has open work at another location: move that first',
    zh: '其他仓点仍有未完成作业，请先移走',
  },
  too_many_parts: {
    en: 'it would leave in more parts than the policy allows: merge some first',
    zh: '拆分后的件数超过策略上限，请先合并',
  },
  same_priority: { en: 'it has this priority already', zh: '优先级未变' },
  location_unknown: { en: "the order's network has no such location", zh: '订单所属网络没有该仓点' },
  closed: { en: 'the location is closed', zh: '仓点已停用' },
  disrupted: { en: 'a disruption has closed the location for a while', zh: '仓点因突发中断暂停发货' },
  capability: { en: 'the location lacks what the goods need', zh: '仓点不具备商品所需的能力' },
  no_stock: { en: 'the location has too little free stock', zh: '仓点可用库存不足' },
  capacity: { en: 'no slot of the coming days has room there', zh: '该仓点近期时段产能已满' },
  no_carrier: { en: 'no service goes from there to the address', zh: '该仓点没有可送达的物流服务' },
  out_of_area: { en: 'its carriers have suspended the area', zh: '承运商已停发该地区' },
} as const

export type HindranceCode = keyof typeof texts

/** One thing that stands in the way: where in what was asked, and the figures that tell how to mend it. */
export function hindrance(
  code: HindranceCode,
  pointer: string,
  facts: Readonly<Record<string, unknown>> = {},
): ProblemItem {
  return { code, pointer, detail: texts[code].en, detail_zh: texts[code].zh, ...facts }
}
