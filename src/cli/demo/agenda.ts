// What will happen later in the demo: things with their time, done in its order when the clock has passed them.
import { Problem } from '../../platform/problem.ts'

export interface Agenda {
  /** Notes what is to happen at `at`; what lies beyond the end of the demo never does. */
  add(at: Date, happen: () => Promise<void>): void
  /** Lets everything happen whose time has come; answers how many. */
  catchUp(now: Date): Promise<number>
}

interface Entry {
  readonly at: number
  readonly happen: () => Promise<void>
}

export function openAgenda(): Agenda {
  let entries: Entry[] = []
  return {
    add(at, happen) {
      entries.push({ at: at.getTime(), happen })
    },
    async catchUp(now) {
      const due = entries.filter((entry) => entry.at <= now.getTime()).sort((a, b) => a.at - b.at)
      entries = entries.filter((entry) => entry.at > now.getTime())
      for (const { happen } of due) {
        await happen().catch((error: unknown) => {
          // A cancelled order is decided by nobody, a refused one is not sent back: it was meant, and it does not happen.
          if (!(error instanceof Problem)) throw error
        })
      }
      return due.length
    },
  }
}
