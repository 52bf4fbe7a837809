// One transaction for effect, reply and audit: it stays open until the route has made its answer, which is then kept before the commit.
import type { Actor, Tx } from '../db.ts'
import { type KeptReply, keepReply, type ReplyKey, takeKey } from '../idempotency.ts'
import type { Context, Runtime } from '../runtime.ts'
import type { AuditRow } from './audit-row.ts'
import { boundedTransaction } from './bounded-transaction.ts'
import type { RecordAudit } from './call.ts'

export interface Who {
  readonly tenant: string
  readonly actor: Actor
  readonly language: 'en' | 'zh'
}

export interface HoldPlan {
  readonly key: ReplyKey
  /** The route's answer as it will be sent. */
  serialise(result: unknown): KeptReply
  /** The row of the audit that is written beside the kept reply, in the same transaction; null for none. */
  auditOf(actor: Actor, reply: KeptReply, result: unknown): AuditRow | null
  /** Writes rows of the audit. */
  record: RecordAudit
  /** How the text is kept, where it may not stand there plainly. */
  seal(text: string): string
}

/** What came of it: made now, kept from an earlier request, or made without any transaction. */
export interface Outcome {
  readonly kind: 'made' | 'kept' | 'plain'
  readonly reply: KeptReply
  readonly result: unknown
}

/**
 * The context of an idempotent route. It takes exactly one transaction; what the route throws after its work, before it returns, still refuses the whole.
 * `finish` runs the route and answers only after the commit.
 */
export class HeldTransaction {
  readonly #runtime: Runtime
  readonly #plan: HoldPlan
  readonly #answered = Promise.withResolvers<unknown>()
  #ended: Promise<KeptReply> | null = null
  #kept: KeptReply | null = null
  #resumed = false

  constructor(runtime: Runtime, plan: HoldPlan) {
    this.#runtime = runtime
    this.#plan = plan
    this.#answered.promise.catch(() => undefined)
  }

  context(who: Who): Context {
    return {
      runtime: this.#runtime,
      ...who,
      now: this.#runtime.clock.now(),
      transaction: (work) => this.#transaction(who, work),
    }
  }

  #transaction<Result>(who: Who, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    if (this.#ended !== null)
      return Promise.reject(new Error('a route that keeps its reply has exactly one transaction'))
    return new Promise((resolve, reject) => {
      this.#ended = boundedTransaction(this.#runtime, who.tenant, who.actor, async (tx) => {
        if (this.#resumed) throw new Error('the answer of a lost transaction cannot be made again')
        this.#kept = await takeKey(tx, this.#plan.key)
        if (this.#kept !== null) throw new Error('kept')
        const result = await work(tx)
        this.#resumed = true
        resolve(result)
        const final = await this.#answered.promise
        const reply = this.#plan.serialise(final)
        await keepReply(tx, this.#plan.key, { status: reply.status, text: this.#plan.seal(reply.text) })
        const row = this.#plan.auditOf(tx.actor, reply, final)
        if (row !== null) await this.#plan.record(tx, [row])
        return reply
      })
      this.#ended.catch(reject)
    })
  }

  async finish(run: () => Promise<unknown>): Promise<Outcome> {
    try {
      const result = await run()
      this.#answered.resolve(result)
      if (this.#ended === null || !this.#resumed)
        return this.#keptOr({ kind: 'plain', reply: this.#plan.serialise(result), result })
      return { kind: 'made', reply: await this.#ended, result }
    } catch (error) {
      this.#answered.reject(error)
      await this.#ended?.catch(() => undefined)
      if (this.#kept !== null) return { kind: 'kept', reply: this.#kept, result: null }
      throw error
    }
  }

  #keptOr(plain: Outcome): Outcome {
    return this.#kept === null ? plain : { kind: 'kept', reply: this.#kept, result: null }
  }
}

/** Requests with the same key that are in this process now: the later ones wait for the first instead of holding connections. */
export class Twins {
  readonly #under_way = new Map<string, { body_sha256: Uint8Array; done: Promise<void> }>()

  get(name: string): { body_sha256: Uint8Array; done: Promise<void> } | undefined {
    return this.#under_way.get(name)
  }

  /** Notes that a request is under way; call the answer when it has ended. */
  begin(name: string, body_sha256: Uint8Array): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const entry = { body_sha256, done: promise }
    this.#under_way.set(name, entry)
    return () => {
      if (this.#under_way.get(name) === entry) this.#under_way.delete(name)
      resolve()
    }
  }
}
