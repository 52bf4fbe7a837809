// The step of intake: staged messages whose cause was mended are tried once more, a set at a time.
import { inside } from '../../platform/engine/index.ts'
import { REPLAY_STEP, replayStaged } from './replay-staged.ts'

export const replayMessages = inside(REPLAY_STEP, { batch: 200 }, async (tx, jobs) => {
  const ids = new Set(jobs.map((job) => job.subject))
  await replayStaged(tx, [...ids])
})
