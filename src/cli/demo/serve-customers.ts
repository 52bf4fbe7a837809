// The customers of the demo and those who serve them: pay or do not, change their minds, send things back.
import { cancelUnits, loadOrders } from '../../modules/orders/index.ts'
import * as returns from '../../modules/returns/index.ts'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Agenda } from './agenda.ts'
import type { Stage } from './stage.ts'
import { type DeliveredLine, deliveredSince } from './store-reading.ts'

const PAGES_LEFT_MINUTES = 45
/** Which of the payments arrives when nobody waits for it any more. */
const LATE_ONE = 40

/** Returns come by count, so that in every state there is one: of so many parcels one comes back, of so many requests one is refused. */
const PARCELS_PER_RETURN = 9
const RETURNS_PER_REFUSAL = 8

const approve = Array.from({ length: 20 }, () => 'approve' as const)
const choices = [...approve, 'decline', 'timeout', 'duplicate'] as const

export interface Customers {
  /** Decides at the payment pages that are open. */
  pay(): Promise<void>
  /** Some of the new orders will be cancelled. */
  changeTheirMinds(order_ids: readonly string[]): void
  /** Some of what has arrived will be sent back. */
  sendBack(): Promise<void>
}

export function openCustomers(stage: Stage, agenda: Agenda, ends: Date): Customers {
  const decided = new Set<string>()
  let looked_at = stage.clock.now()
  let arrived = 0
  return {
    async pay() {
      const { chance, sandbox } = stage
      const hesitates = stage.clock.now() > later(ends, -PAGES_LEFT_MINUTES * MINUTE_MS)
      for (const { payment_id } of sandbox.ledger.payments()) {
        if (decided.has(payment_id)) continue
        decided.add(payment_id)
        if (hesitates) continue
        const choice = decided.size === LATE_ONE ? 'late' : chance.pick(choices)
        sandbox.choose(payment_id, choice)
        // Long after its page has expired: money without an order, for a person to match.
        if (choice === 'late') agenda.add(later(stage.clock.now(), 9 * HOUR_MS), async () => void sandbox.tellLate())
      }
      await sandbox.settled()
    },
    changeTheirMinds(order_ids) {
      const { chance } = stage
      for (const order_id of order_ids) {
        if (!chance.percent(6)) continue
        const part = chance.percent(25)
        const at = later(stage.clock.now(), (10 + chance.below(chance.pick([60, 400, 900]))) * MINUTE_MS)
        agenda.add(at, () => cancel(stage, order_id, part))
      }
    },
    async sendBack() {
      const lines = await stage.as('agent', (tx) => deliveredSince(tx, looked_at))
      looked_at = lines.at(-1)?.delivered_at ?? looked_at
      for (const [order_id, mine] of Map.groupBy(lines, (line) => line.order_id)) {
        if (++arrived % PARCELS_PER_RETURN !== 0) continue
        const refused = (arrived / PARCELS_PER_RETURN) % RETURNS_PER_REFUSAL === 2
        planReturn(stage, agenda, ends, { order_id, lines: mine, refused })
      }
    },
  }
}

async function cancel(stage: Stage, order_id: string, part: boolean): Promise<void> {
  await stage.as('agent', async (tx) => {
    const [order] = await loadOrders(tx, [order_id], { lock: true })
    if (order === undefined || (order.commercial !== 'placed' && order.commercial !== 'confirmed')) return
    const several = order.lines.length > 1
    await cancelUnits(tx, order, part && several ? [{ line_no: 1, quantity: 1 }] : null, 'customer_request')
  })
}

const reasons = ['unwanted', 'unwanted', 'unwanted', 'damaged', 'not_as_described', 'wrong_item'] as const

interface Wanted {
  readonly order_id: string
  readonly lines: readonly DeliveredLine[]
  readonly refused: boolean
}

function planReturn(stage: Stage, agenda: Agenda, ends: Date, { order_id, lines, refused }: Wanted): void {
  const { chance } = stage
  const [line] = lines
  if (line === undefined) return
  const usual = later(line.delivered_at, (3 + chance.below(50)) * HOUR_MS)
  const latest = later(ends, -2 * HOUR_MS)
  // what arrived in the last days is asked for before the reader comes
  const asked = usual > latest && line.delivered_at < latest ? latest : usual
  const back = later(asked, DAY_MS + chance.below(40) * HOUR_MS)
  const reason = chance.pick(reasons)
  agenda.add(asked, async () => {
    const return_id = await stage.as('agent', (tx) =>
      returns.requestReturn(tx, {
        order_id,
        lines: [{ line_no: line.line_no, quantity: line.quantity }],
        reason,
        note: reason === 'damaged' ? '外包装破损，附照片' : null,
        undelivered: false,
      }),
    )
    if (refused) {
      agenda.add(later(asked, 4 * HOUR_MS), () =>
        stage.as('agent', (tx) => returns.endRequest(tx, return_id, 'refuse', '已超过退货期限')),
      )
      return
    }
    agenda.add(back, () => stage.as('lead', (tx) => returns.receiveUnits(tx, return_id, null)))
    const [restocked, written_off] = reason === 'damaged' ? [0, line.quantity] : [line.quantity, 0]
    const looked = [{ line_no: line.line_no, restocked, written_off }]
    agenda.add(later(back, (2 + chance.below(20)) * HOUR_MS), () =>
      stage.as('lead', (tx) => returns.inspectUnits(tx, return_id, null, looked)),
    )
  })
}
