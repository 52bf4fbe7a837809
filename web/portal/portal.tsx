// The page as a whole: reads the order by its signed link, or asks for number and phone; keeps itself fresh while it is looked at.
import { useCallback, useEffect, useState } from 'react'
import type { ShopView, TrackingView } from '../../src/contracts/views-tracking.ts'
import { ask, client, ProblemError } from '../shared/api.ts'
import { FindForm } from './find-form.tsx'
import { Frame } from './frame.tsx'
import { OrderStory } from './order-story.tsx'
import { type Language, loadWords, WordsContext, wordsFor } from './words.ts'

const FRESH_MS = 60_000

export function Portal({ merchant, token, first }: { merchant: string; token: string | null; first: Language }) {
  const [language, setLanguage] = useState(first)
  const [shop, setShop] = useState<ShopView | null>(null)
  const { view, error, isReading, find } = useTracking(merchant, token)
  useEffect(() => {
    void ask('GET /public/shops/:tenant', { params: { tenant: merchant } }).then(setShop, () => setShop(null))
  }, [merchant])
  const choose = async (to: Language) => {
    await loadWords(to)
    client.language = to
    localStorage.setItem('ordo.language', to)
    setLanguage(to)
  }
  const words = wordsFor(language, view?.time_zone)
  const known = view?.shop ?? shop
  useEffect(() => {
    document.title = [view === null ? words.t('title') : words.t('title_order', { number: view.number }), known?.name]
      .filter((part) => part !== undefined)
      .join(' · ')
  })
  return (
    <WordsContext value={words}>
      <Frame shop={known} onLanguage={(to) => void choose(to)}>
        {view !== null ? (
          <OrderStory view={view} />
        ) : isReading ? (
          <Reading />
        ) : (
          <FindForm error={error} onFind={find} />
        )}
      </Frame>
    </WordsContext>
  )
}

function Reading() {
  return (
    <div className="reading" role="status">
      <span />
      <span />
      <span />
    </div>
  )
}

function useTracking(merchant: string, token: string | null) {
  const [view, setView] = useState<TrackingView | null>(null)
  const [error, setError] = useState<ProblemError | null>(null)
  const [isReading, setReading] = useState(token !== null)
  const read = useCallback(async () => {
    if (token === null) return
    try {
      setView(await ask('GET /public/track/:tenant/:token', { params: { tenant: merchant, token } }))
    } catch (problem) {
      setError(problem instanceof ProblemError ? problem : null)
    }
    setReading(false)
  }, [merchant, token])
  useEffect(() => {
    void read()
    const timer = window.setInterval(() => document.visibilityState === 'visible' && void read(), FRESH_MS)
    return () => window.clearInterval(timer)
  }, [read])
  const find = async (number: string, phone_tail: string) => {
    setError(null)
    try {
      setView(await ask('POST /public/track/:tenant', { params: { tenant: merchant }, body: { number, phone_tail } }))
      window.scrollTo(0, 0)
    } catch (problem) {
      setError(problem instanceof ProblemError ? problem : null)
    }
  }
  return { view, error, isReading, find }
}
