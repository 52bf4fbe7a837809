// What of an order has no place yet: how much, why, when it is tried again and what happens then.
import type { OrderAllocation } from '../../../src/contracts/views-allocation.ts'
import { reasonText } from '../inbox/words.ts'
import { Pill } from '../parts/states.tsx'
import { useText } from '../text.ts'

export function Waiting({ waiting }: { waiting: NonNullable<OrderAllocation['waiting']> }) {
  const text = useText()
  const { t, format, either, sentences } = text
  const { units, reason, try_again_at, cancelled_at, says } = waiting
  return (
    <div className="stack decision decision-waits">
      <p>
        <Pill tone="warn" icon="exceptions">
          {t('decision.waits', { count: units, number: format.number(units), why: reasonText(text, reason) })}
        </Pill>
      </p>
      <p>
        {sentences(
          try_again_at !== null && t('decision.next_try', { when: format.moment(try_again_at) }),
          cancelled_at !== null && t('decision.cancelled_at', { when: format.moment(cancelled_at) }),
          ...says.map((one) => `${either(one.en, one.zh)}${text.language === 'zh-CN' ? '。' : '.'}`),
        )}
      </p>
    </div>
  )
}
