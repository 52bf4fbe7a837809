// The proof of an import: every row and every amount of the file is in exactly one class, and the classes sum to the file.
import { formatMicro, type Micro } from './decimal.ts'

export type RowOutcome = 'accepted' | 'charge' | 'returned' | 'staged' | 'rejected'

interface Sum {
  rows: number
  amount: Micro
}

export class Tally {
  readonly #file: Sum = { rows: 0, amount: 0n }
  readonly #classes = new Map<string, Sum>()
  unreadable = 0

  /** Counts a row as it was read, before anything is decided of it. */
  read(worth: Micro | undefined): void {
    add(this.#file, worth)
    if (worth === undefined) this.unreadable += 1
  }

  /** Counts what became of a row. */
  settle(outcome: RowOutcome, reason: string | null, worth: Micro | undefined): void {
    const key = reason === null ? outcome : `${outcome} ${reason}`
    const sum = this.#classes.get(key) ?? { rows: 0, amount: 0n }
    this.#classes.set(key, sum)
    add(sum, worth)
  }

  /** Rows and amount of the classes that begin with `outcome`. */
  of(outcome: RowOutcome): Sum {
    const sum = { rows: 0, amount: 0n }
    for (const [key, part] of this.#classes) {
      if (key !== outcome && !key.startsWith(`${outcome} `)) continue
      sum.rows += part.rows
      sum.amount += part.amount
    }
    return sum
  }

  /** Whether the classes sum to the file, in rows and in money. */
  balances(): boolean {
    let rows = 0
    let amount = 0n
    for (const sum of this.#classes.values()) {
      rows += sum.rows
      amount += sum.amount
    }
    return rows === this.#file.rows && amount === this.#file.amount
  }

  /** The figures as JSON carries them: amounts as exact decimals. */
  figures() {
    const plain = (sum: Sum) => ({ rows: sum.rows, amount: formatMicro(sum.amount) })
    const classes = [...this.#classes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, sum]) => {
        const [outcome = '', reason = null] = key.split(' ')
        return { outcome, reason, ...plain(sum) }
      })
    return {
      file: plain(this.#file),
      /** The classes in four: what became orders (goods and charges), what came back, what waits, what was refused. */
      sums: {
        accepted: plain(total(this.of('accepted'), this.of('charge'))),
        returned: plain(this.of('returned')),
        staged: plain(this.of('staged')),
        rejected: plain(this.of('rejected')),
      },
      classes,
      balances: this.balances(),
      unreadable: this.unreadable,
    }
  }
}

function total(a: Sum, b: Sum): Sum {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount }
}

function add(sum: Sum, worth: Micro | undefined): void {
  sum.rows += 1
  sum.amount += worth ?? 0n
}
