// The words of allocation rules for those who write them: each column with its label, its type and where it stands in the form.
import type { RuleField } from '../../contracts/policies.ts'
import { CANCEL_HOURS, WAIT_MINUTES } from './guidance.ts'

type Choice = RuleField['choices'][number]
export type Choices = Readonly<Record<string, readonly Choice[]>>
type Type = RuleField['type']
type Row = readonly [
  field: string,
  section: string,
  type: Type,
  en: string,
  zh: string,
  hint_en?: string,
  hint_zh?: string,
]

const inputRows: readonly Row[] = [
  ['channel', 'when', 'choice', 'Channel', '渠道'],
  ['service_level', 'when', 'choice', 'Service', '服务级别'],
  [
    'priority',
    'when',
    'number',
    'Priority',
    '优先级',
    '0 is normal, higher is more urgent',
    '0 为普通，数字越大越紧急',
  ],
  [
    'hours_to_promise',
    'when',
    'number',
    'Hours until the promise',
    '距承诺送达小时数',
    'Orders without a promise never match',
    '无承诺时间的订单不匹配',
  ],
  ['value', 'when', 'money', 'Order value', '订单金额'],
  ['lines', 'when', 'number', 'Lines', '订单行数'],
  ['units', 'when', 'number', 'Units', '件数'],
  ['weight_grams', 'when', 'weight', 'Weight', '重量'],
  ['categories', 'when', 'list', 'Contains category', '包含品类'],
  ['handling_classes', 'when', 'list', 'Contains handling class', '包含特殊作业类别'],
  ['country', 'when', 'choice', 'Country', '国家/地区'],
  ['region', 'when', 'choice', 'Region', '省/州'],
  [
    'city',
    'when',
    'choice',
    'City',
    '城市',
    'Capitals make no difference, nor does 市 at the end',
    '不区分大小写，末尾有无“市”均可',
  ],
  [
    'postcode',
    'when',
    'prefix',
    'Postcode',
    '邮编',
    'The first digits are enough: 310, 311',
    '填写前几位即可，如 310、311',
  ],
  ['cod', 'when', 'flag', 'Cash on delivery', '货到付款'],
  ['queue', 'when', 'text', 'Parked in queue', '所在队列'],
]

const outputRows: readonly Row[] = [
  ['locations', 'from', 'list', 'Only these locations', '仅限以下仓点'],
  [
    'groups',
    'from',
    'list',
    'Only these groups',
    '仅限以下仓点组',
    'Locations say which groups they are in',
    '仓点组在仓点资料中设置',
  ],
  ['types', 'from', 'list', 'Only these types', '仅限以下类型'],
  ['radius_km', 'from', 'number', 'At most so many km away', '最远距离（公里）'],
  ['capabilities', 'from', 'list', 'Only with these capabilities', '须具备能力'],
  ['order_limit', 'from', 'number', 'Orders a location takes in 24 hours at most', '每仓 24 小时单量上限'],
  ['safety_stock', 'from', 'number', 'Units of each SKU that stay there', '每个 SKU 保留的安全库存'],
  ['weight_shipping', 'prefer', 'percent', 'Freight counts', '运费权重'],
  ['weight_handling', 'prefer', 'percent', 'Handling counts', '操作费权重'],
  ['cost_per_km', 'prefer', 'money', 'Each km adds', '每公里附加成本'],
  [
    'late_per_day',
    'prefer',
    'money',
    'Each day after the promise adds',
    '每延误一天附加成本',
    'Empty: as the policy has it',
    '留空则按分仓策略',
  ],
  ['prefer', 'prefer', 'list', 'Prefer these locations or groups', '优先仓点或仓点组'],
  [
    'zones',
    'prefer',
    'zones',
    'Prefer by address',
    '按收货地址优先',
    'The narrowest place that fits counts: postcode, city, region, country',
    '以最具体的匹配为准：邮编、城市、省/州、国家/地区',
  ],
  [
    'bonus',
    'prefer',
    'money',
    'What the preference is worth',
    '优先的价值',
    'Others carry it as a cost; without it nothing is preferred',
    '非优先仓点按此金额加价；不填则优先不起作用',
  ],
  [
    'whole_first',
    'split',
    'flag',
    'One location with everything comes before any split',
    '整单优先于拆单',
    'Otherwise money decides',
    '否则按成本决定',
  ],
  ['max_parts', 'split', 'number', 'Parts at most', '最多拆成几个包裹'],
  ['split_penalty', 'split', 'money', 'Each further part adds', '每多一个包裹附加成本'],
  ['min_part_value', 'split', 'money', 'Least value of each part', '每部分最低金额'],
  ['min_rest_value', 'split', 'money', 'Least value of what waits', '剩余部分最低金额'],
  ['whole_lines', 'split', 'flag', 'Lines stay whole', '同一订单行不拆分'],
  ['partial', 'split', 'flag', 'What is there may leave while the rest waits', '允许部分先发'],
  ['on_failure', 'otherwise', 'choice', 'If that finds no way', '无可行方案时'],
  [
    'wait_minutes',
    'otherwise',
    'number',
    'Try again after minutes',
    '多少分钟后重试',
    `Empty: ${WAIT_MINUTES} minutes`,
    `留空为 ${WAIT_MINUTES} 分钟`,
  ],
  [
    'park_in',
    'otherwise',
    'text',
    'Queue',
    '队列名称',
    'Letters, digits, dots and dashes',
    '仅限英文字母、数字、点和短横线',
  ],
  [
    'cancel_hours',
    'otherwise',
    'number',
    'Cancel after hours',
    '多少小时后取消',
    `Empty: ${CANCEL_HOURS} hours`,
    `留空为 ${CANCEL_HOURS} 小时`,
  ],
]

const levels: Readonly<Record<string, Choice['label']>> = {
  economy: { en: 'Economy', zh: '经济配送' },
  standard: { en: 'Standard', zh: '标准配送' },
  express: { en: 'Express', zh: '特快' },
  next_day: { en: 'Next day', zh: '次日达' },
  same_day: { en: 'Same day', zh: '当日达' },
}

/** A service level by its words, as the page of an order has them; one of the merchant's own as it is. */
export function namedLevel({ value, label }: Choice): Choice {
  return { value, label: levels[value] ?? label }
}

const fixed: Choices = {
  on_failure: [
    { value: 'next', label: { en: 'ask the next rule, then a person', zh: '尝试下一条规则，最后转人工' } },
    { value: 'wait', label: { en: 'try again after a while', zh: '稍后重试' } },
    { value: 'backorder', label: { en: 'wait for supply', zh: '等待补货' } },
    { value: 'park', label: { en: 'park it in a queue', zh: '放入指定队列' } },
    { value: 'cancel', label: { en: 'cancel it after so many hours', zh: '多少小时后自动取消' } },
  ],
  types: [
    { value: 'warehouse', label: { en: 'warehouse', zh: '仓库' } },
    { value: 'store', label: { en: 'store', zh: '门店' } },
    { value: 'supplier', label: { en: 'supplier', zh: '供应商' } },
  ],
}

/** The fields with the choices that the tenant has, by field. */
export function fieldsOf(side: 'inputs' | 'outputs', choices: Choices): RuleField[] {
  return (side === 'inputs' ? inputRows : outputRows).map(([field, section, type, en, zh, hint_en, hint_zh]) => ({
    field,
    section,
    type,
    label: { en, zh },
    hint: hint_en === undefined || hint_zh === undefined ? null : { en: hint_en, zh: hint_zh },
    choices: [...(fixed[field] ?? choices[field] ?? [])].slice(0, 1000),
  }))
}
