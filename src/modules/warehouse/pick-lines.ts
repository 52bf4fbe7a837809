// Picking: each scan counts once, however often the handheld sends it; a cancelled order stops at the scan.
import type { Tx } from '../../platform/db.ts'
import { carryUnits } from './carry-units.ts'
import { lineAt, openWork, refuseStopped, type Work } from './open-work.ts'
import { warehouseProblem } from './problems.ts'
import type { UnitMove, WorkLine } from './rules.ts'
import { insertScans, knownScans, type NewScan } from './store-scans.ts'

export interface PickedLine {
  readonly fulfilment_line_no: number
  readonly quantity: number
  /** Made by the handheld: the same id again is the same scan. */
  readonly scan_id?: string
}

/** Picks the named units, or all that is left; answers nothing: read the fulfilment afterwards. */
export async function pickLines(tx: Tx, fulfilment_id: string, lines: readonly PickedLine[] | null): Promise<void> {
  const work = await openWork(tx, fulfilment_id)
  const wanted =
    lines ??
    work.lines
      .filter((line) => line.to_pick > 0)
      .map((line) => ({ fulfilment_line_no: line.fulfilment_line_no, quantity: line.to_pick }))
  const fresh = await newScans(tx, 'pick', work, wanted)
  if (fresh.length === 0) return
  if (work.state !== 'released' && work.state !== 'picking')
    throw warehouseProblem('fulfilment_not_released', { state: work.state })
  await carryUnits(tx, unitsToPick(work, fresh).map(picked), 'order.picked')
}

/** Enters scans; answers the lines of those that are new. Throws scan_reused where an id comes back with other content. */
export async function newScans(
  tx: Tx,
  kind: NewScan['kind'],
  work: Work,
  lines: readonly PickedLine[],
): Promise<(PickedLine & { readonly scan_id: string; readonly line: WorkLine })[]> {
  const named = lines.map((entry) => ({
    ...entry,
    scan_id: entry.scan_id ?? tx.newId(),
    line: lineAt(work, entry.fulfilment_line_no),
  }))
  const scans = named.map(
    ({ scan_id, line, quantity }): NewScan => ({
      scan_id,
      kind,
      subject_id: work.fulfilment_id,
      order_id: line.order_id,
      line_no: line.line_no,
      quantity,
    }),
  )
  const fresh = new Set(await insertScans(tx, scans))
  const repeated = scans.filter((scan) => !fresh.has(scan.scan_id))
  if (repeated.length > 0) {
    const known = new Map(
      (
        await knownScans(
          tx,
          repeated.map((scan) => scan.scan_id),
        )
      ).map((scan) => [scan.scan_id, scan]),
    )
    const other = repeated.find((scan) => !sameScan(scan, known.get(scan.scan_id)))
    if (other !== undefined) throw warehouseProblem('scan_reused', { scan_id: other.scan_id })
  }
  const seen = new Set<string>()
  return named.filter(({ scan_id }) => fresh.has(scan_id) && !seen.has(scan_id) && seen.add(scan_id))
}

function sameScan(scan: NewScan, known: NewScan | undefined): boolean {
  return (
    known !== undefined &&
    known.kind === scan.kind &&
    known.subject_id === scan.subject_id &&
    known.order_id === scan.order_id &&
    known.line_no === scan.line_no &&
    known.quantity === scan.quantity
  )
}

export interface UnitsOfLine {
  readonly line: WorkLine
  readonly quantity: number
}

/** Sums scans by line; throws where a line does not want so many, or its order no longer does. */
export function unitsToPick(work: Work, fresh: readonly UnitsOfLine[]): UnitsOfLine[] {
  return [...Map.groupBy(fresh, (scan) => scan.line)].map(([line, scans]) => {
    const quantity = scans.reduce((sum, scan) => sum + scan.quantity, 0)
    const { fulfilment_line_no, to_pick } = line
    if (quantity > to_pick) throw warehouseProblem('more_than_wanted', { fulfilment_line_no, left: to_pick })
    refuseStopped(work, line, 'released', quantity)
    return { line, quantity }
  })
}

function picked({ line, quantity }: UnitsOfLine): UnitMove {
  const { fulfilment_id, order_id, line_no } = line
  return { fulfilment_id, order_id, line_no, from: 'to_pick', to: 'picked', quantity }
}
