// Fourteen days in some seconds: at each moment shops send orders, then everybody does what is due, and the steps run as always.
import { DAY_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import { openAgenda } from './agenda.ts'
import { openRoad } from './carry-parcels.ts'
import { openReviewDesk } from './decide-reviews.ts'
import { openMerchant } from './merchant.ts'
import { handIn, orderWriter } from './place-orders.ts'
import { DAYS, planDays } from './plan-days.ts'
import { openCustomers } from './serve-customers.ts'
import type { Stage } from './stage.ts'
import { openStock } from './supply-stock.ts'
import { openFloor } from './work-floor.ts'

/** Minutes after orders came in until people have reacted. */
const REACTED_MINUTES = 6

/** When the first day begins. */
export function firstDay(ends: Date): Date {
  return later(ends, -DAYS * DAY_MS)
}

/** Plays the days up to `ends` on the stage. */
export async function runDays(stage: Stage, ends: Date, signal?: AbortSignal): Promise<void> {
  const agenda = openAgenda()
  await stage.as('admin', openMerchant)
  await openStock(stage, agenda)
  await stage.drain()
  const write = orderWriter(stage)
  const floor = openFloor(stage, ends)
  const road = openRoad(stage)
  const customers = openCustomers(stage, agenda, ends)
  const decideReviews = openReviewDesk(stage, agenda, ends)
  for (const { at, wishes } of planDays(stage.chance, ends)) {
    signal?.throwIfAborted()
    stage.clock.set(at)
    customers.changeTheirMinds(await handIn(stage, wishes.map(write)))
    await stage.drain()
    stage.clock.set(later(at, REACTED_MINUTES * MINUTE_MS))
    road.take(await floor.work())
    await customers.pay()
    await decideReviews()
    await agenda.catchUp(stage.clock.now())
    await road.tell()
    await stage.drain()
    await customers.sendBack()
    await road.writeOff()
  }
  await floor.leaveInHand()
  stage.clock.set(ends)
  await stage.drain()
}
