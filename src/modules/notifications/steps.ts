// The steps of notifications: one for each kind of message, and the sending.
import { writeStep } from './write-messages.ts'

export { sendMessages } from './send-messages.ts'

export const tellConfirmed = writeStep('confirmed')
export const tellShipped = writeStep('shipped')
export const tellDelivered = writeStep('delivered')
export const tellCancelled = writeStep('cancelled')
export const tellRefunded = writeStep('refunded')
export const tellBackordered = writeStep('backordered')
export const tellDelayed = writeStep('delayed')
