// A progress bar on a terminal; where nobody looks, a line now and then is enough.
import type { ImportProgress } from '../modules/intake/index.ts'

const WIDTH = 30
const LINE_EVERY_GROUPS = 5_000

export interface ProgressBar {
  show(progress: ImportProgress): void
  end(): void
}

/** Shows how far an import is: redrawn in place on a terminal, otherwise a line every 5,000 groups, both to standard error. */
export function progressBar(name: string, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  let shown_groups = 0
  let drawn = false
  return {
    show({ groups, rows, part }) {
      const percent = Math.min(100, Math.floor(part * 100))
      const text = `${name} ${String(percent).padStart(3)} %  ${groups} groups, ${rows} rows`
      if (out.isTTY) {
        const full = Math.round((Math.min(1, part) * WIDTH * 10) / 10)
        out.write(`\r[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${text}`)
        drawn = true
      } else if (groups - shown_groups >= LINE_EVERY_GROUPS) {
        out.write(`${text}\n`)
        shown_groups = groups
      }
    },
    end() {
      if (drawn) out.write('\n')
      drawn = false
    },
  }
}
