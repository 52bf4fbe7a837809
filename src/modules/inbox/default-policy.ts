// The policy that ships with Ordo: what weighs more, how long an answer may take, which goods go to people who know them.
import type { InboxPolicy } from '../../contracts/inbox.ts'

export const defaultPolicy: InboxPolicy = {
  weights: {
    allocation: 1,
    special: 1.5,
    promise: 1.2,
    stock: 1.2,
    address: 1,
    payment: 1.5,
    parcel: 1,
    lost: 1,
    review: 1,
    hold: 0.7,
    staged: 1,
    dead_letter: 2,
  },
  hours: {
    allocation: 24,
    special: 24,
    promise: 4,
    stock: 24,
    address: 24,
    payment: 24,
    parcel: 48,
    lost: 48,
    review: 4,
    hold: 72,
    staged: 8,
    dead_letter: 4,
  },
  unknown_value_minor: 20_000,
  least_value_minor: 1_000,
  claim_minutes: 60,
  queues: [
    { queue: 'fragile', name: 'Fragile goods', name_zh: '易碎品', skill: 'fragile' },
    { queue: 'valuables', name: 'High value', name_zh: '高价值', skill: 'valuables' },
    { queue: 'money', name: 'Money', name_zh: '资金', skill: 'money' },
    { queue: 'technical', name: 'Technical', name_zh: '技术', skill: 'technical' },
  ],
  routes: [
    { queue: 'money', kinds: ['payment'], handling_classes: [], from_value_minor: 0 },
    { queue: 'technical', kinds: ['dead_letter'], handling_classes: [], from_value_minor: 0 },
    { queue: 'fragile', kinds: [], handling_classes: ['fragile'], from_value_minor: 0 },
    { queue: 'valuables', kinds: [], handling_classes: ['valuable', 'high_value'], from_value_minor: 0 },
    { queue: 'valuables', kinds: [], handling_classes: [], from_value_minor: 2_000_000 },
  ],
}
