// The review queue: each case with what it rests on, the order, the buyer's history and the decision that is under way.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { HoldReason } from '../../contracts/views-orders.ts'
import type { Evidence, ReviewCase } from '../../contracts/views-review.ts'
import type { Tx } from '../../platform/db.ts'
import { maskAddress, maskEmail, maskName, maskPhone } from '../../platform/masking.ts'
import { customerHistory, loadOrders, type OrderFacts, type PersonRow, personsOf } from '../orders/index.ts'
import { reviewPolicy } from './read-rules.ts'
import { needsTwo } from './rules.ts'
import { countQueue, type QueuePage, type QueueRow, readQueue } from './store.ts'

const Reasons = Compile(Type.Array(HoldReason, { maxItems: 50 }))
const LINES_AT_MOST = 200
const MANY = 1000

export interface ReviewPage {
  readonly items: readonly ReviewCase[]
  readonly total: number
  readonly next: QueueRow | null
}

/** A page of the queue, the longest waiting first; personal data is masked. */
export async function viewQueue(tx: Tx, page: QueuePage): Promise<ReviewPage> {
  const found = await readQueue(tx, { ...page, limit: page.limit + 1 })
  const rows = found.slice(0, page.limit)
  const ids = rows.map((row) => row.order_id)
  const policy = await reviewPolicy(tx)
  const orders = new Map((await loadOrders(tx, ids, { lock: false })).map((order) => [order.order_id, order]))
  const persons = await personsOf(tx, ids)
  const histories = await customerHistory(tx, persons.values())
  const items = rows.map((row): ReviewCase => {
    const history = histories.get(row.order_id)
    return {
      ...caseOfRow(row),
      four_eyes: {
        required: needsTwo(policy, row.total, row.currency),
        first_by: row.second_by === null && row.state === 'first' ? row.decided_by : null,
      },
      person: maskedPerson(persons.get(row.order_id)),
      ...linesOf(orders.get(row.order_id)),
      history: {
        orders: Math.min(history?.orders ?? 0, MANY),
        total: Number(history?.total ?? 0n),
        first_order_at: history?.first_order_at?.toISOString() ?? null,
        returns: Math.min(history?.returns ?? 0, MANY),
      },
    }
  })
  return {
    items,
    total: await countQueue(tx, page.kind),
    next: found.length > page.limit ? (rows.at(-1) ?? null) : null,
  }
}

type OwnFields = Omit<ReviewCase, 'four_eyes' | 'person' | 'lines' | 'line_count' | 'history'>

function caseOfRow(row: QueueRow): OwnFields {
  const reasons = Reasons.Check(row.reasons) ? row.reasons : []
  const { hold_id, order_id, number, channel, kind, currency, payment_method, owner } = row
  return {
    hold_id,
    order_id,
    number,
    channel,
    kind,
    reasons,
    blocks: row.blocks.flatMap(blockedAction),
    evidence: reasons.map(evidenceOf),
    placed_at: row.placed_at.toISOString(),
    expires_at: (row.expires_at ?? row.lapses_at)?.toISOString() ?? null,
    due_at: row.answer_due_at?.toISOString() ?? null,
    owner,
    pending: pendingOf(row),
    currency,
    total: Number(row.total),
    payment_method,
    order_placed_at: row.order_placed_at.toISOString(),
    ship_to: { country: row.ship_country, region: row.ship_region, city: row.ship_city, postcode: row.ship_postcode },
  }
}

function pendingOf({ state, decision, effective_at, decided_by, second_by }: QueueRow): ReviewCase['pending'] {
  if (state !== 'pending' || effective_at === null || decided_by === null) return null
  if (decision !== 'approve' && decision !== 'reject' && decision !== 'hold') return null
  return { decision, effective_at: effective_at.toISOString(), by: second_by ?? decided_by }
}

function evidenceOf({ code, detail = {} }: ReviewCase['reasons'][number]): Evidence {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value))
  return {
    code,
    weight: detail.weight === 'danger' ? 'danger' : 'warning',
    value: text(detail.value),
    limit: text(detail.limit),
  }
}

function blockedAction(action: string): ('confirm' | 'allocate' | 'release' | 'ship')[] {
  return action === 'confirm' || action === 'allocate' || action === 'release' || action === 'ship' ? [action] : []
}

function maskedPerson(person: PersonRow | undefined): ReviewCase['person'] {
  if (person === undefined) return null
  return {
    masked: true,
    name: person.name === null ? null : maskName(person.name),
    email: person.email === null ? null : maskEmail(person.email),
    phone: person.phone === null ? null : maskPhone(person.phone),
    address_lines: (person.address_lines ?? []).slice(0, 10).map(maskAddress),
    district: person.district,
    note: person.note === null ? null : '•••',
    erased: person.erased_at !== null,
  }
}

function linesOf(order: OrderFacts | undefined): Pick<ReviewCase, 'lines' | 'line_count'> {
  const lines = order?.lines ?? []
  return {
    lines: lines
      .slice(0, LINES_AT_MOST)
      .map(({ line_no, sku, title, ordered, net }) => ({ line_no, sku, title, quantity: ordered, net: Number(net) })),
    line_count: lines.length,
  }
}
