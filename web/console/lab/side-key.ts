// A side of a comparison as the value of a field, and back; pure.
import type { LabSide } from '../../../src/contracts/lab.ts'

export function sideKey(side: LabSide): string {
  if (side.of === 'draft') return `draft:${side.draft_id}`
  return side.of === 'version' ? `version:${side.version_id}` : side.of
}

export function sideOf(key: string): LabSide {
  const [of = '', id = ''] = key.split(/:(.*)/s)
  if (of === 'draft') return { of, draft_id: id }
  if (of === 'version') return { of, version_id: id }
  return of === 'then' || of === 'happened' ? { of } : { of: 'live' }
}
