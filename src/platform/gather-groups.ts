// Group commit: calls that come at the same time share one transaction, each gets its own answer, and one bad call fails alone.

export interface GroupLimits {
  /** Items at most in one group. */
  readonly size: number
  /** How long a group waits for more while another is on its way, in milliseconds. */
  readonly wait_ms: number
  /** Groups of one queue on their way at a time. */
  readonly in_flight: number
  /** Items that may wait in one queue; beyond that `add` throws what `full` makes. */
  readonly waiting: number
  readonly full: () => Error
}

export interface Groups<Item, Answer> {
  /** Puts an item into the queue; items of another `kind` are never in the same group. */
  add(queue: string, kind: string, item: Item): Promise<Answer>
  /** Items that wait or are on their way, all queues. */
  load(): number
}

interface Waiting<Item, Answer> {
  readonly kind: string
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

interface Queue<Item, Answer> {
  waiting: Waiting<Item, Answer>[]
  in_flight: number
  timer: NodeJS.Timeout | NodeJS.Immediate | null
}

/**
 * Runs `run` on groups of items. It answers one answer per item in order, or throws: then each item of the group runs alone,
 * unless `hopeless` says that trying again at once is of no use (the database is away). Alone among many, the first group leaves
 * in the same turn of the event loop, so an idle Ordo adds no wait; while others are on their way, more gather.
 */
export function gatherGroups<Item, Answer>(
  limits: GroupLimits,
  run: (queue: string, kind: string, items: readonly Item[]) => Promise<readonly Answer[]>,
  hopeless: (error: unknown) => boolean,
): Groups<Item, Answer> {
  const queues = new Map<string, Queue<Item, Answer>>()
  let load = 0

  function plan(name: string, queue: Queue<Item, Answer>): void {
    if (queue.in_flight >= limits.in_flight || queue.waiting.length === 0) return
    if (queue.waiting.length >= limits.size) {
      depart(name, queue)
      return
    }
    if (queue.timer !== null) return
    const leave = () => {
      queue.timer = null
      depart(name, queue)
    }
    queue.timer = queue.in_flight === 0 ? setImmediate(leave) : setTimeout(leave, limits.wait_ms)
  }

  function depart(name: string, queue: Queue<Item, Answer>): void {
    const group = take(queue, limits.size)
    const kind = group[0]?.kind
    if (kind === undefined || queue.in_flight >= limits.in_flight) {
      queue.waiting.unshift(...group)
      return
    }
    queue.in_flight += 1
    void settle(name, kind, group).finally(() => {
      queue.in_flight -= 1
      load -= group.length
      if (queue.in_flight === 0 && queue.waiting.length === 0 && queue.timer === null) queues.delete(name)
      else plan(name, queue)
    })
    if (queue.waiting.length >= limits.size) plan(name, queue)
  }

  async function settle(name: string, kind: string, group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      answer(
        group,
        await run(
          name,
          kind,
          group.map((one) => one.item),
        ),
      )
    } catch (error) {
      if (group.length === 1 || hopeless(error)) for (const one of group) one.reject(error)
      else for (const one of group) await settle(name, kind, [one])
    }
  }

  return {
    load: () => load,
    add(name, kind, item) {
      const queue = queues.get(name) ?? { waiting: [], in_flight: 0, timer: null }
      if (queue.waiting.length >= limits.waiting) return Promise.reject(limits.full())
      queues.set(name, queue)
      load += 1
      return new Promise((resolve, reject) => {
        queue.waiting.push({ kind, item, resolve, reject })
        plan(name, queue)
      })
    },
  }
}

// The oldest item says whose group it is; those of others keep their place.
function take<Item, Answer>(queue: Queue<Item, Answer>, size: number): Waiting<Item, Answer>[] {
  const kind = queue.waiting[0]?.kind
  const group: Waiting<Item, Answer>[] = []
  const rest: Waiting<Item, Answer>[] = []
  for (const one of queue.waiting) (one.kind === kind && group.length < size ? group : rest).push(one)
  queue.waiting = rest
  return group
}

function answer<Item, Answer>(group: readonly Waiting<Item, Answer>[], answers: readonly Answer[]): void {
  for (const [index, one] of group.entries()) {
    const mine = answers[index]
    if (mine === undefined) one.reject(new Error('a group answered fewer items than it had'))
    else one.resolve(mine)
  }
}
