// The face of review: screening, decisions and their undo, the rules and the policy that they follow.
export { applyReviews, decideHold, decideHolds, undoDecision } from './decide-holds.ts'
export { defaultPolicy as shippedReviewPolicy, defaultRules as shippedReviewRules } from './default-rules.ts'
export { lapseHolds } from './lapse-holds.ts'
export { putReviewPolicy, reviewRules } from './read-rules.ts'
export { reviewRoutes } from './routes.ts'
export { putReviewRules, reviewRuleKind } from './rule-kind.ts'
export { screenOrders } from './screen-orders.ts'
export { eraseDecisionNotes } from './store.ts'
