// The surge as a picture: what comes, and the work on each floor in hours, without limits above and with live load below.
import { PLACES } from '../spine/scene.ts'
import type { Story } from './play.ts'
import { READY_IN_A_STEP, STEP_MINUTES } from './stage.ts'

const [LEFT, CELL, ROW, BARS] = [110, 8, 22, 70]
const SHOWN_STEPS = 76
const HOURS_AT_MOST = 12
const INK = '#1f2937'

/** Hours that a floor needs for so much work. */
export function hoursOf(backlog: number): number {
  return (backlog / READY_IN_A_STEP) * (STEP_MINUTES / 60)
}

/** The story as an SVG document. */
export function draw(story: Story): string {
  const steps = Math.min(SHOWN_STEPS, story.coming.length)
  const most = Math.max(1, ...story.coming)
  const width = LEFT + steps * CELL + 20
  const parts: string[] = [text(10, 22, 'Orders in half an hour', 13, 600)]
  for (let step = 0; step < steps; step++) {
    const height = Math.round(((story.coming[step] ?? 0) / most) * BARS)
    if (height > 0)
      parts.push(
        `<rect x="${LEFT + step * CELL}" y="${30 + BARS - height}" width="${CELL - 1}" height="${height}" fill="#475569"/>`,
      )
  }
  let top = 30 + BARS + 24
  for (const side of story.sides) {
    const { urgent, others } = side
    const kept = `urgent on time ${urgent.kept} of ${urgent.orders}, others ${others.kept} of ${others.orders}`
    parts.push(text(10, top, `${side.live ? 'With live load' : 'Without limits'}: ${kept}`, 13, 600))
    PLACES.forEach(({ id }, place) => {
      parts.push(text(10, top + 10 + place * ROW + 15, id, 12, 400))
      for (let step = 0; step < steps; step++)
        parts.push(
          `<rect x="${LEFT + step * CELL}" y="${top + 10 + place * ROW}" width="${CELL}" height="${ROW - 2}" fill="${shade(hoursOf(side.backlog[step]?.[place] ?? 0))}"/>`,
        )
    })
    top += 10 + PLACES.length * ROW + 26
  }
  for (let step = 0; step < steps; step += 8) {
    const hour = String((8 + (step * STEP_MINUTES) / 60) % 24).padStart(2, '0')
    parts.push(text(LEFT + step * CELL, top - 8, `${hour}:00`, 11, 400))
  }
  parts.push(text(10, top + 14, `Work on the floor: white none, red ${HOURS_AT_MOST} hours and more`, 11, 400))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + 26}" font-family="system-ui, sans-serif"><title>Orders that come, and hours of work on each floor without limits and with live load</title><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('\n')}</svg>\n`
}

function text(x: number, y: number, words: string, size: number, weight: number): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${INK}">${words}</text>`
}

function shade(hours: number): string {
  const part = Math.min(1, hours / HOURS_AT_MOST)
  const light = Math.round(96 - 50 * part)
  return part === 0 ? '#f8fafc' : `hsl(${Math.round(45 - 45 * part)} 85% ${light}%)`
}
