// The customer's page of one order: brief for whoever knows number and phone, full for the signed link.
import type { ShopView, TrackingView, TrackParcel } from '../../contracts/views-tracking.ts'
import type { Tx } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { loadOrders, type OrderFacts, personOf } from '../orders/index.ts'
import { carriers, type ParcelLine, type ParcelRow, parcelLines, parcelsOfOrders } from '../shipping/index.ts'
import { trackingProblem } from './problems.ts'
import { isTrouble, RANK_LOST } from './rank-scans.ts'
import { answerOf, type Known, lateOf, stepsOf } from './rules-answer.ts'
import { type ParcelScan, scansOf, type TrackRow, tracksOf } from './store.ts'
import { eventTimes, promisesOf, shopSettings } from './store-public.ts'

/** The merchant as its customers know it. */
export async function viewShop(tx: Tx, tenant: Tenant): Promise<ShopView> {
  const [row] = await shopSettings(tx)
  const text = (key: string): string | null => {
    const value: unknown =
      typeof row?.settings === 'object' && row.settings !== null ? Reflect.get(row.settings, key) : null
    return typeof value === 'string' ? value : null
  }
  return {
    code: tenant.code,
    name: tenant.name,
    colour: text('colour'),
    help_url: text('help_url'),
    help_phone: text('help_phone'),
    locale: tenant.locale,
  }
}

export interface Showing {
  readonly level: 'brief' | 'full'
  readonly language: 'en' | 'zh'
}

/** The page of an order. */
export async function viewTracking(tx: Tx, tenant: Tenant, order_id: string, showing: Showing): Promise<TrackingView> {
  const { level } = showing
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) throw trackingProblem('track_link_invalid')
  const rows = (await parcelsOfOrders(tx, [order_id])).filter((parcel) => parcel.state !== 'voided')
  const parcels = await viewParcels(tx, rows, order, showing)
  const open = await promisesOf(tx, order_id)
  const times = new Map((await eventTimes(tx, order_id)).map((row) => [row.type, row.at]))
  const known: Known = {
    order,
    times,
    parcels,
    promised_at: latest([...rows.map((parcel) => parcel.promised_at), ...open.map((row) => row.promised_at)]),
    now: tx.now,
  }
  const person = level === 'full' ? await personOf(tx, order_id) : null
  return {
    shop: await viewShop(tx, tenant),
    level,
    number: order.number,
    placed_at: order.placed_at.toISOString(),
    answer: answerOf(known),
    steps: stepsOf(known),
    late: lateOf(known),
    parcels: parcels.map(({ trouble: _trouble, ...parcel }) => parcel),
    waiting_items: level === 'full' ? waitingItems(order) : [],
    destination: {
      country: order.ship_country,
      region: order.ship_region,
      city: order.ship_city,
      name: person?.name ?? null,
      address: person === null ? null : addressText(order.ship_country, person.district, person.address_lines ?? []),
    },
    time_zone: tenant.time_zone,
  }
}

/** The address below city and region, in the order of its country: in China from the large to the small, without commas. */
function addressText(
  country: string | null,
  district: string | null | undefined,
  lines: readonly string[],
): string | null {
  const parts = country === 'CN' ? [district, ...lines] : [...lines, district]
  return parts.filter(Boolean).join(country === 'CN' ? '' : ', ') || null
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce<Date | null>((last, at) => (at !== null && (last === null || at > last) ? at : last), null)
}

function waitingItems(order: OrderFacts): TrackingView['waiting_items'] {
  return order.lines
    .map((line) => ({
      title: line.title ?? line.sku,
      quantity:
        line.units.open +
        line.units.backordered +
        line.units.reserved +
        line.units.allocated +
        line.units.released +
        line.units.picked,
    }))
    .filter((item) => item.quantity > 0)
    .slice(0, 200)
}

type ShownParcel = TrackParcel & { readonly trouble: string | null }

async function viewParcels(
  tx: Tx,
  rows: readonly ParcelRow[],
  order: OrderFacts,
  { level, language }: Showing,
): Promise<ShownParcel[]> {
  const ids = rows.slice(0, 50).map((parcel) => parcel.parcel_id)
  if (ids.length === 0) return []
  const tracks = new Map((await tracksOf(tx, ids)).map((track) => [track.parcel_id, track]))
  const scans =
    level === 'full' ? Map.groupBy(await scansOf(tx, ids), (scan) => scan.parcel_id) : new Map<string, ParcelScan[]>()
  const lines =
    level === 'full'
      ? Map.groupBy(await parcelLines(tx, ids), (line) => line.parcel_id)
      : new Map<string, ParcelLine[]>()
  const listed = await carriers(tx)
  return rows.slice(0, 50).map((parcel) => {
    const track = tracks.get(parcel.parcel_id)
    const promised = parcel.promised_at?.toISOString() ?? null
    return {
      tracking_number: level === 'full' ? parcel.tracking_number : null,
      carrier_name:
        (language === 'zh' ? listed.get(parcel.carrier)?.name_zh : undefined) ??
        listed.get(parcel.carrier)?.name ??
        parcel.carrier,
      carrier_url: null,
      state: shownState(parcel, track),
      earliest: promised,
      latest: promised,
      delivered_at: parcel.delivered_at?.toISOString() ?? null,
      items: (lines.get(parcel.parcel_id) ?? [])
        .filter((line) => line.order_id === order.order_id)
        .slice(0, 200)
        .map((line) => ({ title: titleOf(order, line), quantity: line.quantity })),
      scans: (scans.get(parcel.parcel_id) ?? [])
        .toReversed()
        .slice(0, 100)
        .map(({ code, at, place }) => ({ code, at: at.toISOString(), place, text: null })),
      trouble: track?.last_code ?? null,
    }
  })
}

function titleOf(order: OrderFacts, line: ParcelLine): string {
  return order.lines.find((candidate) => candidate.line_no === line.line_no)?.title ?? line.sku
}

function shownState(parcel: ParcelRow, track: TrackRow | undefined): TrackParcel['state'] {
  if (parcel.state === 'packed' || parcel.state === 'labelled' || parcel.state === 'voided') return 'packed'
  if (parcel.state !== 'handed_over') return parcel.state
  if (track === undefined || track.status === 'waiting') return 'handed_over'
  if (track.rank < RANK_LOST && track.last_code !== null && isTrouble(track.last_code)) return 'exception'
  return track.status
}
