// The states of a parcel and of the label bought for it.
import { machine } from '../../platform/machine.ts'

export type ParcelState = 'packed' | 'labelled' | 'handed_over' | 'delivered' | 'lost' | 'voided'

export const parcelMachine = machine<ParcelState>('parcel', {
  packed: { label: 'labelled', void: 'voided' },
  labelled: { hand_over: 'handed_over', void: 'voided' },
  handed_over: { deliver: 'delivered', lose: 'lost' },
  // A parcel that was given up for lost sometimes arrives after all.
  lost: { deliver: 'delivered' },
  delivered: {},
  voided: {},
})

export type LabelState = 'bought' | 'used' | 'voided'

export const labelMachine = machine<LabelState>('label', {
  bought: { use: 'used', void: 'voided' },
  used: {},
  voided: {},
})
