// The board as a stream: at once, then at most every second, and only when something but the time has moved.
import { setTimeout } from 'node:timers/promises'
import type { Board } from '../../contracts/views-board.ts'
import { type EventStream, eventStream } from '../../platform/http/events-stream.ts'
import type { Context } from '../../platform/runtime.ts'
import { readBoard } from './read-board.ts'

const PACE_MS = 1_000
/** Quiet boards are sent now and then all the same: ages and rates move with time alone. */
const QUIET_ROUNDS = 10

/** Streams the board to one reader until he goes. */
export function streamBoard(context: Context): EventStream {
  return eventStream(async ({ send, signal }) => {
    let sent = ''
    for (let quiet = 0; !signal.aborted; quiet++) {
      const board = await readBoard(context)
      const content = contentOf(board)
      if (content !== sent || quiet >= QUIET_ROUNDS) {
        send('board', board)
        sent = content
        quiet = 0
      }
      await setTimeout(PACE_MS, undefined, { signal }).catch(() => undefined)
    }
  })
}

function contentOf(board: Board): string {
  return JSON.stringify({
    ...board,
    at: '',
    rate: board.rate.map(({ placed, released, shipped }) => [placed, released, shipped]),
  })
}
