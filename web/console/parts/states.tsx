// States are told by word, colour and icon together, never by colour alone.
import { useText } from '../text.ts'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'idle' | 'info' | 'ok' | 'warn' | 'bad' | 'back'
type Look = readonly [Tone, IconName]

const LOOKS: Readonly<Record<string, Readonly<Record<string, Look>>>> = {
  commercial: {
    draft: ['idle', 'circle'],
    placed: ['info', 'circle'],
    confirmed: ['ok', 'check'],
    closed: ['idle', 'done'],
    cancelled: ['idle', 'crossed'],
    rejected: ['bad', 'crossed'],
  },
  money: {
    none: ['idle', 'minus'],
    unpaid: ['warn', 'circle'],
    pending: ['warn', 'clock'],
    authorised: ['info', 'half'],
    partly_captured: ['info', 'half'],
    captured: ['ok', 'done'],
    on_delivery: ['info', 'truck'],
    partly_refunded: ['back', 'back'],
    refunded: ['back', 'back'],
    voided: ['idle', 'crossed'],
    failed: ['bad', 'stop'],
  },
  fulfilment: {
    open: ['idle', 'circle'],
    backordered: ['warn', 'clock'],
    partly_reserved: ['warn', 'half'],
    reserved: ['info', 'circle'],
    allocated: ['info', 'pin'],
    released: ['info', 'inbox'],
    picking: ['info', 'half'],
    packed: ['info', 'stock'],
    partly_shipped: ['info', 'truck'],
    shipped: ['info', 'truck'],
    delivered: ['ok', 'done'],
    returned: ['back', 'back'],
    cancelled: ['idle', 'crossed'],
  },
  service: {
    clear: ['idle', 'check'],
    held: ['bad', 'pause'],
    exception: ['bad', 'exceptions'],
    return: ['back', 'back'],
  },
  work: {
    planned: ['idle', 'circle'],
    released: ['info', 'inbox'],
    picking: ['info', 'half'],
    packed: ['info', 'stock'],
    shipped: ['info', 'truck'],
    delivered: ['ok', 'done'],
    lost: ['bad', 'stop'],
    cancelled: ['idle', 'crossed'],
  },
  parcel: {
    packed: ['info', 'stock'],
    labelled: ['info', 'stock'],
    handed_over: ['info', 'truck'],
    in_transit: ['info', 'truck'],
    out_for_delivery: ['info', 'truck'],
    delivered: ['ok', 'done'],
    exception: ['bad', 'exceptions'],
    returned: ['back', 'back'],
    lost: ['bad', 'stop'],
    cancelled: ['idle', 'crossed'],
  },
  trouble: {
    stuck: ['warn', 'clock'],
    trouble: ['bad', 'exceptions'],
    lost: ['bad', 'stop'],
    returned: ['back', 'back'],
  },
  stock: { out: ['bad', 'stop'], low: ['warn', 'exceptions'], ok: ['ok', 'check'] },
  tender: {
    new: ['idle', 'circle'],
    pending: ['warn', 'clock'],
    authorised: ['info', 'half'],
    captured: ['ok', 'done'],
    failed: ['bad', 'stop'],
    expired: ['bad', 'clock'],
    cancelled: ['idle', 'crossed'],
  },
  flow: { ok: ['ok', 'check'], slow: ['warn', 'clock'], stuck: ['bad', 'stop'] },
  promise: {
    none: ['idle', 'check'],
    at_risk: ['warn', 'clock'],
    late: ['bad', 'exceptions'],
    kept: ['ok', 'done'],
    missed: ['bad', 'stop'],
  },
  staff: { active: ['ok', 'check'], locked: ['warn', 'pause'], left: ['idle', 'crossed'] },
  webhook: { active: ['ok', 'check'], paused: ['warn', 'pause'], disabled: ['bad', 'stop'] },
  import: { running: ['info', 'half'], done: ['ok', 'done'], failed: ['bad', 'stop'], cancelled: ['idle', 'crossed'] },
  fullness: {
    full: ['bad', 'stop'],
    tight: ['warn', 'half'],
    room: ['ok', 'check'],
    resting: ['idle', 'pause'],
    closed: ['idle', 'crossed'],
    unlimited: ['idle', 'circle'],
  },
  experiment: { running: ['info', 'half'], stopped: ['idle', 'done'] },
  comparison: {
    waiting: ['idle', 'clock'],
    running: ['info', 'half'],
    done: ['ok', 'done'],
    cancelled: ['idle', 'crossed'],
    failed: ['bad', 'stop'],
  },
  disruption: {
    draft: ['idle', 'clock'],
    planned: ['info', 'circle'],
    applying: ['warn', 'half'],
    active: ['bad', 'stop'],
    undoing: ['warn', 'half'],
    undone: ['back', 'back'],
    ended: ['idle', 'done'],
    discarded: ['idle', 'crossed'],
  },
  promotion: {
    planned: ['info', 'clock'],
    active: ['warn', 'half'],
    ended: ['idle', 'done'],
    cancelled: ['idle', 'crossed'],
  },
  degraded: {
    suspected: ['warn', 'circle'],
    failing: ['bad', 'exceptions'],
    recovering: ['info', 'clock'],
    over: ['ok', 'done'],
  },
  reconciled: {
    waiting: ['warn', 'clock'],
    same: ['ok', 'done'],
    kept: ['warn', 'pin'],
    moved: ['info', 'truck'],
    gone: ['idle', 'crossed'],
  },
  affected: {
    move: ['info', 'truck'],
    moved: ['ok', 'done'],
    part: ['warn', 'half'],
    inbox: ['bad', 'exceptions'],
    keep: ['idle', 'check'],
    kept: ['idle', 'check'],
    unplanned: ['idle', 'circle'],
    waits: ['warn', 'clock'],
    gone: ['idle', 'crossed'],
    asked: ['warn', 'half'],
    returned: ['back', 'back'],
    elsewhere: ['info', 'truck'],
    stays: ['idle', 'pin'],
    unplaced: ['bad', 'exceptions'],
  },
  unmatched: { waiting: ['warn', 'clock'], matched: ['ok', 'done'], returned: ['back', 'back'] },
}

export interface StateProps {
  readonly kind: keyof typeof LOOKS & string
  readonly state: string
  /** In a table the pill is quieter: no ground. */
  readonly plain?: boolean
}

export function State({ kind, state, plain }: StateProps) {
  const { label } = useText()
  const [tone, icon] = LOOKS[kind]?.[state] ?? (['idle', 'circle'] satisfies Look)
  return (
    <span className={plain === true ? `pill plain ${tone}` : `pill ${tone}`}>
      <Icon name={icon} size={14} />
      {label(kind, state)}
    </span>
  )
}

export function Pill({ tone, icon, children }: { tone: Tone; icon: IconName; children: React.ReactNode }) {
  return (
    <span className={`pill ${tone}`}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  )
}
