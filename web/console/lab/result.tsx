// What a comparison says: one sentence in plain words, then every figure of both sides beside each other, and the rules that took the orders.
import type { ComparisonView } from '../../../src/contracts/lab.ts'
import { Icon } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { type Text, useText } from '../text.ts'
import { type Difference, differencesOf, type Unit, verdictOf } from './differences.ts'

export function Result({ comparison }: { comparison: ComparisonView }) {
  const text = useText()
  const { t, either } = text
  const titles = {
    a: either(comparison.a.title.en, comparison.a.title.zh),
    b: either(comparison.b.title.en, comparison.b.title.zh),
  }
  return (
    <>
      <Card id="lab-result" title={t('lab.result')}>
        <p className="lab-verdict">{sayVerdict(text, comparison, titles.b)}</p>
        <p className="quiet small">{t('lab.compared', { number: text.format.number(comparison.compared.orders) })}</p>
      </Card>
      <Card id="lab-figures" title={t('lab.figures')} flush>
        <Figures comparison={comparison} />
      </Card>
      {comparison.rules.length > 0 && (
        <Card id="lab-rules" title={t('lab.rules')} flush>
          <Rules comparison={comparison} />
        </Card>
      )}
    </>
  )
}

/** "The draft would have cost ¥312.00 less (−3.1%), kept 12 promises fewer and left 50 units more behind." */
export function sayVerdict({ t, format, language }: Text, comparison: ComparisonView, side: string): string {
  const { orders, cost, cost_share, promises, unallocated, waiting } = verdictOf(comparison)
  // less than half a thousandth would read as 0 %
  const share =
    cost_share === null || Math.abs(cost_share) < 0.0005 ? '' : t('lab.share', { share: format.percent(cost_share) })
  const money = format.money(Math.abs(cost), comparison.currency)
  const parts = [
    orders === 0
      ? t('lab.nothing_compares')
      : cost === 0
        ? t('lab.cost_same')
        : cost < 0
          ? t('lab.cost_less', { money, share })
          : t('lab.cost_more', { money, share }),
    promises === null
      ? ''
      : promises === 0
        ? t('lab.promises_same')
        : promises < 0
          ? t('lab.promises_fewer', { count: -promises })
          : t('lab.promises_more', { count: promises }),
    unallocated === 0
      ? ''
      : unallocated < 0
        ? t('lab.unallocated_fewer', { count: -unallocated })
        : t('lab.unallocated_more', { count: unallocated }),
    waiting === 0
      ? ''
      : waiting < 0
        ? t('lab.waiting_fewer', { count: -waiting })
        : t('lab.waiting_more', { count: waiting }),
  ].filter((part) => part !== '')
  return t('lab.verdict', { side, parts: language === 'zh-CN' ? parts.join('，') : format.list(parts) })
}

function figureText({ t, format }: Text, unit: Unit, currency: string, value: number | null): string {
  if (value === null) return '—'
  if (unit === 'money') return format.money(value, currency)
  if (unit === 'share') return format.percent(value)
  if (unit === 'days') return t('lab.days', { days: format.number(value, 2) })
  if (unit === 'kg') return `${format.number(value, 2)} kg`
  return unit === 'km' ? `${format.number(value, 1)} km` : format.number(value)
}

function Figures({ comparison }: { comparison: ComparisonView }) {
  const text = useText()
  const { t } = text
  const shown = (unit: Unit, value: number | null) => figureText(text, unit, comparison.currency, value)
  return (
    <Table
      caption={t('lab.figures')}
      rows={differencesOf(comparison.figures)}
      rowKey={(one) => one.name}
      columns={[
        { key: 'name', title: t('lab.figure'), cell: (one) => t(`lab.figure_${one.name}`) },
        { key: 'a', title: 'A', align: 'right', cell: (one) => shown(one.unit, one.a) },
        { key: 'b', title: 'B', align: 'right', cell: (one) => shown(one.unit, one.b) },
        { key: 'by', title: t('lab.difference'), align: 'right', cell: (one) => <By one={one} shown={shown} /> },
      ]}
    />
  )
}

function By({ one, shown }: { one: Difference; shown: (unit: Unit, value: number | null) => string }) {
  const { t } = useText()
  if (one.by === null) return <span className="quiet">—</span>
  if (one.by === 0) return <span className="quiet">{t('lab.equal')}</span>
  const words = `${one.by > 0 ? '+' : '−'}${shown(one.unit, Math.abs(one.by))}`
  if (one.better === null) return words
  return (
    <span className={one.better ? 'lab-better' : 'lab-worse'}>
      <Icon name={one.better ? 'check' : 'exceptions'} size={14} /> {words}
      <span className="visually-hidden"> {t(one.better ? 'lab.better' : 'lab.worse')}</span>
    </span>
  )
}

function Rules({ comparison: { rules } }: { comparison: ComparisonView }) {
  const { t, either, format } = useText()
  return (
    <Table
      caption={t('lab.rules')}
      rows={rules}
      rowKey={(one) => one.rule_id}
      columns={[
        {
          key: 'rule',
          title: t('lab.rule'),
          cell: (one) => (one.rule_id === '' ? t('lab.no_rule') : either(one.name.en, one.name.zh)),
        },
        { key: 'a', title: 'A', align: 'right', cell: (one) => format.number(one.a) },
        { key: 'b', title: 'B', align: 'right', cell: (one) => format.number(one.b) },
      ]}
    />
  )
}
