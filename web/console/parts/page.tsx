// The frame of a page's content: title with actions, cards with a title each.
import type { ReactNode } from 'react'
import { useTitle } from './title.ts'

export function Page({ title, extra, children, wide }: { title: string; extra?: ReactNode; children: ReactNode; wide?: boolean }) {
  useTitle(title)
  return (
    <div className={wide === true ? 'page wide' : 'page'}>
      <header className="page-head">
        <h1>{title}</h1>
        <div className="row wrap">{extra}</div>
      </header>
      {children}
    </div>
  )
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
          {extra !== undefined && <div className="row">{extra}</div>}
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
