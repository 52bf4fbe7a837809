// What a person has chosen of a decision by hand, and the request that it makes.
import type { HandKind, HandPreview } from '../../../src/contracts/hand.ts'

export interface HandOrder {
  readonly order_id: string
  readonly number: string
  readonly priority: number
  /** As it was when a person looked at it. */
  readonly version: number
}

export interface HandLine {
  readonly line_no: number
  readonly name: string
  readonly quantity: number
}

/** Open work that nobody has touched yet. */
export interface HandWork {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly lines: readonly HandLine[]
}

/** What is chosen so far. */
export interface HandChoice {
  readonly kind: HandKind
  readonly fulfilment_ids: readonly string[]
  readonly location_id: string | null
  /** Units by line; null for all of them. */
  readonly units: Readonly<Record<number, number>> | null
  readonly priority: number
}

export type HandStart = Pick<HandChoice, 'kind'> & Partial<HandChoice>

/** What the server is asked; null while something is missing. */
export function wishOf(version: number, choice: HandChoice): HandPreview | null {
  const { kind, fulfilment_ids, location_id, priority } = choice
  const lines = Object.entries(choice.units ?? {})
    .filter(([, quantity]) => quantity > 0)
    .map(([line_no, quantity]) => ({ line_no: Number(line_no), quantity }))
  if (choice.units !== null && lines.length === 0) return null
  const some = choice.units === null ? {} : { lines }
  const [fulfilment_id] = fulfilment_ids
  switch (kind) {
    case 'allocate':
      return location_id === null ? null : { kind, version, parts: [{ location_id, ...some }] }
    case 'move':
      return location_id === null || fulfilment_id === undefined
        ? null
        : { kind, version, fulfilment_id, location_id, ...some }
    case 'split':
      return fulfilment_id === undefined ? null : { kind, version, fulfilment_id, lines }
    case 'merge':
      return fulfilment_ids.length < 2 ? null : { kind, version, fulfilment_ids: [...fulfilment_ids] }
    case 'lock':
      return location_id === null ? null : { kind, version, location_id }
    case 'unlock':
      return { kind, version }
    case 'priority':
      return { kind, version, priority }
  }
}
