// Why an order is kept or finds no other place, in words for people.
const texts: ReadonlyMap<string, { readonly en: string; readonly zh: string }> = new Map([
  ['leaves_before', { en: 'leaves before the closure begins', zh: '在停用开始前发出' }],
  ['leaves_after', { en: 'leaves only after the closure is over', zh: '在停用结束后才发出' }],
  ['no_stock', { en: 'the other locations have too little of the goods', zh: '其他仓点库存不足' }],
  ['disrupted', { en: 'only closed locations have the goods', zh: '仅停用仓点有货' }],
  ['no_room', { en: 'no slot of the coming days has room elsewhere', zh: '其他仓点近期时段产能已满' }],
  ['no_location', { en: 'no other location is open', zh: '没有其他可用仓点' }],
  ['no_carrier', { en: 'no service goes there from elsewhere', zh: '其他仓点无可送达的物流' }],
  ['refused', { en: 'every location that has the goods has rejected them', zh: '有货的仓点均已拒单' }],
  ['no_currency_rate', { en: 'an exchange rate is missing', zh: '缺少汇率' }],
  ['too_many_attempts', { en: 'too many places have failed before', zh: '此前失败次数过多' }],
  ['no_rule', { en: 'no rule takes the order', zh: '没有适用规则' }],
  ['rules', { en: 'the rules allow no other location', zh: '规则不允许其他仓点' }],
  ['parked', { en: 'a rule parks it in a queue', zh: '规则将其转入队列' }],
  ['waiting', { en: 'a rule lets it wait', zh: '规则要求等待' }],
  ['backorder', { en: 'a rule makes it wait for supply', zh: '规则要求等待补货' }],
])

/** The words for a cause; null where there is none. */
export function causeText(cause: string | null): { readonly en: string; readonly zh: string } | null {
  return cause === null ? null : (texts.get(cause) ?? { en: cause, zh: cause })
}
