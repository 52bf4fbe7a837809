// Tabs as one row that scrolls by itself: the chosen one is always in sight, arrow keys go from one to the next.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import '../styles/tabs.css'

export interface Tab {
  readonly key: string
  readonly name: string
  /** How many wait behind it, as it is shown. */
  readonly count?: string
  /** The count asks for somebody's work. */
  readonly waits?: boolean
  /** Begins another group. */
  readonly apart?: boolean
}

interface TabBarProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly chosen: string | null
  readonly onChoose: (key: string) => void
  /** What stands at the end of the row. */
  readonly children?: ReactNode
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

export function TabBar({ label, tabs, chosen, onChoose, children }: TabBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const counts = tabs.map(({ count }) => count ?? '').join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice, or counts that widen the row, move it
  useEffect(() => {
    const here = bar.current?.querySelector('[aria-selected="true"]')
    here?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [chosen, counts])
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = tabs[tabs.findIndex(({ key }) => key === chosen) + by]
    if (next === undefined) return
    onChoose(next.key)
    bar.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.key)}"]`)?.focus()
  }
  const first = tabs.some(({ key }) => key === chosen) ? chosen : tabs[0]?.key
  return (
    <div className="tab-bar">
      <div ref={bar} className="tab-bar-scroll" role="tablist" aria-label={label} onKeyDown={step}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            className={tab.apart === true ? 'tab apart' : 'tab'}
            aria-selected={tab.key === chosen}
            tabIndex={tab.key === first ? 0 : -1}
            onClick={() => onChoose(tab.key)}
          >
            {tab.name}
            {tab.count !== undefined && tab.count !== '' && (
              <span className={tab.waits === true ? 'nav-count' : 'tab-count'}>{tab.count}</span>
            )}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
