// The pages of the console, each loaded when it is first opened.
import { createBrowserRouter } from 'react-router'
import { Broken } from './frame/broken.tsx'
import { Frame } from './frame/frame.tsx'
import { Home, Missing } from './frame/missing.tsx'
import { LoadingPage } from './parts/conditions.tsx'
import { loadWords } from './text.ts'

export const router = createBrowserRouter([
  {
    path: '/',
    element: <Frame />,
    errorElement: <Broken />,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      { index: true, element: <Home /> },
      { path: 'app', element: <Home /> },
      { path: 'app/today', lazy: async () => ({ Component: (await import('./today/page.tsx')).TodayPage }) },
      { path: 'app/orders', lazy: async () => ({ Component: (await import('./orders/list-page.tsx')).OrdersPage }) },
      {
        path: 'app/orders/:id',
        lazy: async () => ({ Component: (await import('./orders/order-page.tsx')).OrderPage }),
      },
      { path: 'app/review', lazy: async () => ({ Component: (await import('./review/page.tsx')).ReviewPage }) },
      {
        path: 'app/exceptions',
        lazy: async () => ({ Component: (await import('./exceptions/page.tsx')).ExceptionsPage }),
      },
      { path: 'app/stock', lazy: async () => ({ Component: (await import('./stock/list-page.tsx')).StockPage }) },
      { path: 'app/stock/:sku', lazy: async () => ({ Component: (await import('./stock/sku-page.tsx')).SkuPage }) },
      {
        path: 'app/warehouse',
        lazy: async () => ({ Component: (await import('./warehouse/page.tsx')).WarehousePage }),
      },
      { path: 'app/rules', lazy: async () => ({ Component: (await import('./rules/page.tsx')).RulesPage }) },
      {
        path: 'app/lab',
        lazy: async () => {
          const [{ LabPage }] = await Promise.all([import('./lab/page.tsx'), loadWords('lab')])
          return { Component: LabPage }
        },
      },
      {
        path: 'app/lab/:id',
        lazy: async () => {
          const [{ ComparisonPage }] = await Promise.all([import('./lab/comparison-page.tsx'), loadWords('lab')])
          return { Component: ComparisonPage }
        },
      },
      { path: 'app/load', lazy: async () => ({ Component: (await import('./load/page.tsx')).LoadPage }) },
      { path: 'app/board', lazy: async () => ({ Component: (await import('./board/page.tsx')).BoardPage }) },
      {
        path: 'app/disruptions',
        lazy: async () => {
          const [{ DisruptionsPage }] = await Promise.all([import('./disruptions/page.tsx'), loadWords('disruptions')])
          return { Component: DisruptionsPage }
        },
      },
      {
        path: 'app/policy',
        lazy: async () => {
          const [{ PolicyPage }] = await Promise.all([import('./policy/page.tsx'), loadWords('policy')])
          return { Component: PolicyPage }
        },
      },
      {
        path: 'app/modes',
        lazy: async () => {
          const [{ ModesPage }] = await Promise.all([import('./modes/page.tsx'), loadWords('modes')])
          return { Component: ModesPage }
        },
      },
      { path: 'app/settings', lazy: async () => ({ Component: (await import('./settings/page.tsx')).SettingsPage }) },
      { path: '*', element: <Missing /> },
    ],
  },
])
