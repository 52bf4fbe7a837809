// Order number and the last four of the phone: two fields, one button, errors in words.
import { type SyntheticEvent, useState } from 'react'
import type { ProblemError } from '../shared/api.ts'
import { useWords } from './words.ts'

export function FindForm({
  error,
  onFind,
}: {
  error: ProblemError | null
  onFind: (number: string, phone_tail: string) => Promise<void>
}) {
  const { t } = useWords()
  const [number, setNumber] = useState('')
  const [tail, setTail] = useState('')
  const [missing, setMissing] = useState<'number' | 'tail' | null>(null)
  const [isSending, setSending] = useState(false)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const wrong = number.trim().length < 4 ? 'number' : /^\d{4}$/.test(tail) ? null : 'tail'
    setMissing(wrong)
    if (wrong !== null) {
      document.getElementById(wrong)?.focus()
      return
    }
    setSending(true)
    await onFind(number.trim(), tail)
    setSending(false)
  }
  return (
    <form className="find" onSubmit={(event) => void send(event)} noValidate>
      <h1>{t('find.title')}</h1>
      <p className="quiet">{t('find.text')}</p>
      <label htmlFor="number">{t('find.number')}</label>
      <input
        id="number"
        value={number}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        aria-invalid={missing === 'number'}
        aria-describedby="number-hint"
        onChange={(event) => setNumber(event.target.value)}
      />
      <p id="number-hint" className={missing === 'number' ? 'hint wrong' : 'hint'}>
        {missing === 'number' ? t('find.number_missing') : t('find.number_hint')}
      </p>
      <label htmlFor="tail">{t('find.tail')}</label>
      <input
        id="tail"
        value={tail}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        aria-invalid={missing === 'tail'}
        aria-describedby="tail-hint"
        onChange={(event) => setTail(event.target.value.replace(/\D/g, ''))}
      />
      <p id="tail-hint" className={missing === 'tail' ? 'hint wrong' : 'hint'}>
        {missing === 'tail' ? t('find.tail_missing') : t('find.tail_hint')}
      </p>
      {error !== null && <Refused error={error} />}
      <button type="submit" className="button" disabled={isSending}>
        {isSending ? t('find.sending') : t('find.go')}
      </button>
    </form>
  )
}

function Refused({ error }: { error: ProblemError }) {
  const { t, label } = useWords()
  return (
    <div className="refused" role="alert">
      <p>
        <strong>{label('problem', error.code, 'problem.unknown')}</strong>
      </p>
      <p>{error.status === 429 ? t('problem.wait') : error.status === 404 ? t('problem.check') : t('problem.later')}</p>
    </div>
  )
}
