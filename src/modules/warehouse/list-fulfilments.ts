// The list of fulfilment orders: what is open by the time it must leave, what has ended by when it was made, or those of one order number.
import type { Static } from 'typebox'
import type { FulfilmentList, FulfilmentQuery } from '../../contracts/views-warehouse.ts'
import type { Tx } from '../../platform/db.ts'
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts'
import { isUuid, readHumanNumber } from '../../platform/ids.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { ordersByNumber } from '../orders/index.ts'
import { type FulfilmentState, fulfilmentMachine } from './machine.ts'
import { endedPage, fulfilmentsOfOrders, type HeaderRow, headersById, openPage } from './store-views.ts'
import { viewFulfilments } from './view-fulfilments.ts'

const OPEN: readonly FulfilmentState[] = ['planned', 'released', 'picking', 'packed']
const LIST = 'fulfilments'
const USUAL = 20
const MOST = 100

export async function listFulfilments(
  tx: Tx,
  secrets: Secrets,
  query: Static<typeof FulfilmentQuery>,
  may: (permission: string) => boolean,
): Promise<FulfilmentList> {
  const limit = Math.min(query.limit ?? USUAL, MOST)
  if (query.q !== undefined)
    return { items: await viewFulfilments(tx, (await found(tx, query.q)).slice(0, limit), may), next_cursor: null }
  const position = query.cursor === undefined ? null : decodeCursor(secrets, LIST, query.cursor)
  const state = fulfilmentMachine.states.find((known) => known === query.state)
  if (query.state !== undefined && state === undefined) return { items: [], next_cursor: null }
  const rows = await page(tx, query.location ?? null, state, position, limit + 1)
  const last = rows.slice(0, limit).at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    items: await viewFulfilments(tx, rows.slice(0, limit), may),
    next_cursor: more ? encodeCursor(secrets, LIST, [last.ship_by.toISOString(), last.fulfilment_id]) : null,
  }
}

async function page(
  tx: Tx,
  location_id: string | null,
  state: FulfilmentState | undefined,
  position: readonly unknown[] | null,
  limit: number,
): Promise<HeaderRow[]> {
  const [ship_by, fulfilment_id] = position ?? []
  if (position !== null && (typeof ship_by !== 'string' || typeof fulfilment_id !== 'string'))
    throw platformProblem('cursor_invalid')
  const after =
    typeof ship_by === 'string' && typeof fulfilment_id === 'string'
      ? { ship_by: new Date(ship_by), fulfilment_id }
      : null
  if (state !== undefined && !OPEN.includes(state))
    return endedPage(tx, location_id, state, after?.fulfilment_id ?? null, limit)
  return openPage(tx, location_id, state === undefined ? OPEN : [state], after, limit)
}

async function found(tx: Tx, text: string): Promise<HeaderRow[]> {
  if (isUuid(text.trim().toLowerCase())) return headersById(tx, [text.trim().toLowerCase()])
  const number = readHumanNumber(text)
  if (number === null) return []
  const orders = await ordersByNumber(tx, [number])
  return headersById(
    tx,
    await fulfilmentsOfOrders(
      tx,
      orders.map((order) => order.order_id),
      MOST,
    ),
  )
}
