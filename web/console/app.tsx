// The console as a whole: theme, words, data, session, and the pages behind them.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as Ant, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale/index.js'
import { useEffect, useMemo, useState } from 'react'
import { RouterProvider } from 'react-router'
import { client, ProblemError } from '../shared/api.ts'
import { endSession } from './frame/session.tsx'
import { router } from './routes.tsx'
import { useText } from './text.ts'
import { themeFor } from './theme.ts'

/** What the server refused stays refused; what did not reach it is tried twice more. */
function tryAgain(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ProblemError && (error.status === 0 || error.status >= 502)
}

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: tryAgain, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})

client.onLoggedOut = () => endSession(queries)

interface Loaded {
  readonly default: Locale | { readonly default: Locale }
}

/** Ant Design's files carry their words as `default`, once or, through a bundler's bridge, twice. */
function localeOf(loaded: Loaded): Locale {
  return 'default' in loaded.default ? loaded.default.default : loaded.default
}

const antWords: Readonly<Record<string, () => Promise<Loaded>>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  en: () => import('antd/es/locale/en_US.js'),
}

export function Console() {
  const { language } = useText()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    client.language = language
    let wanted = true
    void antWords[language]?.().then((loaded) => wanted && setLocale(localeOf(loaded)))
    return () => {
      wanted = false
    }
  }, [language])
  const theme = useMemo(() => themeFor(language), [language])
  return (
    <ConfigProvider theme={theme} locale={locale} button={{ autoInsertSpace: false }}>
      <Ant message={{ maxCount: 3, duration: 4 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Ant>
    </ConfigProvider>
  )
}
