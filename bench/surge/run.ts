// The surge story in one command: ten times the orders for two hours, with live load and without, every invariant, and a chart.
import { writeFileSync } from 'node:fs'
import { fakeClock } from '../../src/platform/clock.ts'
import { brokenInvariants, invariants } from '../../src/platform/invariants.ts'
import { openScene, PLACES } from '../spine/scene.ts'
import { draw, hoursOf } from './chart.ts'
import { play, type Story, whatComes } from './play.ts'

export interface SurgeOptions {
  /** Times the orders of the usual story. */
  readonly scale: number
  /** So long the story lasts. */
  readonly hours: number
  readonly chart?: string
  readonly json?: boolean
  /** Per cent of the urgent orders that keep their promise with live load, at least. */
  readonly at_least: number
}

/** Eight in the morning in the time zone of the places. */
const START = new Date('2026-03-02T00:00:00Z')
const UNITS = 100_000

/** Plays the story and prints it; 1 where an invariant is broken, or too few urgent orders kept their promise. */
export async function surge(options: SurgeOptions): Promise<number> {
  const clock = fakeClock(START)
  const scene = await openScene({ tenants: 2, units_per_sku: UNITS, clock })
  try {
    const story = await play(scene, clock, whatComes(options.scale, options.hours))
    const broken: string[] = []
    for (const { tenant_id } of scene.tenants)
      broken.push(...(await brokenInvariants(scene.admin_url, tenant_id)).map((one) => one.name))
    if (options.chart !== undefined) writeFileSync(options.chart, draw(story))
    const kept_percent = keptPercent(story)
    const says = options.json === true ? `${JSON.stringify(told(story, broken))}\n` : table(story, broken)
    process.stdout.write(says)
    if (kept_percent < options.at_least)
      process.stderr.write(
        `urgent orders on time: ${kept_percent.toFixed(1)} %, at least ${options.at_least} % are asked for\n`,
      )
    return broken.length === 0 && kept_percent >= options.at_least ? 0 : 1
  } finally {
    await scene.close()
  }
}

// Of the urgent orders with live load; all of none.
function keptPercent({ sides }: Story): number {
  const urgent = sides.find((side) => side.live)?.urgent
  return urgent === undefined || urgent.orders === 0 ? 100 : (100 * urgent.kept) / urgent.orders
}

function told(story: Story, broken: readonly string[]) {
  return {
    orders: story.coming.reduce((sum, count) => sum + count, 0),
    sides: story.sides.map((side) => ({
      live: side.live,
      urgent: side.urgent,
      others: side.others,
      by_place: Object.fromEntries(PLACES.map(({ id }, place) => [id, side.by_place[place] ?? 0])),
      most_hours_of_work: Math.max(...side.backlog.flat().map(hoursOf)),
    })),
    invariants: invariants().length,
    broken,
  }
}

function table(story: Story, broken: readonly string[]): string {
  const { orders, sides } = told(story, broken)
  const share = ({ kept, orders: of }: { kept: number; orders: number }) =>
    `${kept} of ${of} (${of === 0 ? '–' : ((100 * kept) / of).toFixed(1)} %)`
  const row = (name: string, cell: (side: (typeof sides)[number]) => string) =>
    `${name.padEnd(34)} ${sides.map((side) => cell(side).padStart(24)).join(' ')}`
  return `${[
    `${orders} orders, ten times the usual for two hours`,
    row('', (side) => (side.live ? 'with live load' : 'without limits')),
    row('urgent orders on time', (side) => share(side.urgent)),
    row('other orders on time', (side) => share(side.others)),
    row('longest queue of a place, hours', (side) => side.most_hours_of_work.toFixed(1)),
    ...PLACES.map(({ id }) => row(`parcels from ${id}`, (side) => String(side.by_place[id] ?? 0))),
    `invariants broken: ${broken.length} of ${invariants().length} ${broken.join(' ')}`,
  ].join('\n')}\n`
}
