// Which fields each kind of decision by hand asks for: one that is missing, or means nothing there, is named.
import type { HandKind, HandPreview } from '../../contracts/hand.ts'
import { platformProblem } from '../../platform/problems.ts'

type Field = 'parts' | 'fulfilment_id' | 'fulfilment_ids' | 'location_id' | 'lines' | 'priority'

const every: readonly Field[] = ['parts', 'fulfilment_id', 'fulfilment_ids', 'location_id', 'lines', 'priority']

const fieldsOf: Readonly<Record<HandKind, { readonly needs: readonly Field[]; readonly takes?: readonly Field[] }>> = {
  allocate: { needs: ['parts'] },
  move: { needs: ['fulfilment_id', 'location_id'], takes: ['lines'] },
  split: { needs: ['fulfilment_id', 'lines'] },
  merge: { needs: ['fulfilment_ids'] },
  lock: { needs: ['location_id'] },
  unlock: { needs: [] },
  priority: { needs: ['priority'] },
}

/** Throws invalid_request with every field that is missing or superfluous. */
export function checkFields(wish: HandPreview): void {
  const { needs, takes = [] } = fieldsOf[wish.kind]
  const missing = needs.filter((field) => wish[field] === undefined)
  const superfluous = every.filter(
    (field) => wish[field] !== undefined && !needs.includes(field) && !takes.includes(field),
  )
  if (missing.length + superfluous.length === 0) return
  throw platformProblem('invalid_request', {}, [
    ...missing.map((field) => ({ code: 'required', pointer: `/${field}`, detail: `${wish.kind} needs ${field}` })),
    ...superfluous.map((field) => ({
      code: 'unknown_property',
      pointer: `/${field}`,
      detail: `${field} means nothing for ${wish.kind}`,
    })),
  ])
}
