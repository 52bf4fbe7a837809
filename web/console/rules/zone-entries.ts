// A zone map as lines of a form: places of one kind, and what is preferred for them.
import { isRecord } from '../../shared/api.ts'
import { textsIn } from './table.ts'

/** By what places are named, the narrowest first: the fields of an order that say where it goes. */
export const ZONE_KINDS = ['postcode', 'city', 'region', 'country'] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

export interface ZoneLine {
  readonly by: ZoneKind
  readonly of: readonly string[]
  readonly prefer: readonly string[]
}

/** Reads the answer of a cell; one of before names regions alone. */
export function readZones(value: unknown): ZoneLine[] {
  if (Array.isArray(value)) {
    const entries: unknown[] = value
    return entries.flatMap((entry) => {
      if (!isRecord(entry)) return []
      const by = ZONE_KINDS.find((kind) => kind === entry.by)
      return by === undefined ? [] : [{ by, of: textsIn(entry.of), prefer: textsIn(entry.prefer) }]
    })
  }
  if (!isRecord(value)) return []
  return Object.entries(value).map(([region, names]) => ({ by: 'region', of: [region], prefer: textsIn(names) }))
}

/** Whether a line says something: without places or without what is preferred it does not. */
export function isWholeLine({ of, prefer }: ZoneLine): boolean {
  return of.length > 0 && prefer.length > 0
}
