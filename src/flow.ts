// THE WAY OF AN ORDER, as data: on which event which step runs. Read this file first.
//
// placed → reserve → screen → verify payment → allocate → release → pick → pack → label → ship → track → deliver → close
//
// Stock comes first, so that nobody pays for what is not there: a reject, an expired hold or a payment that fails or times out frees it.
// A step that finds its order held lets it go; ending the hold brings it back (order.resumed). What waits always has a job, a timer, an
// outside wait with a deadline or a person.
import * as allocation from './modules/allocation/index.ts'
import * as audit from './modules/audit/index.ts'
import * as capacity from './modules/capacity/index.ts'
import * as disruptions from './modules/disruptions/index.ts'
import * as inbox from './modules/inbox/index.ts'
import { replayMessages } from './modules/intake/index.ts'
import * as inventory from './modules/inventory/index.ts'
import * as lab from './modules/lab/index.ts'
import * as modes from './modules/modes/index.ts'
import * as notifications from './modules/notifications/index.ts'
import * as orders from './modules/orders/index.ts'
import { paymentSteps as payment } from './modules/payment/index.ts'
import * as returns from './modules/returns/index.ts'
import * as review from './modules/review/index.ts'
import * as shipping from './modules/shipping/index.ts'
import * as tracking from './modules/tracking/index.ts'
import * as warehouse from './modules/warehouse/index.ts'
import { type FlowRow, on, whenDue } from './platform/flow.ts'
import { feedEvents, retryWebhook, sendWebhooks } from './platform/outbox/index.ts'

