// The pages of allocation as one row of tabs; those that this person may open.
import { useNavigate } from 'react-router'
import type { Permission } from '../../../src/contracts/permissions.ts'
import { useMay } from '../frame/session.tsx'
import { TabBar } from '../parts/tabs.tsx'
import { type Key, useText } from '../text.ts'

const TABS: readonly { readonly path: string; readonly name: Key; readonly permit: Permission }[] = [
  { path: '/app/rules', name: 'nav.rules', permit: 'policies.read' },
  { path: '/app/lab', name: 'lab.title', permit: 'policies.read' },
  { path: '/app/policy', name: 'policy.title', permit: 'allocation.read' },
  { path: '/app/load', name: 'capacity.title', permit: 'allocation.read' },
  { path: '/app/board', name: 'work_board.title', permit: 'allocation.read' },
  { path: '/app/disruptions', name: 'disruption.title', permit: 'allocation.read' },
  { path: '/app/modes', name: 'mode.title', permit: 'allocation.read' },
]

export function AllocationTabs({ here }: { here: string }) {
  const { t } = useText()
  const may = useMay()
  const go = useNavigate()
  return (
    <TabBar
      label={t('nav.allocation')}
      tabs={TABS.filter((tab) => may(tab.permit)).map((tab) => ({ key: tab.path, name: t(tab.name) }))}
      chosen={here}
      onChoose={(path) => void go(path)}
    />
  )
}
