// A message on its way in: what was sent, its canonical text and hash, whose it is; and what became of it.
import { hash } from 'node:crypto'
import type { IntakeOrder, Reason } from '../../contracts/order-intake.ts'
import type { AuditRow } from '../../platform/http/audit-row.ts'
import type { Accepted } from '../orders/index.ts'
import type { Difference } from './compare-content.ts'
import { canonicalText } from './normalise-message.ts'

export type Source = 'api' | 'bulk' | 'import' | 'connector' | 'edi'

/** What the audit will say of a request, without what only its outcome tells. */
export type Request = Pick<AuditRow, 'route' | 'request_id' | 'count' | 'request_digest'>

export interface Incoming {
  readonly message: IntakeOrder
  readonly canonical: string
  readonly sha256: Buffer
  readonly source: Source
  /** null where the request is audited with another message of it, or by a command. */
  readonly request: Request | null
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly order: Accepted; readonly repeated: boolean }
  | {
      readonly kind: 'staged'
      readonly staged_id: string
      readonly channel: string
      readonly external_id: string
      readonly reasons: readonly Reason[]
      readonly repeated: boolean
    }
  | { readonly kind: 'conflict'; readonly order: Accepted; readonly differences: readonly Difference[] }

/** Makes a message ready: its external id in Unicode form C, because that is how the key is stored. */
export function incoming(sent: IntakeOrder, source: Source, request: Request | null = null): Incoming {
  const external_id = sent.external_id.normalize()
  const message = external_id === sent.external_id ? sent : { ...sent, external_id }
  const canonical = canonicalText(message)
  return { message, canonical, sha256: hash('sha256', canonical, 'buffer'), source, request }
}

/** (channel, external_id) as one text: neither holds U+0000. */
export function keyOf({ channel, external_id }: { readonly channel: string; readonly external_id: string }): string {
  return `${channel}\u0000${external_id}`
}
