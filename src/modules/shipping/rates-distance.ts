// How far it is: great-circle distance between two points on the earth.

export interface Point {
  readonly lat: number | null
  readonly lon: number | null
}

const EARTH_RADIUS_KM = 6371.0088
const RADIANS = Math.PI / 180

/** Kilometres along the great circle by the haversine formula on a sphere (error below 0.6 %); null where a point is unknown. */
export function distanceKm(from: Point, to: Point): number | null {
  if (from.lat === null || from.lon === null || to.lat === null || to.lon === null) return null
  const half_lat = Math.sin(((to.lat - from.lat) * RADIANS) / 2)
  const half_lon = Math.sin(((to.lon - from.lon) * RADIANS) / 2)
  const chord = half_lat * half_lat + Math.cos(from.lat * RADIANS) * Math.cos(to.lat * RADIANS) * half_lon * half_lon
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}
