// The operators of the demo decide what review has held, within some hours; what was held last waits for the reader.
import { decideHold } from '../../modules/review/index.ts'
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Agenda } from './agenda.ts'
import type { Stage } from './stage.ts'
import { openReviews } from './store-reading.ts'

const LEFT_OPEN_HOURS = 14
/** From 50,000 yuan on two people must agree. */
const TWO_PEOPLE_MINOR = 5_000_000n

const approvals = ['已电话核实', '老客户采购，放行', '地址已补全', '已核对收货信息']
const refusals = ['无法联系买家', '疑似代购套利', '买家要求取消']

/** Answers what to call at every moment: it notes when each new hold will be decided. */
export function openReviewDesk(stage: Stage, agenda: Agenda, ends: Date): () => Promise<void> {
  const seen = new Set<string>()
  return async () => {
    for (const hold of await stage.as('operator', openReviews)) {
      if (seen.has(hold.hold_id)) continue
      seen.add(hold.hold_id)
      const { chance } = stage
      const approve = { decision: 'approve' as const, note: chance.pick(approvals) }
      const reject = { decision: 'reject' as const, note: chance.pick(refusals) }
      const two = hold.total > TWO_PEOPLE_MINOR
      const wish = two || chance.percent(60) ? approve : reject
      const first_at = later(hold.placed_at, (25 + chance.below(200)) * MINUTE_MS)
      const late = hold.placed_at > later(ends, -LEFT_OPEN_HOURS * HOUR_MS)
      const decide = (role: 'operator' | 'admin') => async () => {
        await stage.as(role, (tx) => decideHold(tx, hold.hold_id, wish))
      }
      if (!late || two) agenda.add(first_at, decide('operator'))
      if (!late && two) agenda.add(later(first_at, HOUR_MS), decide('admin'))
    }
  }
}
