// Rules over HTTP: look, draft, test, rehearse, run in the shadow, go live, go back.
import { Type } from 'typebox'
import {
  ActivateRules,
  ConditionBody,
  ConditionRead,
  NewRuleDraft,
  RollBackRules,
  RuleDraft,
  RuleDraftBody,
  RuleKindName,
  RuleKinds,
  RulePolicy,
  RuleShadowNow,
  RuleSimulation,
  RulesWritten,
  RuleTestBody,
  RuleTestMade,
  RuleTestRun,
  RuleVersion,
  SimulateRules,
  StartShadow,
} from '../../contracts/policies.ts'
import { Done, Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import type { Despite } from '../modes/index.ts'
import { activateDraft, rollBack, versionOf } from './activate-rules.ts'
import { draftToRun } from './choose-rules.ts'
import { conditionFault } from './complete-document.ts'
import { beginDraft, changeDraft, discardDraft, draftOf, endShadow, simulateDraft, startShadow } from './keep-drafts.ts'
import { policyProblem } from './problems.ts'
import { liveRules, ruleFacts, shadowRules } from './read-live.ts'
import type { RuleKind } from './rule-kind.ts'
import { baseCurrencyOf } from './store.ts'
import { addTest, changeTest, removeTest, runTests } from './test-rules.ts'
import { shownDraft, viewPolicy, viewShadow } from './view-policy.ts'

const Kind = Type.Object({ kind: RuleKindName })
const DraftPath = Type.Object({ kind: RuleKindName, draft_id: Id })
const TestPath = Type.Object({ kind: RuleKindName, case_id: Id })
const VersionPath = Type.Object({ kind: RuleKindName, version_id: Type.String({ maxLength: 64 }) })

type Find = (name: string) => RuleKind

/** The routes of rules of these kinds. */
export function policyRoutes(kinds: readonly RuleKind[]): Route[] {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const find: Find = (name) => {
    const kind = byName.get(name)
    if (kind === undefined) throw policyProblem('rule_kind_unknown', { kind: name })
    return kind
  }
  return [...looking(kinds, find), ...drafting(find), ...testing(find), ...shadowing(find), ...goingLive(find)]
}

function looking(kinds: readonly RuleKind[], find: Find): Route[] {
  return [
    route('GET /policies', {
      permit: 'policies.read',
      summary: 'The kinds of rules and the version of each that decides now.',
      reply: { 200: RuleKinds },
      run: (context) =>
        context.transaction(async (tx) => {
          const facts = await ruleFacts(tx)
          return {
            items: kinds.map((kind) => {
              const { version_id } = liveRules(facts, kind)
              const shipped = version_id === kind.shipped.version_id
              return { kind: kind.kind, title: kind.title, version_id, shipped }
            }),
          }
        }),
    }),
    route('GET /policies/:kind', {
      permit: 'policies.read',
      summary: 'The live rules with their vocabulary, orders by rule in the last seven days, drafts, tests, history.',
      params: Kind,
      reply: { 200: RulePolicy },
      run: (context, { params }) => context.transaction((tx) => viewPolicy(tx, find(params.kind))),
    }),
    route('GET /policies/:kind/versions/:version_id', {
      permit: 'policies.read',
      summary: 'The document of a version that is or was live.',
      params: VersionPath,
      reply: { 200: RuleVersion },
      run: (context, { params: { kind, version_id } }) =>
        context.transaction(async (tx) => ({ version_id, document: await versionOf(tx, find(kind), version_id) })),
    }),
  ]
}

function drafting(find: Find): Route[] {
  return [
    route('POST /policies/:kind/drafts', {
      permit: 'policies.write',
      summary: 'Begins a draft from the document sent, or from the live rules.',
      idempotent: 'required',
      params: Kind,
      body: NewRuleDraft,
      reply: { 201: RuleDraft },
      run: (context, { params, body }) =>
        context.transaction(async (tx) =>
          answer(201, shownDraft(await beginDraft(tx, find(params.kind), body.name, body.document))),
        ),
    }),
    route('GET /policies/:kind/drafts/:draft_id', {
      permit: 'policies.read',
      summary: 'An open draft; its revision is the ETag.',
      params: DraftPath,
      reply: { 200: RuleDraft },
      run: (context, { params }) =>
        context.transaction(async (tx) => shownDraft(await draftOf(tx, find(params.kind), params.draft_id))),
    }),
    route('PUT /policies/:kind/drafts/:draft_id', {
      permit: 'policies.write',
      summary: 'Changes a draft as it was read; what cannot be followed yet may be kept.',
      idempotent: 'natural',
      edits: true,
      params: DraftPath,
      body: RuleDraftBody,
      reply: { 200: RuleDraft },
      run: (context, { params, body, revision }) =>
        context.transaction(async (tx) =>
          shownDraft(
            await changeDraft(tx, find(params.kind), params.draft_id, revision, {
              name: body.name,
              document: body.document,
            }),
          ),
        ),
    }),
    route('DELETE /policies/:kind/drafts/:draft_id', {
      permit: 'policies.write',
      summary: 'Discards a draft.',
      idempotent: 'natural',
      params: DraftPath,
      reply: { 200: Done },
      run: (context, { params }) =>
        context.transaction(async (tx) => {
          await discardDraft(tx, find(params.kind), params.draft_id)
          return { ok: true }
        }),
    }),
    route('POST /policies/:kind/drafts/:draft_id/simulation', {
      permit: 'policies.write',
      summary: 'What the draft would change about the newest real orders; nothing is written.',
      per_minute: 20,
      params: DraftPath,
      body: SimulateRules,
      reply: { 200: RuleSimulation },
      run: (context, { params, body }) =>
        context.transaction(async (tx) =>
          simulateDraft(tx, find(params.kind), params.draft_id, body.orders, await baseCurrencyOf(tx)),
        ),
    }),
  ]
}

function testing(find: Find): Route[] {
  return [
    route('POST /policies/:kind/conditions', {
      permit: 'policies.write',
      summary: 'Whether a condition can be asked as it is written; nothing is written.',
      params: Kind,
      body: ConditionBody,
      reply: { 200: ConditionRead },
      run: async (_context, { params, body }) => ({ fault: conditionFault(body.text, find(params.kind).columns) }),
    }),
    route('POST /policies/:kind/drafts/:draft_id/tests', {
      permit: 'policies.read',
      summary: 'Runs every test case of the kind against the draft; nothing is written.',
      params: DraftPath,
      reply: { 200: RuleTestRun },
      run: (context, { params }) =>
        context.transaction(async (tx) => {
          const kind = find(params.kind)
          return runTests(tx, kind, (await draftToRun(tx, kind, params.draft_id)).document)
        }),
    }),
    route('POST /policies/:kind/tests', {
      permit: 'policies.write',
      summary: 'Adds a test case: what must come out for an order.',
      idempotent: 'required',
      params: Kind,
      body: RuleTestBody,
      reply: { 201: RuleTestMade },
      run: (context, { params, body }) =>
        context.transaction(async (tx) => answer(201, { case_id: await addTest(tx, find(params.kind), body) })),
    }),
    route('PUT /policies/:kind/tests/:case_id', {
      permit: 'policies.write',
      summary: 'Rewrites a test case.',
      idempotent: 'natural',
      params: TestPath,
      body: RuleTestBody,
      reply: { 200: Done },
      run: (context, { params, body }) =>
        context.transaction(async (tx) => {
          await changeTest(tx, find(params.kind), params.case_id, body)
          return { ok: true }
        }),
    }),
    route('DELETE /policies/:kind/tests/:case_id', {
      permit: 'policies.write',
      summary: 'Deletes a test case.',
      idempotent: 'natural',
      params: TestPath,
      reply: { 200: Done },
      run: (context, { params }) =>
        context.transaction(async (tx) => {
          await removeTest(tx, find(params.kind), params.case_id)
          return { ok: true }
        }),
    }),
  ]
}

function shadowing(find: Find): Route[] {
  return [
    route('PUT /policies/:kind/shadow', {
      permit: 'policies.write',
      summary:
        'Runs a draft beside the live rules from now on; it decides nothing, what it would have changed is kept.',
      idempotent: 'natural',
      params: Kind,
      body: StartShadow,
      reply: { 200: Done },
      run: (context, { params, body }) =>
        context.transaction(async (tx) => {
          await startShadow(tx, find(params.kind), body.draft_id)
          return { ok: true }
        }),
    }),
    route('GET /policies/:kind/shadow', {
      permit: 'policies.read',
      summary: 'What the draft in the shadow would have done so far.',
      params: Kind,
      reply: { 200: RuleShadowNow },
      run: (context, { params }) =>
        context.transaction(async (tx) => {
          const kind = find(params.kind)
          const running = shadowRules(await ruleFacts(tx), kind.kind)
          return running === null ? null : viewShadow(tx, kind, running.draft_id)
        }),
    }),
    route('DELETE /policies/:kind/shadow', {
      permit: 'policies.write',
      summary: 'Ends the shadow.',
      idempotent: 'natural',
      params: Kind,
      reply: { 200: Done },
      run: (context, { params }) =>
        context.transaction(async (tx) => {
          await endShadow(tx, find(params.kind))
          return { ok: true }
        }),
    }),
  ]
}

function despiteOf(body: { readonly despite_freeze?: string }, principal: Principal | null): Despite {
  return { reason: body.despite_freeze ?? null, may: principal?.permissions.has('modes.override') ?? false }
}

function goingLive(find: Find): Route[] {
  return [
    route('POST /policies/:kind/activations', {
      permit: 'policies.activate',
      summary: 'Switches a draft on as it was looked at; a red test refuses it unless somebody takes it on himself.',
      idempotent: 'required',
      params: Kind,
      body: ActivateRules,
      reply: { 200: RulesWritten },
      run: (context, { params, body, principal }) =>
        context.transaction(async (tx) => ({
          version_id: await activateDraft(tx, find(params.kind), body, despiteOf(body, principal)),
        })),
    }),
    route('POST /policies/:kind/rollbacks', {
      permit: 'policies.activate',
      summary: 'Brings an earlier version back, exactly as it was.',
      idempotent: 'required',
      params: Kind,
      body: RollBackRules,
      reply: { 200: RulesWritten },
      run: (context, { params, body, principal }) =>
        context.transaction(async (tx) => ({
          version_id: await rollBack(tx, find(params.kind), body.version_id, body.reason, despiteOf(body, principal)),
        })),
    }),
  ]
}
