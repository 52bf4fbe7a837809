// Allocation over HTTP: why an order leaves from where it does, what nothing can send, and the policy.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AddressChange, AddressChanged } from '../../contracts/address.ts'
import {
  AllocationAsked,
  AllocationPolicy,
  AllocationPolicyRead,
  AllocationPolicyWritten,
  CurrencyRate,
  ExceptionList,
  ExceptionQuery,
  ExplainedAllocation,
  PolicyChange,
  PolicyWritten,
} from '../../contracts/allocation.ts'
import { Id } from '../../contracts/views-shared.ts'
import { currentFacts, holdRevision, setFacts, versionsOf } from '../../platform/facts.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { answer, type Route, route } from '../../platform/http/route.ts'
import { checkFact } from '../catalog/index.ts'
import { loadOrders, type OrderFacts, orderProblem } from '../orders/index.ts'
import { changeOrderAddress } from './change-address.ts'
import { groundKinds, policyOf } from './prepare-ground.ts'
import { retryOrder, retryUnserved } from './retry-exceptions.ts'
import { handRoutes } from './routes-hand.ts'
import { listExceptions } from './store-exceptions.ts'
import { explainedAllocation } from './view-allocation.ts'

const LIST = 'allocation-exceptions'
const PAGE = 50
const POLICY = 'allocation'
const FIRST = '00000000-0000-0000-0000-000000000000'
const policyValidator = Compile(AllocationPolicy)
const rateValidator = Compile(CurrencyRate)
const Code = Type.String({ pattern: '^[A-Z]{3}$' })

const ofOrders: Route[] = [
  route('GET /orders/:id/allocation', {
    permit: 'allocation.read',
    summary:
      'Why the order leaves from where it does: candidates, costs, the next best, in numbers and in words; newest decision first.',
    params: Type.Object({ id: Id }),
    reply: { 200: ExplainedAllocation },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        const [order] = await loadOrders(tx, [params.id], { lock: false })
        if (order === undefined) throw orderProblem('order_unknown', { order_id: params.id })
        return { ...(await explainedAllocation(tx, params.id)), destination: destinationOf(order) }
      }),
  }),
  route('POST /orders/:id/allocation', {
    permit: 'allocation.decide',
    summary: 'Tries to allocate once more what waits, beyond the bound of attempts too.',
    idempotent: 'required',
    params: Type.Object({ id: Id }),
    reply: { 202: AllocationAsked },
    run: (context, { params }) =>
      context.transaction(async (tx) => {
        await retryOrder(tx, params.id)
        return answer(202, { order_id: params.id })
      }),
  }),
  route('POST /orders/:id/address', {
    permit: 'orders.edit',
    summary:
      'Changes where an order goes, as long as something has not left: untouched work is decided again, work in hand is packed and labelled anew.',
    idempotent: 'required',
    edits: true,
    params: Type.Object({ id: Id }),
    body: AddressChange,
    reply: { 200: AddressChanged },
    run: (context, { params, body, revision }) =>
      context.transaction((tx) => changeOrderAddress(tx, params.id, revision, body)),
  }),
  route('GET /allocation/exceptions', {
    permit: 'allocation.read',
    summary: 'Orders that no allowed set of locations can send, the longest waiting first.',
    query: ExceptionQuery,
    reply: { 200: ExceptionList },
    run: (context, { query }) =>
      context.transaction(async (tx) => {
        const limit = query.limit ?? PAGE
        const after = textPosition(context.runtime.secrets, LIST, query.cursor, 1)?.[0] ?? FIRST
        const rows = await listExceptions(tx, after, limit + 1)
        const page = rows.slice(0, limit)
        const orders = await loadOrders(
          tx,
          page.map((row) => row.order_id),
          { lock: false },
        )
        const numbers = new Map(orders.map((order) => [order.order_id, order.number]))
        const last = rows.length > limit ? page.at(-1) : undefined
        return {
          items: page.map((row) => ({ ...row, number: numbers.get(row.order_id) ?? '' })),
          next_cursor: last === undefined ? null : encodeCursor(context.runtime.secrets, LIST, [last.exception_id]),
        }
      }),
  }),
]

const policies: Route[] = [
  route('GET /allocation/policy', {
    permit: 'allocation.read',
    summary: 'The policy that is valid now; its revision is the ETag.',
    reply: { 200: AllocationPolicyRead },
    run: (context) =>
      context.transaction(async (tx) => {
        // the number first: what is read after it is at most newer
        const revision = await versionsOf(tx, 'policy', POLICY, 'known')
        return { ...policyOf(await currentFacts(tx, groundKinds)).policy, revision }
      }),
  }),
  route('PUT /allocation/policy', {
    permit: 'allocation.policy',
    summary: 'Sets the policy from now on, as it was read; decisions keep the version that they read.',
    idempotent: 'natural',
    edits: 'where_known',
    query: PolicyChange,
    body: AllocationPolicy,
    reply: { 200: AllocationPolicyWritten },
    run: (context, { query: { reason }, body, revision }) =>
      context.transaction(async (tx) => {
        checkFact(policyValidator, 'policy', POLICY, body)
        const next = await holdRevision(tx, 'policy', POLICY, revision)
        const why = reason === undefined ? {} : { reason }
        const [version_id] = await setFacts(tx, [{ kind: 'policy', key: POLICY, value: body, ...why }])
        return { version_id, revision: next }
      }),
  }),
  route('PUT /currency-rates/:from/:to', {
    permit: 'shipping.write',
    summary: 'Sets what one unit of a currency is worth in another from now on; costs compare in the base currency.',
    idempotent: 'natural',
    params: Type.Object({ from: Code, to: Code }),
    body: CurrencyRate,
    reply: { 200: PolicyWritten },
    run: (context, { params, body }) =>
      context.transaction(async (tx) => {
        const key = `${params.from}/${params.to}`
        checkFact(rateValidator, 'currency_rate', key, body)
        const [version_id] = await setFacts(tx, [{ kind: 'currency_rate', key, value: body }])
        await retryUnserved(tx)
        return { version_id }
      }),
  }),
]

const TENTH = 10

function destinationOf({ ship_lat, ship_lon }: OrderFacts): { lat: number; lon: number } | null {
  const rounded = (degrees: number) => Math.round(degrees * TENTH) / TENTH
  return ship_lat === null || ship_lon === null ? null : { lat: rounded(ship_lat), lon: rounded(ship_lon) }
}

export const allocationRoutes: Route[] = [...ofOrders, ...handRoutes, ...policies]
