// Rules for those who try them out: an open draft, the live ones, an earlier version, and the list to choose from.
import type { Tx } from '../../platform/db.ts'
import { versionOf } from './activate-rules.ts'
import { DRAFTS_AT_MOST, draftOf, mustRun, mustRunAgain } from './keep-drafts.ts'
import { liveRules, namedNow, ruleFacts } from './read-live.ts'
import type { RuleKind, VersionedRules } from './rule-kind.ts'
import { activationsOf, type DraftRow, openDrafts } from './store.ts'

const VERSIONS_AT_MOST = 99

/** An open draft that can be followed. */
export async function draftToRun(tx: Tx, kind: RuleKind, draft_id: string): Promise<DraftRow> {
  const draft = await draftOf(tx, kind, draft_id)
  await mustRun(kind, draft.document)
  return draft
}

/** The rules that are live. */
export async function liveRulesNow(tx: Tx, kind: RuleKind): Promise<VersionedRules> {
  return liveRules(await ruleFacts(tx), kind)
}

/** A version that is or was live, that can be followed today. */
export async function rulesOfVersion(tx: Tx, kind: RuleKind, version_id: string): Promise<VersionedRules> {
  const document = await versionOf(tx, kind, version_id)
  await mustRunAgain(kind, document)
  return { version_id: namedNow(kind, version_id), document }
}

/** Open drafts and versions that are or were live, the newest first. */
export async function ruleChoices(tx: Tx, kind: RuleKind) {
  const live = await liveRulesNow(tx, kind)
  const versions = new Map<string, { version_id: string; reason: string; since: Date | null }>()
  for (const { version_id: named, reason, activated_at } of await activationsOf(tx, kind.kind, VERSIONS_AT_MOST)) {
    const version_id = namedNow(kind, named)
    if (!versions.has(version_id)) versions.set(version_id, { version_id, reason, since: activated_at })
  }
  const { version_id: shipped } = kind.shipped
  if (!versions.has(shipped)) versions.set(shipped, { version_id: shipped, reason: '', since: null })
  return {
    drafts: await openDrafts(tx, kind.kind, DRAFTS_AT_MOST),
    versions: [...versions.values()].map((one) => ({ ...one, live: one.version_id === live.version_id })),
  }
}
