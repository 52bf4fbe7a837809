// Which line a customer gives back: the latest earlier one of that SKU with units left, then the one before it.

export interface Sold {
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
}

interface Left {
  readonly order_id: string
  readonly line_no: number
  left: number
}

/** What customers have bought and not given back; changes since a mark can be taken back when their transaction is tried again. */
export class SoldLedger {
  readonly #lines = new Map<string, Left[]>()
  #undo: (() => void)[] = []

  /** Forgets how to undo what came before: it is committed. */
  mark(): void {
    this.#undo = []
  }

  /** Takes back everything since the mark. */
  undo(): void {
    for (const back of this.#undo.reverse()) back()
    this.#undo = []
  }

  sold(customer: string, sku: string, line: Sold): void {
    const key = `${customer} ${sku}`
    const lines = this.#lines.get(key) ?? []
    this.#lines.set(key, lines)
    lines.push({ order_id: line.order_id, line_no: line.line_no, left: line.quantity })
    this.#undo.push(() => lines.pop())
  }

  /** The lines that these units came from, the latest first; null where the customer has not so many left, and then nothing is taken. */
  takeBack(customer: string, sku: string, quantity: number): Sold[] | null {
    const lines = this.#lines.get(`${customer} ${sku}`) ?? []
    const taken: { line: Left; quantity: number }[] = []
    let wanted = quantity
    for (let index = lines.length - 1; index >= 0 && wanted > 0; index--) {
      const line = lines[index]
      if (line === undefined || line.left === 0) continue
      const part = Math.min(line.left, wanted)
      taken.push({ line, quantity: part })
      wanted -= part
    }
    if (wanted > 0) return null
    for (const part of taken) {
      part.line.left -= part.quantity
      this.#undo.push(() => {
        part.line.left += part.quantity
      })
    }
    return taken.map((part) => ({ order_id: part.line.order_id, line_no: part.line.line_no, quantity: part.quantity }))
  }
}
