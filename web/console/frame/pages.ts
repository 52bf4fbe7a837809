// The navigation as data: work, not tables, with the letter that jumps there after g.
import type { Permission } from '../../../src/contracts/permissions.ts'
import type { IconName } from '../parts/icon.tsx'
import type { Key } from '../text.ts'

export interface NavigationPage {
  readonly path: string
  readonly title: Key
  readonly icon: IconName
  readonly letter: string
  readonly permit: Permission
  /** Pages that its tabs lead to. */
  readonly tabs?: readonly string[]
}

export const pages: readonly NavigationPage[] = [
  { path: '/app/today', title: 'nav.today', icon: 'today', letter: 't', permit: 'insight.read' },
  { path: '/app/orders', title: 'nav.orders', icon: 'orders', letter: 'o', permit: 'orders.read' },
  { path: '/app/review', title: 'nav.review', icon: 'review', letter: 'r', permit: 'review.read' },
  { path: '/app/exceptions', title: 'nav.exceptions', icon: 'exceptions', letter: 'e', permit: 'orders.read' },
  { path: '/app/stock', title: 'nav.stock', icon: 'stock', letter: 's', permit: 'stock.read' },
  { path: '/app/warehouse', title: 'nav.warehouse', icon: 'warehouse', letter: 'w', permit: 'warehouse.read' },
  {
    path: '/app/rules',
    title: 'nav.allocation',
    icon: 'filter',
    letter: 'l',
    permit: 'policies.read',
    tabs: ['/app/lab', '/app/policy', '/app/load', '/app/disruptions', '/app/board', '/app/modes'],
  },
  { path: '/app/settings', title: 'nav.settings', icon: 'settings', letter: ',', permit: 'session.own' },
]
