// Named crash points: inert unless FAULTS lists them, then the process dies as by kill -9 at exactly that place.

const armed = new Set((process.env.FAULTS ?? '').split(',').filter(Boolean))

/** Every crash point of the code base; a test enumerates them, and a point that is not listed here does not compile. */
export const crashPoints = [
  'intake:before-insert',
  'intake:before-commit',
  'intake:after-commit',
  'engine:after-claim',
  'engine:before-follower',
  'engine:before-commit',
  'engine:after-commit',
  'outside:after-lease',
  'outside:after-call',
  'publish:after-events',
  'inventory:after-lock',
  'inventory:after-take',
  'orders:after-move',
  'payment:after-journal',
  'feed:after-positions',
] as const

export type CrashPoint = (typeof crashPoints)[number]

/** Dies by SIGKILL if FAULTS names this point; otherwise costs one set look-up. */
export function fault(point: CrashPoint): void {
  if (armed.size > 0 && armed.has(point)) process.kill(process.pid, 'SIGKILL')
}
