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
  address_shared: {
    status: 409,
    en: 'The order is being packed together with another one for the same receiver.',
    zh: '该订单正与同一收件人的其他订单合并作业。',
    fix: {
      en: 'Reject its lines on the task of the warehouse first, then change the address.',
      zh: '请先在仓库作业页退回该订单的商品，再修改地址。',
    },
  },
  address_not_served: {
    status: 409,
    en: 'The order is being packed at a location from which no service goes to the new address.',
    zh: '该订单正在作业的仓点没有可送达新地址的物流服务。',
    fix: {
      en: 'Reject the task on the screen of the warehouse first; then the order leaves from elsewhere.',
      zh: '请先在仓库作业页退回该任务，订单将改由其他仓点发出。',
    },
  },
  order_changed: {
    status: 409,
    en: 'Somebody or something has changed this order since you looked at it.',
    zh: '该订单在你查看之后已发生变化。',
    fix: {
      en: 'Look at it again and decide on what it is now; its version is given here.',
      zh: '请重新查看后再决定，最新版本号见返回内容。',
    },
  },
  promise_out_of_reach: {
    status: 409,
    en: 'Nothing that can be done with this work makes its promise any more.',
    zh: '对该作业已没有能按承诺送达的办法。',
    fix: {
      en: 'Look at it again: tell the customer the new date, or wait.',
      zh: '请重新查看：可告知顾客新的日期，或继续等待。',
    },
  },
  way_changed: {
    status: 409,
    en: 'What was shown is not what would happen now.',
    zh: '当前的结果与所示预览已不一致。',
    fix: { en: 'Look at the new figures, then decide again.', zh: '请查看新的数字后再决定。' },
  },
  decision_refused: {
    status: 409,
    en: 'This cannot be done with the order as it is now.',
    zh: '该订单目前不能这样处理。',
    fix: {
      en: 'errors says what stands in the way, each with its place; mend that or choose another location.',
      zh: 'errors 逐项列出阻碍及其位置；请先解决，或选择其他仓点。',
    },
  },
})
