// One ticking clock for all relative times on the page: a second apart where a countdown is shown, else ten.
import { useSyncExternalStore } from 'react'

function ticker(every_ms: number) {
  let now = Date.now()
  let timer: number | undefined
  const listeners = new Set<() => void>()
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      if (timer === undefined) {
        now = Date.now()
        timer = window.setInterval(tick, every_ms)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        window.clearInterval(timer)
        timer = undefined
      }
    },
    read: () => now,
  }
}

const slow = ticker(10_000)
const fast = ticker(1_000)

/** Milliseconds since the epoch, as the reader's machine has it. */
export function useNow(pace: 'slow' | 'fast' = 'slow'): number {
  const source = pace === 'fast' ? fast : slow
  return useSyncExternalStore(source.subscribe, source.read)
}
