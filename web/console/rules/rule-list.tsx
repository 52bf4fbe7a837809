// The rules in the order in which they are asked, each as a sentence with the orders that it took and sent; with a hand on them they can be moved and changed.
import { Button } from 'antd'
import type { RulePolicy } from '../../../src/contracts/policies.ts'
import { Empty } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { useSay } from './say-rule.tsx'
import { countedAs, moved, type Row, textIn } from './table.ts'

interface RuleListProps {
  readonly policy: RulePolicy
  readonly rows: readonly Row[]
  /** Absent: to look at only. */
  readonly onChange?: (rows: readonly Row[]) => void
  readonly onEdit?: (index: number) => void
}

type RuleHit = RulePolicy['hits'][number]

export function RuleList({ policy, rows, onChange, onEdit }: RuleListProps) {
  const { t } = useText()
  if (rows.length === 0)
    return (
      <Empty icon="filter" title={t('rules.none')}>
        {t('rules.none_text')}
      </Empty>
    )
  const hits = new Map(policy.hits.map((one) => [one.rule_id, one]))
  const takesAll = rows.findIndex((row) => policy.inputs.every(({ field }) => (row[field] ?? '').trim() === ''))
  return (
    <ol className="rule-list">
      {rows.map((row, index) => (
        <li key={row._id ?? index} className="rule">
          <RuleSaid policy={policy} row={row} hit={hits.get(countedAs(row))} />
          {policy.kind === 'allocation' && takesAll !== -1 && index > takesAll && (
            <p className="quiet small">{t('rules.after_all', { place: takesAll + 1 })}</p>
          )}
          {onChange !== undefined && onEdit !== undefined && (
            <div className="rule-hands">
              <Hand
                icon="down"
                turned
                label={t('rules.up', { place: index + 1 })}
                disabled={index === 0}
                onClick={() => onChange(moved(rows, index, -1))}
              />
              <Hand
                icon="down"
                label={t('rules.down', { place: index + 1 })}
                disabled={index === rows.length - 1}
                onClick={() => onChange(moved(rows, index, 1))}
              />
              <Button
                size="small"
                onClick={() => onEdit(index)}
                aria-label={t('rules.edit_place', { place: index + 1 })}
              >
                {t('rules.edit')}
              </Button>
              <Hand
                icon="cross"
                label={t('rules.remove', { place: index + 1 })}
                onClick={() => onChange(rows.filter((_one, place) => place !== index))}
              />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

interface HandProps {
  readonly icon: 'down' | 'cross'
  readonly label: string
  readonly turned?: boolean
  readonly disabled?: boolean
  readonly onClick: () => void
}

function Hand({ icon, label, turned, disabled, onClick }: HandProps) {
  return (
    <button
      type="button"
      className={turned === true ? 'ghost turned' : 'ghost'}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={14} />
    </button>
  )
}

interface RuleSaidProps {
  readonly policy: RulePolicy
  readonly row: Row
  readonly hit: RuleHit | undefined
}

function RuleSaid({ policy, row, hit }: RuleSaidProps) {
  const { t, either } = useText()
  const { when, asks } = useSay(policy)(row)
  const name = either(textIn(row.name_en) || textIn(row.en), textIn(row.name_zh) || textIn(row.zh)) || countedAs(row)
  return (
    <div className="grow">
      <p className="rule-name">
        {name}
        <Took hit={hit} />
      </p>
      <p>
        <span className="quiet">{t('rules.when')} </span>
        {when.length === 0 ? t('rules.every') : when.join(t('rules.and'))}
      </p>
      {asks.length > 0 && (
        <p>
          <span className="quiet">{t('rules.then')} </span>
          {asks.join(t('rules.semicolon'))}
        </p>
      )}
    </div>
  )
}

// Orders of the last seven days; one that was tried again counts once.
function Took({ hit }: { hit: RuleHit | undefined }) {
  const { t, format } = useText()
  const { orders, sent } = hit ?? { orders: 0, sent: 0 }
  const values = { count: orders, orders: format.number(orders) }
  const said =
    orders === 0
      ? t('rules.took_none')
      : sent === null
        ? t('rules.held', values)
        : t('rules.took', { ...values, sent: format.number(sent) })
  return <span className="quiet small rule-hits">{said}</span>
}
