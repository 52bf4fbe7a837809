// The report of an import as people read it: how many, how fast, what became of every row, and the sum that must come out.
import type { ImportResult } from '../modules/intake/index.ts'

/** Says what an import did; the classes of rows sum to the file, and the line before the last says so in one equation. */
export function importReport(result: ImportResult, currency: string, seconds: number): string {
  const { proof, orders } = result
  const width = Math.max(...proof.classes.map(({ amount }) => amount.length), proof.file.amount.length)
  const line = (name: string, rows: number, amount: string) =>
    `  ${name.padEnd(32)} ${String(rows).padStart(9)} rows  ${amount.padStart(width)} ${currency}`
  const groups = Object.entries(orders).map(([outcome, count]) => `${count} ${outcome}`)
  const rate = (count: number) => Math.round(count / Math.max(seconds, 0.001))
  const { accepted, returned, staged, rejected } = proof.sums
  return [
    `${result.run_id === null ? 'dry run, nothing kept' : `import ${result.run_id}`}: ${result.groups} groups of rows: ${groups.join(', ')}`,
    `  ${seconds.toFixed(1)} s, ${rate(proof.file.rows)} rows/s, ${rate(result.groups)} groups/s`,
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
    ...(orders.staged === undefined ? [] : [stagedHint(result)]),
  ].join('\n')
}

function stagedHint({ proof }: ImportResult): string {
  const reasons = proof.classes.filter(({ outcome }) => outcome === 'staged').map(({ reason }) => reason)
  const shop = reasons.includes('unknown_channel') || reasons.includes('unknown_sku')
  return `  staged orders wait in Ordo: mend the cause${shop ? ' (ordo import setup makes shop and SKUs)' : ''}, then POST /intake/staged/replay`
}
