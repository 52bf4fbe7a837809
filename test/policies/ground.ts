// Rules of allocation for tests: a row that names itself, and a document switched on at once.
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { activateDraft } from '../../src/modules/policies/activate-rules.ts'
import { beginDraft } from '../../src/modules/policies/keep-drafts.ts'
import type { World } from '../world/index.ts'

export const row = (rule: string, cells: Readonly<Record<string, string>> = {}) => ({
  _id: rule,
  rule: JSON.stringify(rule),
  name_en: JSON.stringify(`Rule ${rule}`),
  name_zh: JSON.stringify(`规则 ${rule}`),
  ...cells,
})

export async function goLive(world: World, document: unknown, name = 'test'): Promise<string> {
  return world.transaction(async (tx) => {
    const draft = await beginDraft(tx, allocationRuleKind, name, document)
    return activateDraft(tx, allocationRuleKind, {
      draft_id: draft.draft_id,
      revision: draft.revision,
      reason: `because of ${name}`,
    })
  })
}
