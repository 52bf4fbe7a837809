// The sides of a comparison: which rules a side means, kept as they were when it was asked for.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { LabSide } from '../../contracts/lab.ts'
import type { Tx } from '../../platform/db.ts'
import { allocationRuleKind as kind } from '../allocation/index.ts'
import { draftToRun, liveRulesNow, rulesOfVersion } from '../policies/index.ts'

const KeptSide = Type.Object({
  side: LabSide,
  title: Type.Object({ en: Type.String(), zh: Type.String() }),
  /** null: what happened, or the rules of each time. */
  version_id: Type.Union([Type.String(), Type.Null()]),
  document: Type.Unknown(),
})
export interface Side {
  readonly side: LabSide
  readonly title: { readonly en: string; readonly zh: string }
  readonly version_id: string | null
  readonly document: unknown
}
const validator = Compile(KeptSide)

/** A side as it was kept; throws where it is none. */
export function sideOf(kept: unknown): Side {
  if (!validator.Check(kept)) throw new Error('a side of a comparison cannot be read')
  return kept
}

/** What a side means now; refuses drafts and versions that are unknown or cannot run. */
export async function resolveSide(tx: Tx, side: LabSide): Promise<Side> {
  if (side.of === 'happened')
    return { side, title: { en: 'What happened', zh: '实际结果' }, version_id: null, document: null }
  if (side.of === 'then')
    return { side, title: { en: 'The rules of that time', zh: '当时的规则' }, version_id: null, document: null }
  if (side.of === 'live')
    return { side, title: { en: 'The live rules', zh: '当前规则' }, ...(await liveRulesNow(tx, kind)) }
  if (side.of === 'draft') {
    const draft = await draftToRun(tx, kind, side.draft_id)
    const { draft_id, name, revision, document } = draft
    return { side, title: { en: name, zh: name }, version_id: `${draft_id}/${revision}`, document }
  }
  const { version_id } = side
  return {
    side,
    title: { en: `Version ${version_id}`, zh: `版本 ${version_id}` },
    version_id,
    document: (await rulesOfVersion(tx, kind, version_id)).document,
  }
}
