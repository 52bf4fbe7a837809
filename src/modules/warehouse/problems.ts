// The refusals of the warehouse.
import { problems } from '../../platform/problem.ts'

export const warehouseProblem = problems({
  fulfilment_unknown: {
    status: 404,
    en: 'There is no such fulfilment order.',
    zh: '履约单不存在。',
    fix: {
      en: 'Read the queue again: it may have been cancelled or moved.',
      zh: '请刷新作业队列，该单可能已取消或转移。',
    },
  },
  fulfilment_not_released: {
    status: 409,
    en: 'This fulfilment order is not released to the floor.',
    zh: '该履约单尚未下发或已结束。',
    fix: {
      en: 'Take another one from the queue; see available_actions.',
      zh: '请从队列中选择其他单，详见 available_actions。',
    },
  },
  stopped_at_scan: {
    status: 409,
    en: 'Stop: this order was cancelled.',
    zh: '停止作业：该订单已取消。',
    fix: { en: 'Put the goods aside; a put-back task says where they go.', zh: '请将商品放到一旁，按归位任务处理。' },
  },
  held_at_dock: {
    status: 409,
    en: 'Stop: this order is held and must not leave.',
    zh: '停止发货：该订单已被拦停。',
    fix: { en: 'Put the parcel aside until the hold has ended.', zh: '请将包裹放到一旁，等待拦停解除。' },
  },
  more_than_wanted: {
    status: 409,
    en: 'This is more than the line still wants.',
    zh: '数量超过该行的待处理数量。',
    fix: { en: 'Count again; the quantities left are given here.', zh: '请重新核对，剩余数量见返回内容。' },
  },
  scan_reused: {
    status: 409,
    en: 'This scan id was used for another scan.',
    zh: '该扫描编号已用于其他扫描。',
    fix: {
      en: 'Make a new id for each scan and send the same id only when repeating it.',
      zh: '每次扫描使用新的编号，仅重发时使用相同编号。',
    },
  },
  parcel_content_wrong: {
    status: 422,
    en: 'The content of the parcels does not fit what was picked.',
    zh: '包裹内容与已拣商品不符。',
    fix: {
      en: 'Pack exactly what was picked; the differences are in errors.',
      zh: '请严格按已拣商品装箱，差异见 errors。',
    },
  },
  fulfilment_changed: {
    status: 409,
    en: 'This fulfilment order has changed since it was read.',
    zh: '该履约单在读取后已发生变化。',
    fix: { en: 'Read it again and decide on what it holds now.', zh: '请重新读取后再作决定。' },
  },
  fulfilment_not_open: {
    status: 409,
    en: 'This fulfilment order has left or was cancelled.',
    zh: '该履约单已发出或已取消。',
    fix: {
      en: 'What has left can be intercepted or returned; see available_actions.',
      zh: '已发出的商品可申请拦截或退货，详见 available_actions。',
    },
  },
  nothing_to_reject: {
    status: 409,
    en: 'No order wants anything from this fulfilment order any more.',
    zh: '该履约单中已没有订单需要的商品。',
    fix: { en: 'Read the queue again: its orders were cancelled.', zh: '请刷新作业队列，相关订单已取消。' },
  },
  rejection_note_missing: {
    status: 422,
    en: 'The reason "other" needs a note.',
    zh: '选择“其他”时必须填写说明。',
    fix: {
      en: 'Say in `note` what stands in the way, or choose one of the reasons.',
      zh: '请在 note 中说明情况，或选择其他原因。',
    },
  },
  put_back_unknown: {
    status: 404,
    en: 'There is no such open put-back task.',
    zh: '归位任务不存在或已完成。',
    fix: { en: 'Read the list of put-backs again.', zh: '请刷新归位任务列表。' },
  },
})
