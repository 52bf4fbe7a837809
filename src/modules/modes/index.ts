// The face of modes: the promotion in force among the facts, the freeze of rules, circuits of values that fail, timers, routes.
export { followCircuits, type Trouble } from './follow-circuits.ts'
export { type Despite, refuseFrozen } from './keep-frozen.ts'
export { beginPromotions, endPromotions, planPromotion, stopPromotion } from './keep-promotions.ts'
export { degradationsIn } from './read-degradation.ts'
export { modeKinds, type Promotion, promotionIn, raiseAt, raised } from './read-promotion.ts'
export { modeRoutes } from './routes.ts'
export { tellDegradations, watchDegradations } from './tell-degradations.ts'
