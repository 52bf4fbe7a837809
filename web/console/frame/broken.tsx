// What is shown when a page itself fails: nothing is lost, and how to go on.
import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'

export function Broken() {
  const { t } = useText()
  const error = useRouteError()
  return (
    <main className="lone">
      <Icon name="exceptions" size={32} />
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <div className="row">
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
        <Button href="/app/today">{t('broken.home')}</Button>
      </div>
      <details className="small quiet">
        <summary>{t('broken.details')}</summary>
        <code>{error instanceof Error ? error.message : String(error)}</code>
      </details>
    </main>
  )
}
