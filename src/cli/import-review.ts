// Review rules for orders of the past: the rows that give a waived reason no longer look at the orders of one channel; all other channels keep theirs.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { putReviewRules, reviewRules } from '../modules/review/index.ts'
import type { Tx } from '../platform/db.ts'

const open = { additionalProperties: true } as const
const Column = Type.Object({ id: Type.String(), field: Type.Optional(Type.String()) }, open)
const Table = Compile(
  Type.Object(
    {
      inputs: Type.Array(Column, { maxItems: 50 }),
      outputs: Type.Array(Column, { maxItems: 50 }),
      rules: Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 2000 }),
    },
    open,
  ),
)
const Document = Compile(
  Type.Object(
    {
      nodes: Type.Array(Type.Object({ type: Type.String(), content: Type.Optional(Type.Unknown()) }, open), {
        maxItems: 200,
      }),
    },
    open,
  ),
)
const Channels = Compile(Type.Array(Type.String(), { maxItems: 1000 }))
const EXCEPT = /^not in (\[.*\])$/

export interface Waived {
  readonly document: unknown
  /** Rows that were changed now. */
  readonly changed: number
  /** Rows that give a waived reason by a condition on channels that somebody wrote: they are left as they are. */
  readonly left: readonly string[]
}

/** The document with every row that gives one of these reasons limited to the other channels; the same again changes nothing more. */
export function waiveReasons(document: unknown, channel: string, reasons: readonly string[]): Waived {
  if (!Document.Check(document)) return { document, changed: 0, left: [] }
  let changed = 0
  const left: string[] = []
  const nodes = document.nodes.map((node) => {
    if (node.type !== 'decisionTableNode' || !Table.Check(node.content)) return node
    const { inputs, outputs, rules } = node.content
    const code = outputs.find((column) => column.field === 'code')?.id
    if (code === undefined) return node
    const known = inputs.find((column) => column.field === 'channel')
    const column = known ?? { id: 'channel', name: 'channel', field: 'channel' }
    const rows = rules.map((row) => {
      if (!reasons.some((reason) => row[code]?.trim() === JSON.stringify(reason))) return row
      const cell = exceptFor(row[column.id]?.trim() ?? '', channel)
      if (cell === null) left.push(row._id ?? reasons.join(' '))
      if (cell === null || cell === row[column.id]) return row
      changed += 1
      return { ...row, [column.id]: cell }
    })
    return {
      ...node,
      content: { ...node.content, inputs: known === undefined ? [...inputs, column] : inputs, rules: rows },
    }
  })
  return { document: changed === 0 ? document : { ...document, nodes }, changed, left }
}

// null: a condition on channels that this one may meet and that cannot be narrowed without reading it.
function exceptFor(cell: string, channel: string): string | null {
  if (cell === '') return `not in ${JSON.stringify([channel])}`
  const list = EXCEPT.exec(cell)?.[1]
  const channels: unknown = list === undefined ? null : parsed(list)
  if (!Channels.Check(channels)) return cell.includes(JSON.stringify(channel)) ? null : cell
  return channels.includes(channel) ? cell : `not in ${JSON.stringify([...channels, channel])}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Sets the tenant's review rules so that orders of this channel are not held for these reasons; answers what was changed. */
export async function waiveReviews(tx: Tx, channel: string, reasons: readonly string[]): Promise<Waived> {
  const waived = waiveReasons(await reviewRules(tx), channel, reasons)
  if (waived.changed > 0)
    await putReviewRules(
      tx,
      waived.document,
      `import setup: orders of ${channel} are not held for ${reasons.join(', ')}`,
    )
  return waived
}
