// Says of figures that values had failed: they stand on the last good ones.
import type { DegradedKind } from '../../../src/contracts/modes.ts'
import { useText } from '../text.ts'
import { Pill } from './states.tsx'

export function DegradedNote({ kinds }: { kinds: readonly DegradedKind[] }) {
  const { t, label, format } = useText()
  if (kinds.length === 0) return null
  return (
    <p role="note">
      <Pill tone="warn" icon="exceptions">
        {t('degraded.mark')}
      </Pill>{' '}
      {t('degraded.figures', { what: format.list(kinds.map((kind) => label('degraded.kind', kind))) })}
    </p>
  )
}
