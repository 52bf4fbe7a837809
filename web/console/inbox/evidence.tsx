// What an item rests on, line by line; codes of sources in the reader's language, places, carriers and channels by their names.
import type { InboxCase } from '../../../src/contracts/inbox.ts'
import { useCarrierName, useChannelName, useLocations } from '../frame/places.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../text.ts'
import { reasonText, valueText } from './words.ts'

type Found = InboxCase['evidence'][number]

export function Evidence({ found }: { found: readonly Found[] }) {
  const text = useText()
  const { label, either, knows } = text
  const shown = useShown()
  return (
    <ul className="evidence">
      {found.map((one) => (
        <li key={one.code + (one.value ?? one.text?.en ?? '')} className="info">
          <Icon name="circle" />
          <span className="grow">
            {one.text !== null
              ? either(one.text.en, one.text.zh)
              : knows('inbox_evidence', one.code)
                ? label('inbox_evidence', one.code)
                : reasonText(text, one.code)}
          </span>
          {one.value !== null && <strong className="inbox-value">{shown(one.code, one.value)}</strong>}
        </li>
      ))}
    </ul>
  )
}

// By what the value stands for.
function useShown(): (code: string, value: string) => string {
  const text = useText()
  const carrier = useCarrierName()
  const channel = useChannelName()
  const locations = useLocations()
  return (code, value) => {
    if (code === 'carrier') return carrier(value)
    if (code === 'channel') return channel(value)
    if (code !== 'location') return valueText(text, code, value)
    const place = locations.find((one) => one.location_id === value)
    return place === undefined ? value : text.either(place.name, place.name_zh)
  }
}
