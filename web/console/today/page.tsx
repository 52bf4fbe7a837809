// Today: how the orders flow now, where they pool and how long, what waits for people, and where the work lies.
import { LoadingPage, Trouble } from '../parts/conditions.tsx'
import { Page } from '../parts/page.tsx'
import { Pill } from '../parts/states.tsx'
import { useText } from '../text.ts'
import { useBoard } from './board.ts'
import { Figures } from './figures.tsx'
import { LoadByLocation } from './load-by-location.tsx'
import { MyQueue } from './my-queue.tsx'
import { RateCard } from './rate-card.tsx'
import { RiverCard } from './river-card.tsx'
import '../styles/today.css'

export function TodayPage() {
  const { t } = useText()
  const { data: board, error, refetch, link } = useBoard()
  if (board === undefined) {
    return error === null ? (
      <LoadingPage />
    ) : (
      <Page title={t('nav.today')}>
        <Trouble error={error} retry={() => void refetch()} />
      </Page>
    )
  }
  const state =
    link === 'live' ? (
      <Pill tone="ok" icon="bolt">
        {t('today.live')}
      </Pill>
    ) : (
      <Pill tone="warn" icon="clock">
        {t('today.polling')}
      </Pill>
    )
  return (
    <Page title={t('nav.today')} extra={state}>
      <Figures board={board} />
      <RiverCard steps={board.steps} />
      <div className="today-columns">
        <RateCard rate={board.rate} />
        <MyQueue queue={board.queue} />
      </div>
      <LoadByLocation locations={board.locations} />
    </Page>
  )
}
