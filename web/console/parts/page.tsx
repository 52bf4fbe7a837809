// The frame of a page's content: title with actions, cards with a title each.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText, useZone } from '../text.ts'
import { Icon } from './icon.tsx'
import { useTitle } from './title.ts'
import { isSameClock, zoneName } from './zoned-field.ts'

interface PageProps {
  readonly title: string
  /** Beside the title: what else names the thing. */
  readonly note?: ReactNode
  /** Where one comes from. */
  readonly back?: { readonly to: string; readonly label: string }
  readonly extra?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}

export function Page({ title, note, back, extra, children, wide }: PageProps) {
  useTitle(title)
  return (
    <div className={wide === true ? 'page wide' : 'page'}>
      <header className="page-head">
        <div className="row wrap">
          {back !== undefined && (
            <Link to={back.to} className="ghost" aria-label={back.label}>
              <Icon name="left" />
            </Link>
          )}
          <h1>{title}</h1>
          {note}
          <Clock />
        </div>
        <div className="row wrap">{extra}</div>
      </header>
      {children}
    </div>
  )
}

// By whose clock the times of the page are, for readers whose own shows another one.
function Clock() {
  const { t, language } = useText()
  const zone = useZone()
  if (isSameClock(zone, Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now())) return null
  return <span className="quiet small">{t('time.zone', { zone: zoneName(zone, language) })}</span>
}

interface CardProps {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
  /** Without inner space: for tables that reach the edges. */
  readonly flush?: boolean
  readonly id?: string
}

export function Card({ title, extra, children, flush, id }: CardProps) {
  return (
    <section className={flush === true ? 'card flush' : 'card'} aria-labelledby={id}>
      {title !== undefined && (
        <header className="card-head">
          <h2 id={id}>{title}</h2>
          {extra !== undefined && <div className="row wrap">{extra}</div>}
        </header>
      )}
      <div className="card-body">{children}</div>
    </section>
  )
}

/** A name and its value, as pairs in two columns. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
