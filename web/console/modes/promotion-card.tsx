// The promotion that is on or planned: what it changes, who and why; ended or taken back with a question.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { PromotionView } from '../../../src/contracts/modes.ts'
import { ask } from '../../shared/api.ts'
import { useLocations, useStaffNames } from '../frame/places.ts'
import { Card, Facts } from '../parts/page.tsx'
import { State } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { ExtendPromotion } from './extend-promotion.tsx'
import { useModeChange } from './mode-data.ts'

const ADDRESSES = {
  end: 'POST /promotions/:promotion_id/end',
  cancel: 'POST /promotions/:promotion_id/cancel',
} as const
type Action = keyof typeof ADDRESSES

export function PromotionCard({ promotion }: { promotion: PromotionView }) {
  const { t, label, either, format } = useText()
  const names = useStaffNames()
  const places = useLocations()
  const [asking, setAsking] = useState<Action | null>(null)
  const [isExtending, setExtending] = useState(false)
  const who = (actor: string) => names.get(actor.replace(/^user:/, '')) ?? actor
  const { state, frozen, limits_percent, locations, cadence_seconds, overrides } = promotion
  const rules = frozen ? (state === 'planned' ? 'rules_will_freeze' : 'rules_frozen') : 'rules_free'
  const named = (location_id: string) => {
    const place = places.find((one) => one.location_id === location_id)
    return place === undefined ? location_id : either(place.name, place.name_zh ?? null)
  }
  const where = locations === null ? t('promotion.everywhere') : format.list(locations.map(named))
  const mayDo = (name: string) => promotion.available_actions.some((one) => one.action === name && one.allowed)
  const action = (['end', 'cancel'] as const).find(mayDo)
  return (
    <Card
      id="promotion"
      title={promotion.name}
      extra={
        <>
          <State kind="promotion" state={promotion.state} />
          {mayDo('extend') && <Button onClick={() => setExtending(true)}>{t('promotion.do.extend')}</Button>}
          {action !== undefined && <Button onClick={() => setAsking(action)}>{label('promotion.do', action)}</Button>}
        </>
      }
    >
      <Facts
        rows={[
          [t('promotion.from'), format.moment(promotion.from)],
          [t('promotion.until'), format.moment(promotion.until)],
          ...promotion.extensions.map((one): [string, string] => [
            t('promotion.extended'),
            t('promotion.extended_by', {
              who: who(one.by),
              before: format.moment(one.until_before),
              reason: one.reason,
            }),
          ]),
          [t('promotion.reason'), promotion.reason],
          [t('promotion.made_by'), who(promotion.created_by)],
          [t('promotion.rules'), t(`promotion.${rules}`)],
          [
            t('promotion.limits'),
            limits_percent === null
              ? t('promotion.limits_same')
              : t('promotion.limits_raised', { percent: limits_percent, where }),
          ],
          [
            t('promotion.cadence'),
            cadence_seconds === null
              ? t('promotion.cadence_none')
              : t('promotion.cadence_every', { seconds: cadence_seconds }),
          ],
        ]}
      />
      <Overrides overrides={overrides} who={who} />
      {isExtending && <ExtendPromotion promotion={promotion} onClose={() => setExtending(false)} />}
      {asking !== null && <Confirm promotion={promotion} action={asking} onClose={() => setAsking(null)} />}
    </Card>
  )
}

interface OverridesProps {
  readonly overrides: PromotionView['overrides']
  readonly who: (actor: string) => string
}

function Overrides({ overrides, who }: OverridesProps) {
  const { t } = useText()
  if (overrides.length === 0) return null
  return (
    <>
      <h3>{t('promotion.overrides')}</h3>
      <Table
        caption={t('promotion.overrides')}
        rows={overrides}
        rowKey={(one) => `${one.at} ${one.what}`}
        columns={[
          { key: 'at', title: t('promotion.when'), cell: (one) => <Ago at={one.at} /> },
          { key: 'who', title: t('promotion.who'), cell: (one) => who(one.by) },
          { key: 'why', title: t('promotion.reason'), cell: (one) => one.reason },
        ]}
      />
    </>
  )
}

interface ConfirmProps {
  readonly promotion: PromotionView
  readonly action: Action
  readonly onClose: () => void
}

function Confirm({ promotion, action, onClose }: ConfirmProps) {
  const { t, label } = useText()
  const { promotion_id } = promotion
  const go = useModeChange(() => ask(ADDRESSES[action], { params: { promotion_id } }), onClose)
  return (
    <Modal
      open
      title={label('promotion.do', action)}
      okText={label('promotion.do', action)}
      cancelText={t('action.back')}
      okButtonProps={{ loading: go.isPending }}
      onOk={() => go.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{label('promotion.sure', action)}</p>
    </Modal>
  )
}
