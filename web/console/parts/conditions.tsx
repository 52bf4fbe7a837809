// The conditions that every screen has beside its data: loading without jumps, nothing there, refused.
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ProblemError } from '../../shared/api.ts'
import { useText } from '../text.ts'
import { Icon, type IconName } from './icon.tsx'

/** What would be here, and what to do about it. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty" role="status">
      <Icon name={icon} size={28} />
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="quiet">{children}</div>}
    </div>
  )
}

/** What happened, what is safe, what to do. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, knows, label } = useText()
  const problem = error instanceof ProblemError ? error : null
  const code = problem?.code ?? 'unknown'
  const title =
    problem === null || problem.message.startsWith('HTTP ')
      ? label('problem', knows('problem', code) ? code : 'unknown')
      : problem.message
  return (
    <div className="trouble" role="alert">
      <Icon name="exceptions" size={20} />
      <div className="grow">
        <p className="trouble-title">{title}</p>
        <p>{problem?.fix ?? t('problem.safe')}</p>
        {found(problem).map((finding) => (
          <p key={finding} className="small">
            {finding}
          </p>
        ))}
        {problem?.request_id != null && <p className="small quiet mono">{problem.request_id}</p>}
      </div>
      {retry !== undefined && <Button onClick={retry}>{t('action.retry')}</Button>}
    </div>
  )
}

const FOUND_AT_MOST = 5

// What is wrong one by one, with its place where that says something to people: a field or a row.
function found(problem: ProblemError | null): string[] {
  const said = (problem?.errors ?? []).flatMap(({ pointer, detail }) => {
    if (typeof detail !== 'string' || detail === '') return []
    return typeof pointer === 'string' && /^\/|\brow \d/.test(pointer) ? [`${pointer}: ${detail}`] : [detail]
  })
  return [...new Set(said)].slice(0, FOUND_AT_MOST)
}

/** The problem of an action as one sentence, for messages. */
export function sentence(error: unknown, fallback: string): string {
  if (!(error instanceof ProblemError) || error.message.startsWith('HTTP ')) return fallback
  return [error.message, ...(error.fix === null ? [] : [error.fix]), ...found(error)].join(' ')
}

export function LoadingRows({ rows = 8 }: { rows?: number }) {
  const { t } = useText()
  return (
    <div className="loading-rows" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="loading-row">
          <Skeleton.Button active size="small" style={{ width: 96 }} />
          <Skeleton.Input active size="small" block />
        </div>
      ))}
    </div>
  )
}

export function LoadingPage() {
  const { t } = useText()
  return (
    <div className="page" role="status" aria-label={t('state.loading')}>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 10 }} />
    </div>
  )
}
