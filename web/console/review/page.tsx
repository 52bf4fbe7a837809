// The review queue: one case at a time and big; evidence first, keys for everything, ten seconds to take a decision back.
import { App, Button } from 'antd'
import { useCallback, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ReviewDecision } from '../../../src/contracts/views-review.ts'
import { useMay } from '../frame/session.tsx'
import { Empty, LoadingPage, sentence, Trouble } from '../parts/conditions.tsx'
import { Icon } from '../parts/icon.tsx'
import { useKeys } from '../parts/keys.ts'
import { useNow } from '../parts/now.ts'
import { Page } from '../parts/page.tsx'
import { useText } from '../text.ts'
import { Case } from './case.tsx'
import { CaseList } from './case-list.tsx'
import { RejectDialog, WaitDialog } from './dialogs.tsx'
import { type Taken, useDecide, useReviewQueue, useUndo, useUndoEnd } from './queue-data.ts'
import '../styles/orders.css'
import '../styles/review.css'

type Dialog = 'reject' | 'hold' | null

export function ReviewPage() {
  const { t, format } = useText()
  const [params] = useSearchParams()
  const queue = useReviewQueue(params.get('order_id') ?? undefined)
  const { message } = App.useApp()
  const may = useMay()
  const [dialog, setDialog] = useState<Dialog>(null)
  const say = (error: unknown) => void message.error(sentence(error, t('problem.unknown')))
  const decide = useDecide(queue.setTaken, say)
  const undo = useUndoing(queue, say)
  const canDecide = may('review.decide') && queue.current !== undefined && !decide.isPending
  const take = (decision: ReviewDecision) => {
    setDialog(null)
    if (queue.current !== undefined && canDecide) decide.mutate({ one: queue.current, decision })
  }
  const keys = {
    a: () => take({ decision: 'approve' }),
    r: () => canDecide && setDialog('reject'),
    h: () => canDecide && setDialog('hold'),
    n: queue.next,
    u: () => queue.taken !== null && undo.mutate(queue.taken),
  }
  useKeys(keys, dialog === null)
  if (queue.isPending) return <LoadingPage />
  return (
    <Page
      title={t('nav.review')}
      extra={
        <span className="quiet">{t('review.left', { count: queue.total, number: format.count(queue.total) })}</span>
      }
    >
      {queue.error !== null && <Trouble error={queue.error} retry={() => void queue.refetch()} />}
      {queue.current === undefined && queue.error === null && (
        <Empty icon="done" title={t('review.empty')}>
          {t('review.empty_text')}
        </Empty>
      )}
      {queue.current !== undefined && (
        <div className="review-columns">
          <Case
            key={queue.current.hold_id}
            one={queue.current}
            actions={<Decide keys={keys} canDecide={canDecide} hasNext={queue.cases.length > 1} />}
          />
          <CaseList cases={queue.cases} at={queue.current.hold_id} onChoose={queue.choose} />
        </div>
      )}
      {queue.taken !== null && <UndoBar taken={queue.taken} isBusy={undo.isPending} onUndo={keys.u} />}
      {dialog === 'reject' && queue.current !== undefined && (
        <RejectDialog
          number={queue.current.number}
          onClose={() => setDialog(null)}
          onReject={(note) => take({ decision: 'reject', note })}
        />
      )}
      {dialog === 'hold' && (
        <WaitDialog
          onClose={() => setDialog(null)}
          onHold={(minutes, note) => take({ decision: 'hold', minutes, note })}
        />
      )}
    </Page>
  )
}

/** Undo brings the case back; when its ten seconds are over it is gone. */
function useUndoing(queue: ReturnType<typeof useReviewQueue>, say: (error: unknown) => void) {
  const { setTaken, choose, taken } = queue
  useUndoEnd(
    taken,
    useCallback(() => setTaken(null), [setTaken]),
  )
  return useUndo((undone) => {
    setTaken(null)
    choose(undone.hold_id)
  }, say)
}

interface DecideProps {
  readonly keys: Readonly<Record<'a' | 'r' | 'h' | 'n', () => void>>
  readonly canDecide: boolean
  readonly hasNext: boolean
}

function Decide({ keys, canDecide, hasNext }: DecideProps) {
  const { t } = useText()
  const may = useMay()
  return (
    <div className="decide">
      <Button type="primary" size="large" disabled={!canDecide} onClick={keys.a}>
        {t('review.approve')} <kbd>A</kbd>
      </Button>
      <Button danger size="large" disabled={!canDecide} onClick={keys.r}>
        {t('review.reject')} <kbd>R</kbd>
      </Button>
      <Button size="large" disabled={!canDecide} onClick={keys.h}>
        {t('review.hold')} <kbd>H</kbd>
      </Button>
      <Button size="large" type="text" disabled={!hasNext} onClick={keys.n}>
        {t('review.next')} <kbd>N</kbd>
      </Button>
      {!may('review.decide') && <p className="quiet small">{t('review.read_only')}</p>}
    </div>
  )
}

function UndoBar({ taken, isBusy, onUndo }: { taken: Taken; isBusy: boolean; onUndo: () => void }) {
  const { t } = useText()
  const now = useNow('fast')
  const seconds = Math.max(0, Math.ceil((Date.parse(taken.effective_at) - now) / 1000))
  const words = taken.needs_second
    ? t('review.needs_second', { number: taken.number })
    : t(`review.taken_${taken.decision}`, { number: taken.number })
  return (
    <div className="bulk-bar" role="status">
      <Icon name="clock" />
      <span>{words}</span>
      <span className="quiet nowrap">{t('review.seconds', { count: seconds })}</span>
      <Button onClick={onUndo} loading={isBusy}>
        {t('review.undo')} <kbd>U</kbd>
      </Button>
    </div>
  )
}
