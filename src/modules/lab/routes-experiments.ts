// Experiments over HTTP: start, look, stop.
import { Type } from 'typebox'
import { ExperimentList, ExperimentView, NewExperiment, StopExperiment } from '../../contracts/experiments.ts'
import { Id } from '../../contracts/views-shared.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { allocationRuleKind } from '../allocation/index.ts'
import { startExperiment, stopExperiment } from '../policies/index.ts'
import { listExperiments, viewExperiment } from './view-experiments.ts'

const ById = Type.Object({ experiment_id: Id })
const mayStop = (principal: Principal | null) => principal?.permissions.has('policies.activate') ?? false

export const experimentRoutes: Route[] = [
  route('GET /lab/experiments', {
    permit: 'policies.read',
    summary: 'The newest fifty experiments with what came of both arms.',
    reply: { 200: ExperimentList },
    run: (context, { principal }) => context.transaction((tx) => listExperiments(tx, mayStop(principal))),
  }),
  route('GET /lab/experiments/:experiment_id', {
    permit: 'policies.read',
    summary: 'One experiment: its arms, the differences with their uncertainty, and how to read them.',
    params: ById,
    reply: { 200: ExperimentView },
    run: (context, { params, principal }) =>
      context.transaction((tx) => viewExperiment(tx, params.experiment_id, mayStop(principal))),
  }),
  route('POST /lab/experiments', {
    permit: 'policies.activate',
    summary: 'Gives a share of new orders to a draft from now on; the number of orders to judge it by is fixed here.',
    idempotent: 'required',
    body: NewExperiment,
    reply: { 201: ExperimentView },
    run: (context, { body }) =>
      context.transaction(async (tx) =>
        answer(201, await viewExperiment(tx, await startExperiment(tx, allocationRuleKind, body), true)),
      ),
  }),
  route('POST /lab/experiments/:experiment_id/stop', {
    permit: 'policies.activate',
    summary: 'Stops an experiment: the live rules decide every order from now on; its result stays.',
    idempotent: 'required',
    params: ById,
    body: StopExperiment,
    reply: { 200: ExperimentView },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        await stopExperiment(tx, allocationRuleKind, params.experiment_id, body.reason)
        return viewExperiment(tx, params.experiment_id, true)
      }),
  }),
]
