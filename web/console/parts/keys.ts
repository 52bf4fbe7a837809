// Keyboard: single keys that work wherever nobody is typing, and are silent under a dialog of somebody else.
import { useEffect, useRef } from 'react'

export type Bindings = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Whether the key belongs to a field that is being filled in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [role="combobox"]') !== null
  )
}

/** Whether Enter or the space bar means the button or link that has the focus. */
function isPressing(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return event.target instanceof HTMLElement && event.target.closest('button, a, summary, input') !== null
}

function isUnderDialog(): boolean {
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null
}

/** Binds keys (`event.key` in lower case) while the component is there and `active`. */
export function useKeys(bindings: Bindings, active = true): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (!active) return
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || isPressing(event) || isUnderDialog()) return
      const run = latest.current[event.key.toLowerCase()]
      if (run === undefined) return
      event.preventDefault()
      run(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [active])
}
