// The allocation policy: every price and bound with what it does; changed in place, looked at once more, saved with a reason.
import { Button } from 'antd'
import { useState } from 'react'
import type { AllocationPolicyRead } from '../../../src/contracts/allocation.ts'
import { AllocationTabs } from '../allocation/tabs.tsx'
import { useMay } from '../frame/session.tsx'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Card, Page } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { ListRow, NumberRow } from './fields.tsx'
import { usePolicy } from './policy-data.ts'
import { differences, type Edits, faultOf, groups, lists, valuesOf } from './policy-draft.ts'
import { SaveDialog } from './save-dialog.tsx'
import '../styles/policy.css'

export function PolicyPage() {
  const { t } = useText()
  const { data, error, refetch } = usePolicy()
  return (
    <Page title={t('policy.title')}>
      <AllocationTabs here="/app/policy" />
      {data !== undefined ? (
        <Policy policy={data} again={async () => (await refetch()).data} />
      ) : error !== null ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <LoadingRows />
      )}
    </Page>
  )
}

interface PolicyProps {
  readonly policy: AllocationPolicyRead
  readonly again: () => Promise<AllocationPolicyRead | undefined>
}

function Policy({ policy, again }: PolicyProps) {
  const { t } = useText()
  const isMine = useMay()('allocation.policy')
  const [edits, setEdits] = useState<Edits>({})
  const [isSaving, setSaving] = useState(false)
  const before = valuesOf(policy)
  const values = { ...before, ...edits }
  const changed = differences(before, values)
  const set = isMine ? (change: Edits) => setEdits((earlier) => ({ ...earlier, ...change })) : null
  const done = () => {
    setEdits({})
    setSaving(false)
  }
  return (
    <>
      <p className="quiet policy-text">
        {t('policy.text')} {!isMine && t('policy.by_whom')}
      </p>
      {groups.map((group) => (
        <Card key={group.name} id={group.name} title={t(group.name)}>
          {group.fields.map((field) => (
            <NumberRow key={field.name} field={field} values={values} set={set} />
          ))}
        </Card>
      ))}
      <Card id="policy.goods" title={t('policy.goods')}>
        {lists.map((name) => (
          <ListRow key={name} name={name} values={values} set={set} />
        ))}
      </Card>
      {changed.length > 0 && (
        <div className="policy-bar">
          <span className="grow" role="status">
            {t('policy.changes', { count: changed.length })}
          </span>
          <Button onClick={done}>{t('policy.discard')}</Button>
          <Button
            type="primary"
            disabled={changed.some((name) => faultOf(name, values) !== null)}
            onClick={() => setSaving(true)}
          >
            {t('policy.look')}
          </Button>
        </div>
      )}
      {isSaving && (
        <SaveDialog policy={policy} edits={edits} again={again} onClose={() => setSaving(false)} onDone={done} />
      )}
    </>
  )
}
