// The merchant's colour, darkened as far as white text on it and it on white can be read by everybody (WCAG 2.2 AA, 4.5 : 1).

const LEAST = 4.6

/** #rrggbb in, a readable #rrggbb out; anything else gives the page's own colour. */
export function readable(colour: string): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (match === null) return '#2746c4'
  let rgb = match.slice(1).map((part) => Number.parseInt(part, 16))
  while (contrastToWhite(rgb) < LEAST) rgb = rgb.map((part) => Math.max(0, Math.floor(part * 0.94)))
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Contrast against white by the formula of WCAG. */
export function contrastToWhite(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
