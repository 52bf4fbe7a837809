// The sides of an order that changed, as they are kept.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** A side as it is kept for an order that changed. */
const KeptSide = Type.Object({
  says: Type.Object({ en: Type.String(), zh: Type.String() }),
  rule_id: Type.Union([Type.String(), Type.Null()]),
  rule_name: Type.Union([Type.Object({ en: Type.String(), zh: Type.String() }), Type.Null()]),
  cost: Type.Union([Type.Integer(), Type.Null()]),
  units: Type.Integer(),
  waiting: Type.Integer(),
  parts: Type.Integer(),
  km: Type.Union([Type.Number(), Type.Null()]),
  arrives_at: Type.Union([Type.String(), Type.Null()]),
})
const sideValidator = Compile(KeptSide)

/** A side as it was kept; throws where it is none. */
export function sideIn(kept: unknown) {
  if (!sideValidator.Check(kept)) throw new Error('a side of a changed order cannot be read')
  return kept
}
