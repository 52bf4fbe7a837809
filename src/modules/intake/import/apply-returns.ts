// Goods that a file says came back are given back once they are delivered, by whoever takes returns; each exactly once.
import type { Tx } from '../../../platform/db.ts'
import type { Context } from '../../../platform/runtime.ts'
import { countReturns, lockReturns, type ReturnCount, settleReturns } from '../store-imports.ts'

export interface GivenBack {
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
  readonly reason: string
  readonly at: Date
}

/** Takes units back, each entry whole or not at all; answers in order the return that each became, or why it became none. */
export type TakeBack = (
  tx: Tx,
  entries: readonly GivenBack[],
) => Promise<readonly { readonly return_id: string | null; readonly problem: string | null }[]>

const ROWS_AT_ONCE = 200

/** Applies the returns of an import in the order of their orders; answers how many rows and units are done and how many failed. */
export async function applyReturns(context: Context, run_id: string, takeBack: TakeBack): Promise<ReturnCount[]> {
  for (let more = true; more; ) {
    more = await context.transaction(async (tx) => {
      const rows = await lockReturns(tx, run_id, ROWS_AT_ONCE)
      if (rows.length === 0) return false
      const answers = await takeBack(
        tx,
        rows.map(({ order_id, line_no, quantity, returned_at }) => ({
          order_id,
          line_no,
          quantity,
          reason: 'import',
          at: returned_at,
        })),
      )
      await settleReturns(
        tx,
        rows.map(({ source_key, part_no }, index) => ({
          source_key,
          part_no,
          return_id: answers[index]?.return_id ?? null,
          problem: answers[index] === undefined ? 'no answer' : answers[index].problem,
        })),
      )
      return true
    })
  }
  return context.transaction((tx) => countReturns(tx, run_id))
}
