// What comes after: the cases of the queue, the most urgent first.
import type { ReviewCase } from '../../../src/contracts/views-review.ts'
import { Card } from '../parts/page.tsx'
import { Money, TimeLeft } from '../parts/values.tsx'
import { useText } from '../text.ts'

export function CaseList({
  cases,
  at,
  onChoose,
}: {
  cases: readonly ReviewCase[]
  at: string
  onChoose: (hold_id: string) => void
}) {
  const { t, label, language } = useText()
  return (
    <Card id="case-list" title={t('review.queue')} flush>
      <ul className="case-list">
        {cases.map((one) => {
          const until = one.due_at ?? one.expires_at
          return (
            <li key={one.hold_id}>
              <button
                type="button"
                className={one.hold_id === at ? 'case-item at' : 'case-item'}
                aria-current={one.hold_id === at ? 'true' : undefined}
                onClick={() => onChoose(one.hold_id)}
              >
                <span className="row between">
                  <span className="mono strong">{one.number}</span>
                  <Money amount={one.total} currency={one.currency} />
                </span>
                <span className="row between">
                  <span className="clip quiet">
                    {language === 'zh-CN'
                      ? (one.reasons[0]?.text?.zh ?? label('reason', one.reasons[0]?.code ?? one.kind))
                      : (one.reasons[0]?.text?.en ?? label('reason', one.reasons[0]?.code ?? one.kind))}
                  </span>
                  {until !== null && <TimeLeft until={until} />}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
