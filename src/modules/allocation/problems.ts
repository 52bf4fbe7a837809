// The refusals of allocation.
import { problems } from '../../platform/problem.ts'

export const allocationProblem = problems({
  nothing_to_allocate: {
    status: 409,
    en: 'No unit of this order waits for a place.',
    zh: '该订单没有等待分配的商品。',
    fix: {
      en: 'Only confirmed orders with reserved units are allocated; see what blocks the order on its page.',
      zh: '只有已确认且已预留库存的订单才能分配，请在订单页查看阻塞原因。',
    },
  },
})
