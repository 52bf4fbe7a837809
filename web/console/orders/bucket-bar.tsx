// Where the units of a line are: one thin bar from waiting to delivered, and the same in words below it.
import type { Buckets, OrderLineView } from '../../../src/contracts/views-orders.ts'
import { useText } from '../text.ts'

type Bucket = keyof Buckets

/** From the customer's end backwards: what is furthest stands first. */
const ORDER: readonly (readonly [Bucket, string])[] = [
  ['delivered', '#0b7a4b'],
  ['restocked', '#6b3aa6'],
  ['returned', '#8a5cc2'],
  ['return_requested', '#b79ada'],
  ['shipped', 'var(--flow-5)'],
  ['packed', 'var(--flow-4)'],
  ['picked', 'var(--flow-3)'],
  ['released', 'var(--flow-2)'],
  ['allocated', 'var(--flow-2)'],
  ['reserved', 'var(--flow-1)'],
  ['open', '#dfe3ea'],
  ['backordered', 'repeating-linear-gradient(45deg, #d98a1f 0 3px, #f2cf9b 3px 6px)'],
  ['lost', '#cf3a2e'],
  ['written_off', '#8a3b34'],
  ['cancelled', 'repeating-linear-gradient(45deg, #9aa3b2 0 2px, #e3e6eb 2px 5px)'],
]

export function BucketBar({ line }: { line: Pick<OrderLineView, 'buckets' | 'ordered'> }) {
  const { t, format } = useText()
  const there = ORDER.filter(([bucket]) => line.buckets[bucket] > 0)
  const words = there.map(([bucket]) => `${t(`bucket.${bucket}`)} ${format.number(line.buckets[bucket])}`)
  return (
    <div className="buckets">
      <div className="bar" aria-hidden="true">
        {there.map(([bucket, ground]) => (
          <span key={bucket} style={{ width: `${(line.buckets[bucket] / line.ordered) * 100}%`, background: ground }} />
        ))}
      </div>
      <p className="small quiet">{words.join(' · ')}</p>
    </div>
  )
}
