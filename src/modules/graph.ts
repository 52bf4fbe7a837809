// Who may need whom: a module calls only the modules listed here, through their index.ts; everything else listens to events.

export const graph = {
  identity: { needs: [] },
  audit: { needs: [] },
  catalog: { needs: [] },
  inventory: { needs: ['catalog'] },
  modes: { needs: [] },
  capacity: { needs: ['catalog', 'modes'] },
  payment: { needs: [] },
  orders: { needs: ['catalog', 'inventory', 'payment'] },
  intake: { needs: ['audit', 'catalog', 'orders', 'payment'] },
  policies: { needs: ['modes'] },
  review: { needs: ['catalog', 'orders', 'policies'] },
  shipping: { needs: ['catalog', 'orders'] },
  warehouse: { needs: ['catalog', 'inventory', 'orders', 'shipping'] },
  allocation: { needs: ['capacity', 'catalog', 'inventory', 'modes', 'orders', 'policies', 'shipping', 'warehouse'] },
  disruptions: { needs: ['allocation', 'catalog', 'orders', 'shipping', 'warehouse'] },
  lab: { needs: ['allocation', 'capacity', 'catalog', 'orders', 'policies'] },
  tracking: { needs: ['orders', 'shipping', 'warehouse'] },
  returns: { needs: ['catalog', 'inventory', 'orders', 'payment', 'warehouse'] },
  notifications: { needs: ['orders', 'payment', 'tracking'] },
  inbox: {
    needs: ['allocation', 'catalog', 'identity', 'intake', 'orders', 'payment', 'returns', 'review', 'tracking'],
  },
  privacy: {
    needs: ['allocation', 'inbox', 'intake', 'orders', 'returns', 'review', 'shipping', 'tracking', 'warehouse'],
  },
  insights: { needs: ['catalog'] },
} as const

export type ModuleName = keyof typeof graph
