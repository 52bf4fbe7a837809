// The face of capacity: when locations work, the slots of a batch of decisions, bookings, and the load as screens show it.
export { nextCutOff, opensAt } from './calendar.ts'
export { nextRoom } from './next-room.ts'
export {
  endWork,
  isLimited,
  type Limited,
  limitsOf,
  lockShifts,
  openShifts,
  paceOf,
  raisedSlot,
} from './open-shifts.ts'
export { capacityRoutes } from './routes.ts'
export { type Shift, type Slot, SlotBook, type Work } from './slot-book.ts'
export { bookedFor, insertBookings as book, type NewBooking } from './store.ts'
export { viewLoad } from './view-load.ts'
