// A plain map of a decision: where the goods go, what was chosen, what came next, what was left out; lines and words only, no tiles. The table beside it says the same.
import type { AllocationDecision, Candidate } from '../../../src/contracts/views-allocation.ts'
import { useLocations } from '../frame/places.ts'
import { useText } from '../text.ts'
import { type Dot, place, type Spot } from './map-layout.ts'
import '../styles/map.css'

const [WIDTH, HEIGHT] = [760, 340]
const ARM = 4

interface DecisionMapProps {
  readonly decision: AllocationDecision
  readonly destination: { readonly lat: number; readonly lon: number } | null
}

export function DecisionMap({ decision, destination }: DecisionMapProps) {
  const { t, either, format } = useText()
  const locations = useLocations()
  const dots = dotsOf(decision.candidates, (location_id) => {
    const found = locations.find((one) => one.location_id === location_id)
    return found === undefined ? null : { ...found, name: either(found.name, found.name_zh) }
  })
  if (dots.length === 0) return null
  const goal: Dot | null =
    destination === null ? null : { ...destination, id: '', kind: 'destination', name: t('decision.map_destination') }
  const spots = place(goal === null ? dots : [goal, ...dots], WIDTH, HEIGHT)
  const target = spots.find((spot) => spot.kind === 'destination')
  const namesOf = (kind: Dot['kind']) => format.list(dots.filter((dot) => dot.kind === kind).map((dot) => dot.name))
  return (
    <figure className="decision-map">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('decision.map', { chosen: namesOf('chosen') })}>
        {target !== undefined &&
          spots
            .filter((spot) => spot.kind === 'chosen' || spot.kind === 'runner_up')
            .map((spot) => (
              <line
                key={spot.id}
                className={`map-way ${spot.kind}`}
                x1={spot.x}
                y1={spot.y}
                x2={target.x}
                y2={target.y}
              />
            ))}
        {spots.map((spot) => (
          <Mark key={`${spot.kind} ${spot.id}`} spot={spot} />
        ))}
      </svg>
      <figcaption>
        <ul className="map-legend">
          {(['destination', 'chosen', 'runner_up', 'considered', 'removed'] as const)
            .filter((kind) => spots.some((spot) => spot.kind === kind))
            .map((kind) => (
              <li key={kind}>
                <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
                  <Shape kind={kind} x={0} y={0} />
                </svg>
                {t(`decision.map_${kind}`)}
              </li>
            ))}
        </ul>
        {goal === null && <p className="small quiet">{t('decision.map_unknown')}</p>}
      </figcaption>
    </figure>
  )
}

function Mark({ spot }: { spot: Spot }) {
  return (
    <g>
      <title>{spot.name}</title>
      <Shape kind={spot.kind} x={spot.x} y={spot.y} />
      {spot.label !== null && (
        <text className={`map-name ${spot.kind}`} x={spot.label.x} y={spot.label.y} textAnchor={spot.label.anchor}>
          {spot.name}
        </text>
      )}
    </g>
  )
}

// Told apart by shape, not by colour alone.
function Shape({ kind, x, y }: { kind: Dot['kind']; x: number; y: number }) {
  if (kind === 'destination') return <path className="map-mark destination" d={`M${x} ${y - 7}l7 7l-7 7l-7 -7z`} />
  if (kind === 'removed')
    return (
      <path
        className="map-mark removed"
        d={`M${x - ARM} ${y - ARM}l${2 * ARM} ${2 * ARM}M${x + ARM} ${y - ARM}l${-2 * ARM} ${2 * ARM}`}
      />
    )
  return <circle className={`map-mark ${kind}`} cx={x} cy={y} r={kind === 'considered' ? 4 : 6} />
}

const ORDER = ['chosen', 'runner_up', 'considered', 'removed'] as const

// A location once, as the best that became of it.
function dotsOf(
  candidates: readonly Candidate[],
  placeOf: (location_id: string) => { lat: number; lon: number; name: string } | null,
): Dot[] {
  const dots = new Map<string, Dot>()
  for (const kind of ORDER)
    for (const { verdict, locations } of candidates)
      for (const { location_id } of verdict === kind ? locations : []) {
        const found = dots.has(location_id) ? null : placeOf(location_id)
        if (found !== null)
          dots.set(location_id, { id: location_id, kind, name: found.name, lat: found.lat, lon: found.lon })
      }
  return [...dots.values()]
}
