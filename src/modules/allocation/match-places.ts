// How a place in a rule is compared with an address, and which entry of a zone map counts for it: the narrowest one.

/** Where an order goes, as far as rules look at it. */
export interface Address {
  readonly country: string
  readonly region: string | null
  readonly city: string | null
  readonly postcode: string | null
}

/** By what an entry of a zone map names its places, the narrowest first. */
export const zoneKinds = ['postcode', 'city', 'region', 'country'] as const
type ZoneKind = (typeof zoneKinds)[number]

/** Places, and the locations or groups that are preferred for them; a postcode is the beginning of one. */
export interface ZoneEntry {
  readonly by: ZoneKind
  readonly of: readonly string[]
  readonly prefer: readonly string[]
}

/** Spelt so that it compares. */
export function plain(text: string): string {
  return text.trim().toLowerCase()
}

/** A city spelt so that it compares: 杭州市 is 杭州, but 津市 stays what it is, a name of one character is none. */
export function plainCity(text: string): string {
  return plain(text).replace(/(?<=\p{Script=Han}{2})市$/u, '')
}

/** All spellings of a city, in small letters. */
export function spellingsOf(city: string): string[] {
  const name = plainCity(city)
  return /\p{Script=Han}$/u.test(name) ? [name, `${name}市`] : [name]
}

const RANK = { country: 1, region: 2, city: 3, postcode: 4 } as const

/** The entry that counts for an address: the longest postcode, then city, region, country; of two alike the first. */
export function zoneFor(zones: readonly ZoneEntry[], to: Address): ZoneEntry | null {
  const own = {
    country: plain(to.country),
    region: plain(to.region ?? ''),
    city: plainCity(to.city ?? ''),
    postcode: plain(to.postcode ?? ''),
  }
  let best: ZoneEntry | null = null
  let best_rank = 0
  for (const entry of zones) {
    const { by } = entry
    if (own[by] === '') continue
    for (const place of entry.of) {
      const named = by === 'city' ? plainCity(place) : plain(place)
      const rank = RANK[by] + (by === 'postcode' ? named.length : 0)
      if (rank <= best_rank || !(by === 'postcode' ? own.postcode.startsWith(named) : own[by] === named)) continue
      best = entry
      best_rank = rank
    }
  }
  return best
}
