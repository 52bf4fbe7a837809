// What the draft would change about the newest real orders: how many, what it costs before and after, which.
import { useMutation } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { RuleDraft, RuleSimulation } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { DegradedNote } from '../parts/degraded-note.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { Changes } from './changes.tsx'

const SIZES = [100, 300, 1000]

export function Simulation({ kind, draft }: { kind: string; draft: RuleDraft }) {
  const { t, format } = useText()
  const may = useMay()
  const [orders, setOrders] = useState(100)
  const { revision } = draft
  const run = useMutation({
    mutationFn: (_revision: number) =>
      ask('POST /policies/:kind/drafts/:draft_id/simulation', {
        params: { kind, draft_id: draft.draft_id },
        body: { orders },
      }),
  })
  // what was said of the rules as they were before a change is not shown as if it were about these
  const isOfThis = run.variables === revision
  return (
    <Card
      id="rules-simulation"
      title={t('rules.simulation')}
      extra={
        may('policies.write') && (
          <>
            <Segmented
              aria-label={t('rules.simulated_orders')}
              value={orders}
              options={SIZES.map((value) => ({ value, label: t('rules.newest', { orders: format.number(value) }) }))}
              onChange={setOrders}
            />
            <Button loading={run.isPending} onClick={() => run.mutate(revision)}>
              {t('rules.simulate')}
            </Button>
          </>
        )
      }
    >
      <p className="quiet">{t('rules.simulation_text')}</p>
      {run.error !== null && isOfThis && <Trouble error={run.error} retry={() => run.mutate(revision)} />}
      {run.isPending && <LoadingRows rows={3} />}
      {run.data !== undefined && isOfThis && <Result result={run.data} />}
    </Card>
  )
}

function Result({ result }: { result: RuleSimulation }) {
  const { t, format } = useText()
  const { live, draft, currency } = result
  const pair = (one: number, other: number) => `${format.number(one)} → ${format.number(other)}`
  if (result.orders + result.cancelled === 0) return <p>{t('rules.no_orders')}</p>
  return (
    <div role="status">
      <Facts
        rows={[
          [
            t('rules.changed'),
            t('rules.changed_of', { changed: format.number(result.changed), orders: format.number(result.orders) }),
          ],
          ...(result.compared === 0 || live.cost === 0
            ? []
            : [
                [
                  t('rules.cost'),
                  `${format.money(live.cost, currency)} → ${format.money(draft.cost, currency)} (${format.percent((draft.cost - live.cost) / live.cost)})`,
                ] as const,
              ]),
          [t('rules.split'), pair(live.split, draft.split)],
          [t('rules.unplaced'), pair(live.unplaced, draft.unplaced)],
          ...(live.units === 0 && draft.units === 0
            ? []
            : [[t('rules.units'), pair(live.units, draft.units)] as const]),
          ...(result.cancelled === 0 ? [] : [[t('rules.left_out'), format.number(result.cancelled)] as const]),
          ...(result.failed === 0 ? [] : [[t('rules.draft_failed'), format.number(result.failed)] as const]),
        ]}
      />
      <DegradedNote kinds={result.degraded} />
      <Changes changes={result.changes} changed={result.changed} currency={currency} />
    </div>
  )
}
