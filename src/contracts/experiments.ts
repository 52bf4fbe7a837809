// Experiments: a share of new orders is decided by a draft, and what came of both arms is told with its uncertainty.
import { type Static, Type } from 'typebox'
import { LabNote } from './lab.ts'
import { ActionView, BothTexts, Id, Instant, orNull } from './views-shared.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Whole = Type.Integer({ minimum: 0 })

export const experimentMeasures = ['cost', 'split', 'promise_kept', 'unallocated'] as const

/** Gives a share of new orders to a draft, from now until it is stopped. */
export const NewExperiment = Type.Object(
  {
    name: Name,
    draft_id: Id,
    /** The revision that was looked at. */
    revision: Type.Integer({ minimum: 1 }),
    share_percent: Type.Integer({ minimum: 1, maximum: 50 }),
    /** Orders in the smaller arm at which it will be judged: fixed before anybody has looked. */
    orders_wanted: Type.Integer({ minimum: 100, maximum: 1_000_000 }),
    /** The figure that decides, named before anybody has looked; `cost` where none is named. */
    decides: Type.Optional(Type.Enum([...experimentMeasures])),
    reason: Type.String({ minLength: 3, maxLength: 500 }),
    /** Starts although a test of the draft is red. */
    despite_tests: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type NewExperiment = Static<typeof NewExperiment>
export const StopExperiment = Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, closed)

const Arm = Type.Object({
  orders: Whole,
  /** Orders that left whole: those whose cost counts. */
  whole: Whole,
  cost_mean: orNull(Type.Number()),
  sent: Whole,
  split: Whole,
  promised: Whole,
  /** What is not sent whole has not kept its promise. */
  promise_kept: Whole,
  unallocated: Whole,
  /** Orders that the rules of the arm failed on: others decided, they stay in the arm. */
  failed: Whole,
})
export type ExperimentArm = Static<typeof Arm>

/** Draft less live: minor units of an order for `cost` (Welch's t-test), a share 0 to 1 for the others (two-proportion z-test). */
export const ExperimentVerdict = Type.Object({
  measure: Type.Enum([...experimentMeasures]),
  /** Whether anything may be said; otherwise the numbers that follow are null. */
  enough: Type.Boolean(),
  /** Why nothing is said: too few orders, the rules of an arm failed on more than 1 % of it, or the arms do not send the same orders (cost alone). */
  withheld: orNull(Type.Enum(['too_few', 'failures', 'unlike'])),
  difference: orNull(Type.Number()),
  /** 95 per cent interval of the difference. */
  low: orNull(Type.Number()),
  high: orNull(Type.Number()),
  p: orNull(Type.Number()),
  says: BothTexts,
})
export type ExperimentVerdict = Static<typeof ExperimentVerdict>

export const ExperimentView = Type.Object({
  experiment_id: Id,
  name: Type.String(),
  draft_id: Id,
  draft_name: Type.String(),
  share_percent: Type.Integer(),
  orders_wanted: Type.Integer(),
  /** The figure that decides, named at the start; null where it began before one had to be named. */
  decides: orNull(Type.Enum([...experimentMeasures])),
  state: Type.Enum(['running', 'stopped']),
  reason: Type.String(),
  started_at: Instant,
  started_by: Type.String(),
  stopped_at: orNull(Instant),
  stopped_by: orNull(Type.String()),
  stop_reason: orNull(Type.String()),
  /** The test cases of the draft when it was started. */
  tests_passed: Whole,
  tests_failed: Whole,
  currency: Type.String(),
  live: Arm,
  draft: Arm,
  /** Whether the smaller arm has the orders that were wanted: a judgement before that does not count. */
  complete: Type.Boolean(),
  verdicts: Type.Array(ExperimentVerdict, { maxItems: 4 }),
  /** How to read it, and what it does not say. */
  notes: Type.Array(LabNote, { maxItems: 10 }),
  available_actions: Type.Array(ActionView, { maxItems: 2 }),
})
export type ExperimentView = Static<typeof ExperimentView>
export const ExperimentList = Type.Object({ items: Type.Array(ExperimentView, { maxItems: 50 }) })
