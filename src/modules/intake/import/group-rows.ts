// Rows of one key that lie near each other are one group; the groups come out in the order in which they began.

export interface NumberedRow {
  /** From 1, the header not counted. */
  readonly row_no: number
  readonly cells: readonly string[]
}

export interface Group {
  /** From 1, in the order of the first rows. */
  readonly group_no: number
  readonly key: string
  readonly rows: readonly NumberedRow[]
  /** The same key came before and its group was over: the window of the mapping is too small for this file. */
  readonly late: boolean
}

interface Open {
  readonly group_no: number
  readonly key: string
  readonly rows: NumberedRow[]
  last_row_no: number
}

/**
 * Groups rows by key. A group is over once `window_rows` rows have come since its last one; with a window of 0 each row is a group.
 * Memory holds the open groups and, to tell late rows, the keys that were seen.
 */
export async function* groupRows(
  rows: AsyncIterable<readonly string[]>,
  keyOf: (cells: readonly string[]) => string | undefined,
  window_rows: number,
): AsyncGenerator<Group> {
  const open = new Map<string, Open>()
  const seen = new Set<string>()
  let row_no = 0
  let group_no = 0
  const close = (group: Open): Group => {
    open.delete(group.key)
    const late = seen.has(group.key)
    seen.add(group.key)
    return { group_no: group.group_no, key: group.key, rows: group.rows, late }
  }
  for await (const cells of rows) {
    row_no += 1
    const key = keyOf(cells) ?? ''
    const known = open.get(key)
    if (known === undefined)
      open.set(key, { group_no: ++group_no, key, rows: [{ row_no, cells }], last_row_no: row_no })
    else {
      known.rows.push({ row_no, cells })
      known.last_row_no = row_no
    }
    // The map is in the order of the first rows: a group that is still open holds those after it back.
    for (const group of open.values()) {
      if (row_no - group.last_row_no < window_rows) break
      yield close(group)
    }
  }
  for (const group of [...open.values()]) yield close(group)
}