export const flow: readonly FlowRow[] = [
  // Confirming
  on('order.placed', orders.reserveOrders, 'Reserve network stock for every line; what is short becomes a backorder.'),
  on('order.placed', orders.indexSearch, 'Make the order findable by number, phone, name.'),
  on('order.reserved', review.screenOrders, 'Hold it with reasons or let it pass, by the rules in force.'),
  on('order.backordered', review.screenOrders, 'The same: what is missing does not wait for the screening.'),
  on('order.screened', orders.verifyPayment, 'Confirm it when its payment condition is met.'),
  on('payment.authorised', orders.verifyPayment, 'The provider has spoken: look again.'),
  on('payment.captured', orders.verifyPayment, 'A wallet or a transfer pays before anything is sent: look again.'),
  on('payment.failed', orders.verifyPayment, 'It failed: the order is rejected and its stock freed.'),
  on('payment.expired', orders.verifyPayment, 'Nobody paid in time: the same.'),

  // Fulfilling
  on(
    'order.confirmed',
    allocation.allocateOrders,
    'Choose the cheapest feasible locations, take the stock there, keep the reasons.',
  ),
  on('order.allocated', warehouse.releaseFulfilments, 'Hand the fulfilment orders to the warehouse.'),
  on('fulfilment.packed', shipping.labelParcels, 'Buy labels and draw them.'),

  on('fulfilment.packed', capacity.endWork, 'The work that was booked for it is done.'),
  on('fulfilment.shipped', capacity.endWork, 'The same, where it left without having been packed before.'),
  on('fulfilment.trimmed', capacity.endWork, 'Lines that have left it give their room back.'),
  on('fulfilment.cancelled', capacity.endWork, 'The work that was booked for it gives its slot back.'),
  on('parcel.handed_over', tracking.watchParcels, 'From now on its scans count, and silence is noticed.'),
  on('order.shipped', orders.captureMoney, 'Charge what has left.'),

  // Going on after something stood in the way
  on('order.resumed', orders.resumeOrders, 'The last hold ended: take up the step that the order waits for.'),
  on('order.supplied', orders.resumeOrders, 'A backorder was served: take up the step that the order waits for.'),
  on(
    'order.resumed',
    allocation.allocateOrders,
    'Units that are reserved look for a place, also where others of the order have one.',
  ),
  on('order.supplied', allocation.allocateOrders, 'The same.'),
  on('stock.supplied', orders.serveBackorders, 'Supply rose: serve backorders, oldest first.'),
  on('stock.freed', orders.serveBackorders, 'Somebody no longer wants it: the same.'),
  on('stock.supplied', allocation.retrySupplied, 'Orders that no location could send try again.'),
  on('stock.freed', allocation.retrySupplied, 'The same.'),
  on(
    'location.changed',
    allocation.followLocations,
    'Stock follows the location; what waited in its network tries again.',
  ),
  on('location.changed', capacity.openShifts, 'Its hours and limits become slots of work, a week ahead.'),
  on(
    'capacity.room_opened',
    allocation.retryRoom,
    'Slots were made or left: what found no room tries again, with the next full minute.',
  ),
  on('rates.changed', allocation.followRates, 'What no carrier took tries again.'),
  on('rules.changed', allocation.followRules, 'What waits is decided by the new ones, and waits by them.'),
  on('fulfilment.short', allocation.reallocateShort, 'What a warehouse did not find leaves from elsewhere.'),
  on(
    'fulfilment.rejected',
    allocation.reallocateRejected,
    'What a location gave back leaves from elsewhere; the place is out as its reason says.',
  ),
  on('promotion.begun', allocation.followPromotions, 'Limits are raised: what found no room tries again.'),
  on('promotion.extended', allocation.followPromotions, 'Limits are raised for longer: the same.'),
  on('degradation.began', modes.tellDegradations, 'The log says that orders are decided with last good values.'),
  on('degradation.ended', modes.tellDegradations, 'The log says that good values are back.'),
  on(
    'degradation.ended',
    allocation.reconcileOrders,
    'What was decided with last good values is priced again; what costs more is listed, or moved.',
  ),
  on('degradation.passed', allocation.reconcileOrders, 'A suspicion came to nothing: the same for its few orders.'),
  on('disruption.ended', allocation.followDisruptions, 'Locations send again: what waited tries again.'),
  on('stock.reservation_broken', orders.breakLines, 'Units are gone: their newest demands become backorders.'),

  // Ending
  on('order.delivered', orders.closeOrders, 'Close what is finished.'),
  on('order.lost', orders.closeOrders, 'Close what is finished.'),
  on('order.returned', orders.closeOrders, 'Close what is finished.'),
  on('order.restocked', orders.closeOrders, 'Close what is finished.'),
  on('order.units_cancelled', orders.closeOrders, 'Close what is finished.'),
  on('order.return_refused', orders.closeOrders, 'What was to come back stays: close what is finished.'),
  on('order.return_cancelled', orders.closeOrders, 'The same.'),

  on('order.refunded', orders.closeOrders, 'What came back is paid back: close what is finished.'),
  on('order.hold_ended', orders.closeOrders, 'Nobody has to decide any more: close what is finished.'),
  on('order.resumed', orders.closeOrders, 'The same.'),
  on('payment.captured', orders.closeOrders, 'The last money has come: close what is finished.'),
  on('payment.refunded', orders.closeOrders, 'The last money went back: close what is finished.'),
  on('payment.failed', orders.watchMoney, 'A capture or a refund was refused: a person is called.'),
  on('payment.captured', orders.watchMoney, 'What was refused has come: nobody is needed any more.'),
  on('payment.refunded', orders.watchMoney, 'The same.'),

  on('order.cancelled', allocation.forgetEnded, 'Nobody has to find a place for it any more.'),
  on('order.rejected', allocation.forgetEnded, 'The same.'),
  on('order.units_cancelled', allocation.followCancelled, 'Of what waits for a place less is wanted, or nothing.'),
  on('order.backordered', allocation.followCancelled, 'The same: what has no stock any more waits for that.'),
  on(
    'order.cancelled',
    warehouse.cancelWork,
    'Take out of the warehouse what is no longer wanted; picked goods are put back.',
  ),
  on('order.rejected', warehouse.cancelWork, 'The same.'),
  on('order.units_cancelled', warehouse.cancelWork, 'The same for some of its units.'),
  on('order.backordered', warehouse.cancelWork, 'Units whose stock is gone leave their fulfilment order.'),

  // Telling the customer
  on('order.confirmed', notifications.tellConfirmed, 'We have it and get it ready.'),
  on('order.backordered', notifications.tellBackordered, 'Something is out of stock and comes later.'),
  on('order.delayed', notifications.tellDelayed, 'It arrives later than promised: the new date.'),
  on('order.shipped', notifications.tellShipped, 'It is on its way, with the link to follow it.'),
  on('order.delivered', notifications.tellDelivered, 'It has arrived.'),
  on('order.cancelled', notifications.tellCancelled, 'It will not come.'),
  on('order.rejected', notifications.tellCancelled, 'The same.'),
  on('order.units_cancelled', notifications.tellCancelled, 'Some of it will not come.'),
  on('payment.refunded', notifications.tellRefunded, 'Money went back.'),

  // Putting before a person what the flow cannot do by itself: one item for each open thing, closed when it is over
  on('allocation.exception_opened', inbox.followSources, 'An order, or a part of it, has no place.'),
  on('allocation.exception_resolved', inbox.followSources, 'It has one, or is no longer wanted.'),
  on('order.held', inbox.followSources, 'Somebody has to decide.'),
  on('order.hold_ended', inbox.followSources, 'Somebody did.'),
  on('order.resumed', inbox.followSources, 'The same.'),
  on('order.backordered', inbox.followSources, 'If its stock was counted away, a person chooses: wait or cancel.'),
  on('order.supplied', inbox.followSources, 'Supply came instead.'),
  on(
    'fulfilment.service_changed',
    inbox.checkPromises,
    'What stays where it is may arrive later now, or in time after all.',
  ),
  on('order.units_cancelled', inbox.followSources, 'What was missing is no longer wanted.'),
  on('order.cancelled', inbox.followSources, 'The same.'),
  on('order.rejected', inbox.followSources, 'The same.'),
  on('payment.unmatched', inbox.followSources, 'Money came that belongs to nothing.'),
  on('payment.receipt_settled', inbox.followSources, 'Somebody said whose it is.'),
  on('payment.failed', inbox.followSources, 'A provider refused to capture or to refund.'),
  on('payment.asked_again', inbox.followSources, 'It was asked once more.'),
  on('parcel.exception_opened', inbox.followSources, 'A parcel is stuck, in trouble, lost or on its way back.'),
  on('parcel.exception_closed', inbox.followSources, 'It is settled.'),
  on('message.staged', inbox.followSources, 'A message is no order yet.'),
  on('message.tried', inbox.followSources, 'It was tried in vain; its reasons may be others.'),
  on('message.settled', inbox.followSources, 'It is one now, or never will be.'),
  on('job.dead_lettered', inbox.followSources, 'Work failed for good.'),
  on('job.dead_lettered', lab.failGivenUp, 'A comparison whose replay was given up ends as failed.'),
  on('job.revived', inbox.followSources, 'It is tried again.'),

  // Timers and steps that others schedule
  whenDue(disruptions.planDisruption, 'The plan of a closure: what lies open there, and where it would go.'),
  whenDue(disruptions.rollOrders, 'A closure sets its orders moving by the thousand, or back.'),
  whenDue(disruptions.takeOutOrders, 'What orders hold at a closed location looks for another place.'),
  whenDue(disruptions.bringBackOrders, 'A closure is undone: untouched work goes back where it was.'),
  whenDue(disruptions.settleOrders, 'What became of each order of a closure is kept and counted.'),
  whenDue(disruptions.endInTime, 'The time of a closure is over.'),
  whenDue(lab.replayOrders, 'A comparison goes through its orders, a stretch at a time.'),
  whenDue(allocation.watchCircuits, 'What has failed is looked at by the clock: it goes on, or it is over.'),
  whenDue(modes.beginPromotions, 'The time of a planned promotion has come.'),
  whenDue(modes.endPromotions, 'The time of a promotion is over.'),
  whenDue(inbox.wakeSnoozed, 'What was put off until now is open again.'),
  whenDue(replayMessages, 'A staged message whose cause was mended is tried once more.'),
  whenDue(review.applyReviews, 'The undo of a decision is over: it takes effect.'),
  whenDue(review.lapseHolds, 'A hold nobody decided, of a policy that lets orders go then.'),
  whenDue(orders.expireHolds, 'A hold nobody decided: review holds reject the order.'),
  whenDue(allocation.tryAgain, 'The moment of what waits for a place has come: it is tried again.'),
  whenDue(allocation.takeRoom, 'A minute with new room is over: who waits for some tries again, the oldest first.'),
  whenDue(allocation.goOnRoom, 'Room is left: the next ones try.'),
  whenDue(allocation.retryWaiting, 'Whoever waits tries again, a thousand after the other.'),
  whenDue(allocation.endWaiting, 'The date of a rule has come: what still has no place is cancelled.'),
  whenDue(allocation.giveUpWaiting, 'Such a date, set by the program before this one: what waits is tried.'),
  whenDue(orders.reviewBackorders, 'A backorder that has waited a week is noted, and again a week later.'),
  whenDue(payment.authorise, 'Open the payment page at the provider, or authorise at once.'),
  whenDue(payment.capture, 'Capture at the provider what has left.'),
  whenDue(payment.voidAuthorisation, 'Free at the provider what is no longer due.'),
  whenDue(payment.refund, 'Refund by the provider.'),
  whenDue(payment.meetDeadlines, 'The time to pay is over.'),
  whenDue(payment.expireUnpaid, 'A last look at the provider, then the payment expires.'),
  whenDue(shipping.voidLabels, 'Give labels back that nobody will use.'),
  whenDue(tracking.followParcels, 'What scans say has happened: left after all, arrived.'),
  whenDue(tracking.checkParcels, 'A parcel of which nothing is heard is put before a person.'),
  whenDue(returns.refundReturns, 'Refund what came back, as soon as payment holds so much.'),
  whenDue(inventory.expireReservations, 'Reservations of carts lapse.'),
  whenDue(audit.sealEntries, 'Audit entries are sealed in a chain of blocks.'),
  whenDue(notifications.sendMessages, 'Mail leaves; without a mail server messages are kept as skipped.'),
  whenDue(feedEvents, 'Every event takes its position in the feed.'),
  whenDue(sendWebhooks, 'Each webhook endpoint reads on in the feed.'),
  whenDue(retryWebhook, 'A webhook that failed is tried again, for three days.'),
]
