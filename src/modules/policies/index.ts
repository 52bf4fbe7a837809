// The face of rules: drafts, test cases, rehearsals, the shadow, going live and back; those who decide by rules register their kind.
export { putRules } from './activate-rules.ts'
export { armsOf, purgeExperimentOrders } from './arm-sums.ts'
export { type Arm, armOf } from './arms.ts'
export { draftToRun, liveRulesNow, ruleChoices, rulesOfVersion } from './choose-rules.ts'
export { type Experiment, earlierRules, experimentRules, liveRules, type Shadow, shadowRules } from './read-live.ts'
export {
  type Compared,
  foldRuleHits,
  purgeRuleHours,
  recordHits,
  recordShadow,
  type Taking,
} from './record-decisions.ts'
export { policyRoutes } from './routes.ts'
export type { Rehearsal, Rehearsed, RuleKind, VersionedRules } from './rule-kind.ts'
export { experimentOf, startExperiment, stopExperiment } from './run-experiments.ts'
export {
  type ArmSums,
  type ExperimentOrder,
  type ExperimentRow,
  experiments,
  insertExperimentOrders as recordExperiment,
} from './store-experiments.ts'
