// The refusals of the catalogue.
import { problems } from '../../platform/problem.ts'

export const catalogProblem = problems({
  unknown_sku: {
    status: 404,
    en: 'There is no SKU of this code.',
    zh: '没有此 SKU。',
    fix: { en: 'Check the code, or create the SKU first.', zh: '请检查编码，或先创建该 SKU。' },
  },
  unknown_network: {
    status: 422,
    en: 'There is no network of this name.',
    zh: '没有此仓网。',
    fix: { en: 'Create the network first, or name one that exists.', zh: '请先创建仓网，或填写已有的仓网。' },
  },
  unknown_location: {
    status: 404,
    en: 'There is no location of this name.',
    zh: '没有此仓点。',
    fix: { en: 'Check the id in the list of locations.', zh: '请在仓点列表中核对编号。' },
  },
  unknown_channel: {
    status: 404,
    en: 'There is no channel of this name.',
    zh: '没有此渠道。',
    fix: { en: 'Check the id in the list of channels.', zh: '请在渠道列表中核对编号。' },
  },
  unknown_time_zone: {
    status: 422,
    en: 'This is no IANA time zone.',
    zh: '不是有效的 IANA 时区。',
    fix: { en: 'Use a name such as Asia/Shanghai.', zh: '请使用如 Asia/Shanghai 的名称。' },
  },
  fact_does_not_fit: {
    status: 422,
    en: 'This value does not fit the schema of its kind.',
    zh: '该内容不符合此类数据的规范。',
    fix: { en: 'Correct the fields listed in errors.', zh: '请按 errors 中列出的字段修改。' },
  },
  fact_in_the_past: {
    status: 422,
    en: 'What was valid in the past cannot be changed.',
    zh: '不能修改过去已生效的内容。',
    fix: { en: 'Let it be valid from now or later.', zh: '请将生效时间设为现在或将来。' },
  },
  price_without_currency: {
    status: 422,
    en: 'A price needs its currency.',
    zh: '价格必须带币种。',
    fix: { en: 'Send price_minor and currency together.', zh: '请同时提交 price_minor 与 currency。' },
  },
})
