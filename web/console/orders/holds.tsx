// Holds, in red above everything: why, what each blocks, what clears it.
import type { HoldView } from '../../../src/contracts/views-orders.ts'
import { Icon } from '../parts/icon.tsx'
import { Ago, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'

interface HoldListProps {
  readonly holds: readonly HoldView[]
  readonly compact?: boolean
  readonly action?: (hold: HoldView) => React.ReactNode
}

export function HoldList({ holds, compact, action }: HoldListProps) {
  return (
    <ul className="holds">
      {holds.map((hold) => (
        <Hold key={hold.hold_id} hold={hold} compact={compact === true} action={action?.(hold)} />
      ))}
    </ul>
  )
}

function Hold({ hold, compact, action }: { hold: HoldView; compact: boolean; action: React.ReactNode }) {
  const { t, label, language, format, knows, sentences } = useText()
  const reasons = hold.reasons.map(
    (reason) =>
      (language === 'zh-CN' ? reason.text?.zh : reason.text?.en)?.replace(/[。.]$/, '') ??
      label('reason', reason.code, plain(reason.detail)),
  )
  const clears = knows('clears', hold.kind) ? label('clears', hold.kind) : t('clears.person')
  return (
    <li className="hold">
      <Icon name="pause" size={18} />
      <div className="grow">
        <p className="hold-title">
          {label('hold', hold.kind)}
          {hold.line_no !== null && ` · ${t('order.line_no', { number: hold.line_no })}`}
        </p>
        <p>{reasons.join(language === 'zh-CN' ? '；' : '; ')}</p>
        {!compact && (
          <p className="small quiet">
            {sentences(
              t('order.hold_blocks', { what: format.list(hold.blocks.map((block) => t(`blocks.${block}`))) }),
              clears,
            )}{' '}
            <Ago at={hold.placed_at} />
          </p>
        )}
      </div>
      {hold.expires_at !== null && <TimeLeft until={hold.expires_at} />}
      {action}
    </li>
  )
}

function plain(
  detail: Readonly<Record<string, string | number | boolean | null>> | undefined,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(detail ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : String(value ?? ''),
    ]),
  )
}
