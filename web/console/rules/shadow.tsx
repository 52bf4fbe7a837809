// The draft that runs in the shadow: what it would have done with the orders since it started.
import { useQuery } from '@tanstack/react-query'
import type { RulePolicy } from '../../../src/contracts/policies.ts'
import { ask } from '../../shared/api.ts'
import { useSession } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Facts } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { Changes } from './changes.tsx'

export function Shadow({ policy }: { policy: RulePolicy }) {
  const { t, format } = useText()
  const { merchant } = useSession()
  const { kind } = policy
  const { data, error, refetch } = useQuery({
    queryKey: ['policy', kind, 'shadow'],
    queryFn: () => ask('GET /policies/:kind/shadow', { params: { kind } }),
    refetchInterval: 30_000,
  })
  const name = policy.drafts.find((draft) => draft.draft_id === policy.shadow?.draft_id)?.name ?? ''
  const money = (amount: number) => format.money(amount, merchant.base_currency)
  return (
    <Card id="rules-shadow" title={t('rules.shadow_of', { name })}>
      <p className="quiet">{t('rules.shadow_text')}</p>
      {data === undefined &&
        (error === null ? <LoadingRows rows={3} /> : <Trouble error={error} retry={() => void refetch()} />)}
      {data !== undefined && data !== null && (
        <>
          <Facts
            rows={[
              [
                t('rules.changed'),
                t('rules.changed_of', { changed: format.number(data.changed), orders: format.number(data.orders) }),
              ],
              [t('rules.cost'), `${money(data.cost_live)} → ${money(data.cost_draft)}`],
              ...(data.failed > 0 ? [[t('rules.failed'), format.number(data.failed)] as const] : []),
            ]}
          />
          <Changes changes={data.changes} changed={data.changed} currency={merchant.base_currency} />
        </>
      )}
    </Card>
  )
}
