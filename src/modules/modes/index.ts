// The face of modes: the promotion in force among the facts, the freeze of rules, timers, routes.
export { type Despite, refuseFrozen } from './keep-frozen.ts'
export { beginPromotions, endPromotions, planPromotion, stopPromotion } from './keep-promotions.ts'
export { modeKinds, type Promotion, promotionIn, raiseAt, raised } from './read-promotion.ts'
export { modeRoutes } from './routes.ts'
