// Which route serves which view to the screens, with its owner: the web, its mock and a test of the server read this table.
import type { TSchema } from 'typebox'
import * as address from './address.ts'
import * as exceptions from './allocation.ts'
import * as capacity from './capacity.ts'
import * as catalog from './catalog.ts'
import * as degradations from './degradations.ts'
import * as disruptions from './disruptions.ts'
import * as experiments from './experiments.ts'
import * as hand from './hand.ts'
import * as handBoard from './hand-board.ts'
import * as inbox from './inbox.ts'
import * as inboxMany from './inbox-many.ts'
import * as lab from './lab.ts'
import * as modes from './modes.ts'
import * as policies from './policies.ts'
import * as rejections from './rejections.ts'
import * as allocation from './views-allocation.ts'
import * as board from './views-board.ts'
import * as cancellation from './views-cancellation.ts'
import * as intake from './views-intake.ts'
import * as money from './views-money.ts'
import * as orders from './views-orders.ts'
import * as review from './views-review.ts'
import * as session from './views-session.ts'
import { Done } from './views-shared.ts'
import * as stock from './views-stock.ts'
import * as tracking from './views-tracking.ts'
import * as warehouse from './views-warehouse.ts'

export interface ViewRoute {
  /** The module that serves it. */
  readonly owner: string
  readonly reply: TSchema
  readonly body?: TSchema
  readonly query?: TSchema
}

/**
 * Notes. Everything but /public and POST /session needs a session cookie (or an API key with the permission). Every change carries Idempotency-Key and, with
 * a session, X-CSRF-Token. Names in `name`/`name_zh` are shown by the reader's language. GET /board/stream is text/event-stream: event `board`, data = Board,
 * at once and then at most once a second when something moved, a comment line every 15 s. GET /parcels/:id/label answers application/pdf.
 */
