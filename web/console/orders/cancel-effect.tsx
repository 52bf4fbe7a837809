// What a cancellation would do, in three plain statements: goods, warehouse, money.
import type { CancellationPreview } from '../../../src/contracts/views-cancellation.ts'
import { useLocations } from '../frame/places.ts'
import { LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useText } from '../text.ts'

interface CancelEffectProps {
  readonly preview: CancellationPreview | undefined
  readonly error: unknown
  readonly isEmpty: boolean
}

export function CancelEffect({ preview, error, isEmpty }: CancelEffectProps) {
  const { t } = useText()
  if (isEmpty) return <p className="effect quiet">{t('cancel.choose')}</p>
  if (error !== null) return <Trouble error={error} />
  if (preview === undefined) return <LoadingRows rows={3} />
  return (
    <section className="effect" aria-label={t('cancel.effect')} aria-live="polite">
      <h3>{t('cancel.effect')}</h3>
      <Goods preview={preview} />
      <Warehouse preview={preview} />
      <Money preview={preview} />
    </section>
  )
}

function Effect({ icon, children, isWarning }: { icon: IconName; children: React.ReactNode; isWarning?: boolean }) {
  return (
    <p className={isWarning === true ? 'effect-line warn' : 'effect-line'}>
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  )
}

function Goods({ preview }: { preview: CancellationPreview }) {
  const { t, sentences } = useText()
  const sum = (pick: (line: CancellationPreview['lines'][number]) => number) =>
    preview.lines.reduce((total, line) => total + pick(line), 0)
  const cancelled = sum((line) => line.cancelled)
  const freed = sum((line) => line.freed)
  const put_back = sum((line) => line.put_back)
  const kept = sum((line) => line.kept)
  return (
    <>
      <Effect icon="stock">
        {sentences(
          t('cancel.units', { count: cancelled }),
          freed > 0 ? t('cancel.freed', { count: freed }) : t('cancel.none_freed'),
          put_back > 0 && t('cancel.put_back', { count: put_back }),
        )}
      </Effect>
      {kept > 0 && (
        <Effect icon="truck" isWarning>
          {t('cancel.kept', { count: kept })}
        </Effect>
      )}
    </>
  )
}

function Warehouse({ preview }: { preview: CancellationPreview }) {
  const { t, either } = useText()
  const locations = useLocations()
  const name = (id: string) => {
    const location = locations.find((one) => one.location_id === id)
    return location === undefined ? id : either(location.name, location.name_zh)
  }
  return preview.warehouse.map((work) => (
    <Effect key={work.fulfilment_id} icon="warehouse">
      {t(`cancel.work_${work.effect}`, { where: name(work.location_id) })}
    </Effect>
  ))
}

function Money({ preview }: { preview: CancellationPreview }) {
  const { t, format } = useText()
  const { currency, to_void, to_refund, total_before, total_after } = preview.money
  const money = (amount: number) => format.money(amount, currency)
  return (
    <>
      <Effect icon="money">{t('cancel.total', { before: money(total_before), after: money(total_after) })}</Effect>
      {to_void > 0 && <Effect icon="money">{t('cancel.to_void', { amount: money(to_void) })}</Effect>}
      {to_refund > 0 && <Effect icon="money">{t('cancel.to_refund', { amount: money(to_refund) })}</Effect>}
      {to_void === 0 && to_refund === 0 && <Effect icon="money">{t('cancel.no_money')}</Effect>}
    </>
  )
}
