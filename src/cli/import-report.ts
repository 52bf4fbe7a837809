// The report of an import as people read it: how many, how fast, what became of every row, and the sum that must come out.
import type { Mapping } from '../contracts/intake-mapping.ts'
import type { ImportResult } from '../modules/intake/index.ts'

/** Says what an import did; the classes of rows sum to the file, and the line before the last says so in one equation. */
export function importReport(result: ImportResult, { currency, setup }: Mapping, seconds: number): string {
  const { proof, orders } = result
  const width = Math.max(...proof.classes.map(({ amount }) => amount.length), proof.file.amount.length)
  const line = (name: string, rows: number, amount: string) =>
    `  ${name.padEnd(32)} ${String(rows).padStart(9)} rows  ${amount.padStart(width)} ${currency}`
  const groups = Object.entries(orders).map(([outcome, count]) => `${count} ${outcome}`)
  // not money: seconds
  const took = seconds.toFixed(1)
  const rate = (count: number) => Math.round(count / Math.max(seconds, 0.001))
  const { accepted, returned, staged, rejected } = proof.sums
  return [
    `${result.run_id === null ? 'dry run, nothing kept' : `import ${result.run_id}`}: ${result.groups} groups of rows: ${groups.join(', ')}`,
    `  ${took} s, ${rate(proof.file.rows)} rows/s, ${rate(result.groups)} groups/s`,
    ...(result.cancelled === 0
      ? []
      : [`  ${result.cancelled} of the orders were cancelled at the channel: placed and cancelled`]),
    line('the file', proof.file.rows, proof.file.amount),
    ...proof.classes.map(({ outcome, reason, rows, amount }) =>
      line(`= ${outcome}${reason === null ? '' : ` (${reason})`}`, rows, amount),
    ),
    ...(proof.unreadable === 0 ? [] : [`  ${proof.unreadable} rows have no readable amount and count as 0`]),
    `  ${proof.file.amount} = ${accepted.amount} accepted (goods and charges) + ${rejected.amount} rejected + ${returned.amount} returned${
      staged.rows === 0 ? '' : ` + ${staged.amount} staged`
    } ${currency}`,
    proof.balances ? '  rows and money add up' : '  ROWS OR MONEY DO NOT ADD UP',
    ...(orders.staged === undefined ? [] : [stagedHint(result, setup !== undefined)]),
  ].join('\n')
}

function stagedHint({ proof, run_id }: ImportResult, has_setup: boolean): string {
  const reasons = proof.classes.filter(({ outcome }) => outcome === 'staged').map(({ reason }) => reason)
  const isMissing = reasons.includes('unknown_channel') || reasons.includes('unknown_sku')
  const how = isMissing && has_setup ? ' (ordo import setup makes the shop and its SKUs)' : ''
  return run_id === null
    ? `  staged orders would wait for their cause to be mended${how}`
    : `  staged orders wait: mend their cause${how}, then POST /intake/staged/replay`
}
