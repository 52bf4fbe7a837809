// A proposal by hand weighed as the machine weighs: what stands in the way of each place, what it costs, and what the machine would choose itself.
import type { ProblemItem } from '../../platform/problem.ts'
import { decidePlainly } from './decide-plainly.ts'
import type { FreeStock } from './free-stock.ts'
import { type Guidance, shippedGuidance, unruled } from './guidance.ts'
import { type HindranceCode, hindrance } from './hand-texts.ts'
import { lookAtSites } from './look-at-sites.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import type { OpenLine, Piece, Proposal } from './propose-by-hand.ts'
import type { Candidate, Decision, Demand, DemandLine, Guided, Part, Plan, Removal } from './types.ts'

export interface Weighed {
  readonly hindrances: readonly ProblemItem[]
  readonly warnings: readonly { readonly code: string; readonly location_id: string }[]
  /** The plan of the person for what moves. */
  readonly plan: Plan
  readonly machine: Decision
  /** The fulfilments that it touches, whole: as they lie now, as they would lie, and as the machine would have them. */
  readonly whole: { readonly before: Plan | null; readonly after: Plan; readonly machine: Plan | null }
}

/** What stands in the way of everybody, people too; what only rules forbid, or what failed before, a person may overrule. */
const hard: ReadonlyMap<Removal | null, HindranceCode> = new Map([
  ['closed', 'closed'],
  ['disrupted', 'disrupted'],
  ['capacity', 'capacity'],
  ['no_carrier', 'no_carrier'],
  ['out_of_area', 'out_of_area'],
])
const soft: ReadonlySet<Removal | null> = new Set([
  'excluded',
  'rule_location',
  'rule_radius',
  'rule_capability',
  'rule_limit',
  'rule_safety',
])

/** Whether a person may set it aside. */
export function isSoft(removed: Removal): boolean {
  return soft.has(removed)
}

/**
 * `guided` is what moves, `demand` everything in the fulfilments that it touches; `free` is what is free once the work that leaves its
 * fulfilments has left them.
 */
export function weigh(
  ground: Ground,
  guided: Guided,
  demand: Demand,
  { out, stays, pieces }: Proposal<OpenLine>,
  free: FreeStock,
  at: Date,
): Weighed {
  const guidance = guided.guidances[0] ?? shippedGuidance
  const view: View = { ground, guidance: unruled(guidance), demand, free, at }
  const placed = pieces.map((piece) => ({ piece, ...partFor(view, piece) }))
  const ruled = lookAtSites(ground, guidance, { ...guided.demand, locked: null }, free, at)
  const there = free.copy()
  for (const { location_id, sku, to_pick } of stays) there.add(location_id, sku, there.at(location_id, sku) + to_pick)
  const partsOf = (lines: readonly OpenLine[]) =>
    [...Map.groupBy(lines, (line) => line.fulfilment_id).values()].flatMap(
      (mine) => partFor({ ...view, free: there }, pieceOf(mine)).part ?? [],
    )
  const penalty = guidance.split_penalty ?? ground.policy.split_penalty_minor
  const mine = placed.flatMap(({ part }) => part ?? [])
  const machine = decidePlainly(ground, guided, free, at)
  const behind = partsOf(stays)
  return {
    hindrances: placed.flatMap(({ piece, lines, candidate }) => hindrancesOf(piece, lines, candidate, free)),
    warnings: pieces.flatMap(({ location_id }) => {
      const removed = ruled.find((one) => one.site.location.location_id === location_id)?.removed ?? null
      return removed !== null && isSoft(removed) ? [{ code: removed, location_id }] : []
    }),
    plan: planOf(
      mine.map((part, index) => spread(part, pieces[index], guided.demand)),
      penalty,
    ),
    machine,
    whole: {
      before: out.length === 0 ? null : planOf(partsOf([...out, ...stays]), penalty),
      after: planOf([...mine, ...behind], penalty),
      machine: machine.plan === null ? null : planOf([...machine.plan.parts, ...behind], penalty),
    },
  }
}

/** The decision as it is kept: the plan of the person, beside it what the machine would have done. */
export function decisionOf({ plan, machine }: Weighed): Decision {
  const chosen = new Set(plan.parts.map((part) => part.candidate.site.location.location_id))
  const isChosen = (candidate: Candidate) => chosen.has(candidate.site.location.location_id)
  const others = [machine.plan, machine.runner_up, ...machine.others]
    .filter((other) => other !== null)
    .filter(({ parts }) => parts.length !== chosen.size || !parts.every((part) => isChosen(part.candidate)))
  return {
    demand: machine.demand,
    outcome: plan.parts.length === 1 ? 'placed' : 'split',
    guidance: null,
    tried: [],
    plan,
    runner_up: null,
    others,
    flip: null,
    gap: 0,
    scarce: null,
    in_turn: false,
    candidates: machine.candidates.filter((candidate) => !isChosen(candidate)),
    rest: machine.demand.lines.map(() => 0),
  }
}

interface View {
  readonly ground: Ground
  readonly guidance: Guidance
  readonly demand: Demand
  readonly free: FreeStock
  readonly at: Date
}

interface Placed {
  readonly lines: readonly DemandLine[]
  readonly candidate: Candidate | undefined
  readonly part: Part | null
}

// The location as it stands to exactly these units, whatever was refused before, and what sending them from there costs.
function partFor({ ground, guidance, demand, free, at }: View, { location_id, units }: Piece): Placed {
  const lines = demand.lines.flatMap((line) => {
    const quantity = units.get(line.line_no) ?? 0
    return quantity === 0 ? [] : [{ ...line, quantity }]
  })
  const mine = { ...demand, lines, excluded: new Set<string>(), locked: null }
  const candidate = lookAtSites(ground, guidance, mine, free, at).find(
    ({ site }) => site.location.location_id === location_id,
  )
  const whole = lines.map((line) => line.quantity)
  return { lines, candidate, part: candidate === undefined ? null : partOf(guidance, mine, candidate, whole) }
}

function pieceOf(lines: readonly OpenLine[]): Piece {
  const units = new Map<number, number>()
  for (const { line_no, to_pick } of lines) units.set(line_no, (units.get(line_no) ?? 0) + to_pick)
  return { location_id: lines[0]?.location_id ?? '', units, pointer: '' }
}

// The same part with its quantities by the lines of all that moves.
function spread(part: Part, piece: Piece | undefined, { lines }: Demand): Part {
  return { ...part, quantity: lines.map((line) => piece?.units.get(line.line_no) ?? 0) }
}

function hindrancesOf(
  { location_id, pointer }: Piece,
  lines: readonly DemandLine[],
  candidate: Candidate | undefined,
  free: FreeStock,
): ProblemItem[] {
  if (candidate === undefined) return [hindrance('location_unknown', pointer, { location_id })]
  const code = hard.get(candidate.removed)
  const found = code === undefined ? [] : [hindrance(code, pointer, { location_id })]
  lines.forEach(({ line_no, sku, quantity: wanted }, index) => {
    if ((candidate.can[index] ?? 0) >= wanted) return
    const there = free.at(location_id, sku)
    found.push(
      candidate.blocked.has(sku)
        ? hindrance('capability', pointer, { location_id, line_no, sku })
        : hindrance('no_stock', pointer, { location_id, line_no, sku, wanted, there }),
    )
  })
  return found
}
