// The refusals of inventory.
import { problems } from '../../platform/problem.ts'

export const inventoryProblem = problems({
  out_of_stock: {
    status: 409,
    en: 'There is not enough free stock.',
    zh: '可用库存不足。',
    fix: {
      en: 'Ask for less, wait for supply, or place the order: it will be backordered.',
      zh: '请减少数量、等待补货，或直接下单进入缺货等待。',
    },
  },
  stock_in_use: {
    status: 409,
    en: 'These units are allocated to orders.',
    zh: '这些库存已分配给订单。',
    fix: {
      en: 'Move or cancel the fulfilments named here first, or count the location: a count breaks allocations.',
      zh: '请先移动或取消相关履约单，或执行盘点（盘点会解除占用）。',
    },
  },
  stock_negative: {
    status: 409,
    en: 'There are fewer units than this would take away.',
    zh: '现有库存少于要扣减的数量。',
    fix: { en: 'Count the bin and correct the quantity.', zh: '请盘点库位并修正数量。' },
  },
  reservation_ended: {
    status: 409,
    en: 'This reservation has ended.',
    zh: '该预留已结束。',
    fix: { en: 'Make a new reservation.', zh: '请重新预留库存。' },
  },
})
