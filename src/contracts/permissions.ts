// Who may do what: permissions by role, as data; each route names one, and a generated test walks every route as every role.

export const roles = ['admin', 'operator', 'agent', 'lead', 'picker', 'manager'] as const
export type Role = (typeof roles)[number]

const everybody: readonly Role[] = roles
const office: readonly Role[] = ['admin', 'operator', 'agent', 'lead', 'manager']

export const permissions = {
  'orders.read': office,
  'orders.place': ['admin', 'operator', 'agent'],
  'orders.edit': ['admin', 'operator', 'agent'],
  'orders.cancel': ['admin', 'operator', 'agent'],
  'orders.hold': ['admin', 'operator', 'agent', 'lead'],
  'review.read': ['admin', 'operator', 'agent', 'manager'],
  'review.decide': ['admin', 'operator'],
  'review.policy': ['admin', 'manager'],
  'intake.read': ['admin', 'operator', 'agent', 'manager'],
  'intake.replay': ['admin', 'operator'],
  'stock.read': everybody,
  'stock.adjust': ['admin', 'operator', 'lead'],
  'stock.receive': ['admin', 'operator', 'lead', 'picker'],
  'stock.reserve': ['admin', 'operator', 'agent'],
  'catalog.read': everybody,
  'catalog.write': ['admin', 'operator'],
  'payment.read': ['admin', 'operator', 'agent', 'manager'],
  'payment.refund': ['admin', 'operator'],
  'payment.configure': ['admin'],
  'allocation.read': office,
  'allocation.decide': ['admin', 'operator', 'lead'],
  'allocation.policy': ['admin', 'operator', 'manager'],
  'modes.write': ['admin', 'operator'],
  'modes.override': ['admin'],
  'policies.read': office,
  'policies.write': ['admin', 'operator'],
  'policies.activate': ['admin', 'operator'],
  'warehouse.read': everybody,
  'warehouse.work': ['admin', 'lead', 'picker'],
  'shipping.read': everybody,
  'shipping.work': ['admin', 'lead', 'picker'],
  'shipping.write': ['admin', 'operator'],
  'tracking.write': ['admin', 'operator', 'lead'],
  'returns.read': office,
  'returns.decide': ['admin', 'operator', 'agent'],
  'returns.receive': ['admin', 'lead', 'picker'],
  'insight.read': office,
  'events.read': ['admin', 'operator', 'manager'],
  'webhooks.write': ['admin'],
  'jobs.read': ['admin', 'operator'],
  'jobs.retry': ['admin', 'operator'],
  'audit.read': ['admin', 'manager'],
  'people.read': ['admin', 'operator', 'agent'],
  'people.reveal': ['admin', 'operator', 'agent'],
  'people.erase': ['admin'],
  'identity.write': ['admin'],
  'session.own': everybody,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether a role has a permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  const may: readonly Role[] = permissions[permission]
  return may.includes(role)
}