export const viewRoutes = {
  'POST /session': { owner: 'identity', body: session.LogIn, reply: session.SessionView },
  'GET /session': { owner: 'identity', reply: session.SessionView },
  'DELETE /session': { owner: 'identity', reply: Done },
  'GET /staff': { owner: 'identity', reply: session.StaffList },
  'GET /staff/names': { owner: 'identity', reply: session.StaffNames },
  'POST /staff': { owner: 'identity', body: session.NewStaff, reply: session.StaffView },
  'GET /api-keys': { owner: 'identity', reply: session.ApiKeyList },
  'POST /api-keys': { owner: 'identity', body: session.NewApiKey, reply: session.ApiKeyMade },
  'DELETE /api-keys/:id': { owner: 'identity', reply: Done },
  'GET /webhooks': { owner: 'outbox', reply: session.WebhookList },
  'POST /webhooks': { owner: 'outbox', body: session.NewWebhook, reply: session.WebhookMade },
  'DELETE /webhooks/:id': { owner: 'outbox', reply: Done },
  'GET /locations': { owner: 'catalog', reply: session.LocationList },
  'GET /locations/:id': { owner: 'catalog', reply: catalog.LocationRead },
  'PUT /locations/:id': { owner: 'catalog', body: catalog.LocationFact, reply: catalog.LocationWritten },
  'GET /capacity/load': { owner: 'capacity', query: capacity.LoadQuery, reply: capacity.LoadView },
  'GET /carriers': { owner: 'shipping', reply: session.CarrierList },
  'GET /channels': { owner: 'catalog', reply: session.ChannelList },

  'GET /board': { owner: 'insights', reply: board.Board },
  'GET /board/stream': { owner: 'insights', reply: board.Board },

  'GET /orders': { owner: 'orders', query: orders.OrderListQuery, reply: orders.OrderList },
  'GET /orders/counts': { owner: 'orders', reply: orders.OrderCounts },
  'GET /saved-views': { owner: 'orders', reply: orders.SavedViews },
  'POST /saved-views': { owner: 'orders', body: orders.NewSavedView, reply: orders.SavedView },
  'DELETE /saved-views/:id': { owner: 'orders', reply: Done },
  'GET /orders/:id': { owner: 'orders', reply: orders.OrderDetail },
  'GET /orders/:id/events': { owner: 'orders', reply: orders.OrderEvents },
  'GET /orders/:id/money': { owner: 'orders', reply: money.OrderMoney },
  'GET /orders/:id/tracking-link': { owner: 'tracking', reply: tracking.TrackingLink },
  'GET /orders/:id/allocation': { owner: 'allocation', reply: allocation.OrderAllocation },
  'POST /orders/:id/address': { owner: 'allocation', body: address.AddressChange, reply: address.AddressChanged },
  'GET /orders/:id/fulfilments': { owner: 'warehouse', reply: warehouse.OrderFulfilments },
  'POST /orders/:id/allocation': { owner: 'allocation', reply: exceptions.AllocationAsked },
  'POST /orders/:id/cancellation/preview': {
    owner: 'orders',
    body: cancellation.CancelOrder,
    reply: cancellation.CancellationPreview,
  },
  'POST /orders/:id/cancellation': { owner: 'orders', body: cancellation.CancelOrder, reply: orders.OrderDetail },
  'POST /orders/:id/holds': { owner: 'orders', body: orders.NewHold, reply: orders.OrderDetail },
  'DELETE /holds/:id': { owner: 'orders', reply: orders.OrderDetail },
  'POST /orders/:id/notes': { owner: 'orders', body: orders.NewNote, reply: orders.OrderNote },
  'POST /orders/:id/disclosure': { owner: 'orders', body: orders.Disclosure, reply: orders.PersonView },

  'GET /review': { owner: 'review', query: review.ReviewQuery, reply: review.ReviewQueue },
  'POST /review/:hold_id/decision': { owner: 'review', body: review.ReviewDecision, reply: review.DecisionTaken },
  'DELETE /review/:hold_id/decision': { owner: 'review', reply: Done },

  'GET /inbox': { owner: 'inbox', query: inbox.InboxQuery, reply: inbox.InboxPage },
  'GET /inbox/counts': { owner: 'inbox', reply: inbox.InboxCounts },
  'GET /inbox/policy': { owner: 'inbox', reply: inbox.InboxPolicy },
  'GET /inbox/items/:id': { owner: 'inbox', reply: inbox.InboxCase },
  'POST /inbox/items/:id/claim': { owner: 'inbox', reply: Done },
  'DELETE /inbox/items/:id/claim': { owner: 'inbox', reply: Done },
  'POST /inbox/items/:id/snooze': { owner: 'inbox', body: inbox.Snooze, reply: Done },
  'POST /inbox/items/:id/notes': { owner: 'inbox', body: inbox.ItemNote, reply: Done },
  'POST /inbox/items/:id/fix': { owner: 'inbox', body: inbox.ApplyFix, reply: inbox.FixApplied },
  'DELETE /inbox/items/:id/fix': { owner: 'inbox', reply: Done },
  'POST /inbox/snoozes': { owner: 'inbox', body: inboxMany.SnoozeMany, reply: inboxMany.ManyApplied },
  'POST /inbox/fixes/preview': { owner: 'inbox', body: inboxMany.PreviewMany, reply: inboxMany.ManyPreview },
  'POST /inbox/fixes': { owner: 'inbox', body: inboxMany.ApplyMany, reply: inboxMany.ManyApplied },

  'GET /allocation/board': { owner: 'allocation', query: handBoard.WorkBoardQuery, reply: handBoard.WorkBoard },
  'GET /allocation/board/cards': { owner: 'allocation', query: handBoard.WorkCardQuery, reply: handBoard.WorkCards },
  'GET /orders/:id/manual-decisions': { owner: 'allocation', reply: hand.HandHistory },
  'POST /orders/:id/manual-decisions/preview': {
    owner: 'allocation',
    body: hand.HandPreview,
    reply: hand.HandPreviewed,
  },
  'POST /orders/:id/manual-decisions': {
    owner: 'allocation',
    body: hand.HandDecision,
    reply: hand.HandDecided,
  },
  'GET /disruptions': {
    owner: 'disruptions',
    query: disruptions.DisruptionQuery,
    reply: disruptions.DisruptionList,
  },
  'POST /disruptions': { owner: 'disruptions', body: disruptions.NewDisruption, reply: disruptions.DisruptionView },
  'GET /disruptions/:disruption_id': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'GET /disruptions/:disruption_id/orders': {
    owner: 'disruptions',
    query: disruptions.AffectedQuery,
    reply: disruptions.AffectedList,
  },
  'POST /disruptions/:disruption_id/plan': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'POST /disruptions/:disruption_id/apply': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'POST /disruptions/:disruption_id/undo': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'POST /disruptions/:disruption_id/end': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'POST /disruptions/:disruption_id/discard': { owner: 'disruptions', reply: disruptions.DisruptionView },
  'GET /allocation/policy': { owner: 'allocation', reply: exceptions.AllocationPolicyRead },
  'PUT /allocation/policy': {
    owner: 'allocation',
    query: exceptions.PolicyChange,
    body: exceptions.AllocationPolicy,
    reply: exceptions.AllocationPolicyWritten,
  },
  'GET /modes': { owner: 'modes', reply: modes.ModesNow },
  'GET /degradations': {
    owner: 'allocation',
    query: degradations.DegradationQuery,
    reply: degradations.DegradationList,
  },
  'GET /degradations/:degradation_id/orders': {
    owner: 'allocation',
    query: degradations.DegradationQuery,
    reply: degradations.ReconciledList,
  },
  'POST /degradations/:degradation_id/end': {
    owner: 'allocation',
    body: degradations.EndDegradation,
    reply: degradations.DegradationView,
  },
  'GET /promotions': { owner: 'modes', query: modes.PromotionQuery, reply: modes.PromotionList },
  'POST /promotions': { owner: 'modes', body: modes.NewPromotion, reply: modes.PromotionView },
  'POST /promotions/:promotion_id/extend': { owner: 'modes', body: modes.ExtendPromotion, reply: modes.PromotionView },
  'POST /promotions/:promotion_id/end': { owner: 'modes', reply: modes.PromotionView },
  'POST /promotions/:promotion_id/cancel': { owner: 'modes', reply: modes.PromotionView },
  'GET /lab/choices': { owner: 'lab', reply: lab.LabChoices },
  'GET /lab/comparisons': { owner: 'lab', query: lab.ComparisonQuery, reply: lab.ComparisonList },
  'POST /lab/comparisons': { owner: 'lab', body: lab.NewComparison, reply: lab.ComparisonView },
  'GET /lab/comparisons/:comparison_id': { owner: 'lab', reply: lab.ComparisonView },
  'GET /lab/comparisons/:comparison_id/orders': { owner: 'lab', query: lab.ChangedQuery, reply: lab.ChangedOrders },
  'GET /lab/comparisons/:comparison_id/load': { owner: 'lab', query: lab.LabLoadQuery, reply: lab.LabLoad },
  'POST /lab/comparisons/:comparison_id/cancel': { owner: 'lab', reply: lab.ComparisonView },
  'DELETE /lab/comparisons/:comparison_id': { owner: 'lab', reply: Done },
  'GET /lab/experiments': { owner: 'lab', reply: experiments.ExperimentList },
  'POST /lab/experiments': { owner: 'lab', body: experiments.NewExperiment, reply: experiments.ExperimentView },
  'GET /lab/experiments/:experiment_id': { owner: 'lab', reply: experiments.ExperimentView },
  'POST /lab/experiments/:experiment_id/stop': {
    owner: 'lab',
    body: experiments.StopExperiment,
    reply: experiments.ExperimentView,
  },
  'GET /policies': { owner: 'policies', reply: policies.RuleKinds },
  'GET /policies/:kind': { owner: 'policies', reply: policies.RulePolicy },
  'GET /policies/:kind/versions/:version_id': { owner: 'policies', reply: policies.RuleVersion },
  'POST /policies/:kind/drafts': { owner: 'policies', body: policies.NewRuleDraft, reply: policies.RuleDraft },
  'GET /policies/:kind/drafts/:draft_id': { owner: 'policies', reply: policies.RuleDraft },
  'PUT /policies/:kind/drafts/:draft_id': {
    owner: 'policies',
    body: policies.RuleDraftBody,
    reply: policies.RuleDraft,
  },
  'DELETE /policies/:kind/drafts/:draft_id': { owner: 'policies', reply: Done },
  'POST /policies/:kind/conditions': {
    owner: 'policies',
    body: policies.ConditionBody,
    reply: policies.ConditionRead,
  },
  'POST /policies/:kind/drafts/:draft_id/simulation': {
    owner: 'policies',
    body: policies.SimulateRules,
    reply: policies.RuleSimulation,
  },
  'POST /policies/:kind/drafts/:draft_id/tests': { owner: 'policies', reply: policies.RuleTestRun },
  'POST /policies/:kind/tests': { owner: 'policies', body: policies.RuleTestBody, reply: policies.RuleTestMade },
  'PUT /policies/:kind/tests/:case_id': { owner: 'policies', reply: Done, body: policies.RuleTestBody },
  'DELETE /policies/:kind/tests/:case_id': { owner: 'policies', reply: Done },
  'PUT /policies/:kind/shadow': { owner: 'policies', body: policies.StartShadow, reply: Done },
  'GET /policies/:kind/shadow': { owner: 'policies', reply: policies.RuleShadowNow },
  'DELETE /policies/:kind/shadow': { owner: 'policies', reply: Done },
  'POST /policies/:kind/activations': {
    owner: 'policies',
    body: policies.ActivateRules,
    reply: policies.RulesWritten,
  },
  'POST /policies/:kind/rollbacks': { owner: 'policies', body: policies.RollBackRules, reply: policies.RulesWritten },

  'GET /stock': { owner: 'inventory', query: stock.StockQuery, reply: stock.StockList },
  'GET /stock/:sku': { owner: 'inventory', reply: stock.StockView },
  'POST /stock/adjustments': { owner: 'inventory', body: stock.StockAdjustment, reply: stock.StockChanged },
  'POST /stock/receipts': { owner: 'inventory', body: stock.StockReceipt, reply: stock.StockChanged },
  'POST /stock/counts': { owner: 'inventory', body: stock.StockCount, reply: stock.StockChanged },
  'POST /stock/transfers': { owner: 'inventory', body: stock.StockTransfer, reply: stock.StockChanged },

  'GET /warehouse/queues': { owner: 'warehouse', reply: warehouse.WarehouseQueues },
  'GET /fulfilments': { owner: 'warehouse', query: warehouse.FulfilmentQuery, reply: warehouse.FulfilmentList },
  'GET /fulfilments/:id': { owner: 'warehouse', reply: warehouse.FulfilmentView },
  'POST /fulfilments/:id/picks': { owner: 'warehouse', body: warehouse.Pick, reply: warehouse.FulfilmentView },
  'POST /fulfilments/:id/short-picks': {
    owner: 'warehouse',
    body: warehouse.ShortPick,
    reply: warehouse.FulfilmentView,
  },
  'POST /fulfilments/:id/reject': { owner: 'warehouse', body: rejections.Rejection, reply: warehouse.FulfilmentView },
  'GET /fulfilments/rejections': {
    owner: 'warehouse',
    query: rejections.RejectionQuery,
    reply: rejections.RejectionReport,
  },
  'POST /fulfilments/:id/packing': { owner: 'warehouse', body: warehouse.Pack, reply: warehouse.FulfilmentView },
  'POST /fulfilments/:id/hand-over': { owner: 'warehouse', body: warehouse.HandOver, reply: warehouse.FulfilmentView },

  'GET /intake/staged': { owner: 'intake', query: intake.StagedQuery, reply: intake.StagedList },
  'POST /intake/staged/:id/replay': { owner: 'intake', reply: intake.Replayed },
  'GET /imports': { owner: 'intake', reply: intake.ImportList },
  'GET /dead-letters': { owner: 'platform', reply: intake.DeadLetterList },
  'POST /dead-letters/:id/retry': { owner: 'platform', reply: Done },
  'GET /allocation/exceptions': {
    owner: 'allocation',
    query: exceptions.ExceptionQuery,
    reply: exceptions.ExceptionList,
  },
  'GET /tracking/exceptions': {
    owner: 'tracking',
    query: tracking.ParcelExceptionQuery,
    reply: tracking.ParcelExceptionList,
  },
  'POST /tracking/exceptions/:id/closing': {
    owner: 'tracking',
    body: tracking.CloseException,
    reply: tracking.ExceptionClosed,
  },
  'GET /payments/unmatched': { owner: 'payment', reply: intake.UnmatchedList },

  'GET /public/shops/:tenant': { owner: 'tracking', reply: tracking.ShopView },
  'POST /public/track/:tenant': { owner: 'tracking', body: tracking.TrackForm, reply: tracking.TrackingView },
  'GET /public/track/:tenant/:token': { owner: 'tracking', reply: tracking.TrackingView },
} as const satisfies Record<string, ViewRoute>

export type ViewAddress = keyof typeof viewRoutes
