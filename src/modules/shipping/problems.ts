// The refusals of shipping.
import { problems } from '../../platform/problem.ts'

export const shippingProblem = problems({
  parcel_unknown: {
    status: 404,
    en: 'There is no such parcel.',
    zh: '包裹不存在。',
    fix: { en: 'Scan the label again, or look it up under its fulfilment.', zh: '请重新扫描面单，或在履约单中查找。' },
  },
  label_missing: {
    status: 409,
    en: 'The parcel has no label yet.',
    zh: '该包裹尚未取得面单。',
    fix: {
      en: 'Wait for the label, or see why the carrier refused it in the jobs list.',
      zh: '请等待面单生成，或在任务列表中查看承运商拒绝原因。',
    },
  },
  parcel_voided: {
    status: 409,
    en: 'This parcel was opened again; its label is void.',
    zh: '该包裹已拆包，面单已作废。',
    fix: { en: 'Put it aside: pack its goods again or put them back.', zh: '请取出该包裹，重新打包或将商品归位。' },
  },
  parcel_exists: {
    status: 409,
    en: 'A parcel of this id exists with other content.',
    zh: '该包裹编号已用于其他内容。',
    fix: { en: 'Use a new id for a new parcel.', zh: '新包裹请使用新的编号。' },
  },
  unknown_carrier: {
    status: 422,
    en: 'There is no carrier of this name.',
    zh: '没有此承运商。',
    fix: { en: 'Create the carrier first, or name one that exists.', zh: '请先创建承运商，或填写已有的承运商。' },
  },
  unknown_service: {
    status: 422,
    en: 'The carrier has no such service.',
    zh: '该承运商没有此服务。',
    fix: {
      en: 'Add the service to the carrier, or name one of its services.',
      zh: '请先在承运商中添加该服务，或填写其已有服务。',
    },
  },
  rate_card_uneven: {
    status: 422,
    en: 'The steps of this rate card do not rise, or its prices do not match them.',
    zh: '价卡的重量段未递增，或价格与重量段不对应。',
    fix: {
      en: 'Give each zone one price for each weight step; steps rise and prices never fall.',
      zh: '每个区域须为每个重量段提供一个价格；重量段递增，价格不得下降。',
    },
  },
})
