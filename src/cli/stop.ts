// Stopping: at Ctrl-C or SIGTERM whatever was opened is closed, the last first; the same when opening fails half-way.
import { SECOND_MS, systemClock } from '../platform/clock.ts'

export interface Opened {
  /** Notes how something that was just opened is closed; throws where the signal has come, so that nothing more is opened. */
  closing(close: () => Promise<unknown>): void
  /** Aborted by the first signal: for long work while opening. */
  readonly signal: AbortSignal
}

/** One Ctrl-C arrives several times, from the terminal, npm and the starter; a second one is later than this. */
const SAME_PRESS_MS = 1.5 * SECOND_MS

/** Runs `open`; the first signal closes everything and ends the process, one that comes later ends it at once. */
export async function openUntilSignal(open: (opened: Opened) => Promise<void>): Promise<void> {
  const closings: (() => Promise<unknown>)[] = []
  const controller = new AbortController()
  const { signal } = controller
  const closeAll = async () => {
    for (let close = closings.pop(); close !== undefined; close = closings.pop()) {
      await close().catch((error: unknown) => process.stderr.write(`ordo: while stopping: ${String(error)}\n`))
    }
  }
  let asked_at: number | null = null
  const stop = () => {
    const now = systemClock.now().getTime()
    if (asked_at !== null && now - asked_at > SAME_PRESS_MS) process.exit(130)
    if (asked_at !== null) return
    asked_at = now
    controller.abort()
    // What the signal cuts off is no failure of its own.
    void opening
      .catch(() => undefined)
      .then(closeAll)
      .then(() => process.exit(0))
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  const opening = open({
    signal,
    closing(close) {
      closings.push(close)
      signal.throwIfAborted()
    },
  })
  try {
    await opening
  } catch (error) {
    if (signal.aborted) return
    await closeAll()
    throw error
  }
}
