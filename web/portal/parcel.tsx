// One parcel: who carries it, its number to copy, what is in it, and every word of the carrier, newest first.
import { useState } from 'react'
import type { TrackParcel } from '../../src/contracts/views-tracking.ts'
import { ItemList } from './item-list.tsx'
import { useWords } from './words.ts'

const FIRST = 4

export function Parcel({ parcel, place }: { parcel: TrackParcel; place: number | null }) {
  const { t, label, format } = useWords()
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? parcel.scans : parcel.scans.slice(0, FIRST)
  return (
    <section className="box">
      <h2>
        {place === null ? t('parcel.title') : t('parcel.place', { place })}
        <span className="state">{t(`parcel.${parcel.state}`)}</span>
      </h2>
      <p className="carrier">
        {parcel.carrier_url === null ? (
          parcel.carrier_name
        ) : (
          <a href={parcel.carrier_url} rel="noreferrer">
            {parcel.carrier_name}
          </a>
        )}
        {parcel.tracking_number !== null && <CopyNumber number={parcel.tracking_number} />}
      </p>
      {parcel.items.length > 0 && <ItemList items={parcel.items} />}
      {shown.length > 0 && (
        <ol className="scans">
          {shown.map((scan) => (
            <li key={scan.at + scan.code}>
              <span>
                {label('scan', scan.code, 'scan.other')}
                {scan.place === null ? '' : ` · ${scan.place}`}
              </span>
              <time dateTime={scan.at} className="quiet">
                {format.moment(scan.at)}
              </time>
            </li>
          ))}
        </ol>
      )}
      {parcel.scans.length > FIRST && (
        <button type="button" className="more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('parcel.less') : t('parcel.all', { count: parcel.scans.length })}
        </button>
      )}
    </section>
  )
}

function CopyNumber({ number }: { number: string }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(number).then(() => setCopied(true))
  return (
    <span className="copy">
      <code>{number}</code>
      <button type="button" className="more" onClick={copy}>
        {isCopied ? t('parcel.copied') : t('parcel.copy')}
      </button>
    </span>
  )
}
