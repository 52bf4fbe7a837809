// While a promotion has frozen the rules: until when, and for an admin the mark by which he goes on all the same.
import { Checkbox } from 'antd'
import { useModes } from '../frame/mode-banner.tsx'
import { useMay } from '../frame/session.tsx'
import { useText } from '../text.ts'

/** Whether rules are frozen now. */
export function useFrozen(): boolean {
  return useModes()?.promotion?.frozen === true
}

export function Freeze({ despite, onChange }: { despite: boolean; onChange: (despite: boolean) => void }) {
  const { t, format } = useText()
  const may = useMay()
  const promotion = useModes()?.promotion
  if (promotion == null || !promotion.frozen) return null
  return (
    <>
      <p role="status">{t('rules.frozen', { name: promotion.name, until: format.moment(promotion.until) })}</p>
      {may('modes.override') && (
        <Checkbox checked={despite} onChange={(event) => onChange(event.target.checked)}>
          {t('rules.despite_freeze')}
        </Checkbox>
      )}
    </>
  )
}
