// How sure a difference between two arms is: Welch's t-test for means, the two-proportion z-test with Newcombe's interval for shares.

export interface Sample {
  readonly n: number
  readonly mean: number
  readonly variance: number
}

export interface Share {
  readonly n: number
  readonly hits: number
}

/** Second less first: the difference, its 95 per cent interval, and how often chance alone would show one at least as large. */
export interface Difference {
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly p: number
}

const Z_95 = 1.959963984540054

/** Two means of unequal variance (Welch 1947), degrees of freedom by Welch and Satterthwaite. Both samples have at least two values. */
export function welch(first: Sample, second: Sample): Difference {
  const difference = second.mean - first.mean
  const [u, v] = [first.variance / first.n, second.variance / second.n]
  const error = Math.sqrt(u + v)
  if (error === 0) return { difference, low: difference, high: difference, p: difference === 0 ? 1 : 0 }
  const freedom = (u + v) ** 2 / (u ** 2 / (first.n - 1) + v ** 2 / (second.n - 1))
  const reach = studentQuantile(freedom) * error
  return { difference, low: difference - reach, high: difference + reach, p: studentTail(difference / error, freedom) }
}

/** Two shares: p by the pooled z-test, the interval by Newcombe's hybrid of Wilson's (1998, method 10), which stays within what shares can be. */
export function proportions(first: Share, second: Share): Difference {
  const [a, b] = [first.hits / first.n, second.hits / second.n]
  const difference = b - a
  const [one, other] = [wilson(first), wilson(second)]
  const low = difference - Math.hypot(b - other.low, one.high - a)
  const high = difference + Math.hypot(other.high - b, a - one.low)
  const pooled = (first.hits + second.hits) / (first.n + second.n)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n))
  return { difference, low, high, p: error === 0 ? 1 : studentTail(difference / error, Infinity) }
}

function wilson({ n, hits }: Share): { low: number; high: number } {
  const share = hits / n
  const z2 = Z_95 ** 2
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n)
  const reach = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/** Both tails of Student's distribution beyond |t|. Beyond a million degrees of freedom it is the normal one. */
export function studentTail(t: number, freedom: number): number {
  const most = Math.min(freedom, 1e6)
  return incompleteBeta(most / (most + t * t), most / 2, 1 / 2)
}

const HALVINGS = 100

// The value that leaves five per cent in both tails together.
function studentQuantile(freedom: number): number {
  let [low, high] = [0, 1000]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (studentTail(middle, freedom) > 0.05) low = middle
    else high = middle
  }
  return high
}

// The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 3rd edition, 6.4).
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  const tiny = 1e-300
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let [c, d] = [1, 1 / away(1 - ((a + b) * x) / (a + 1))]
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-12) break
  }
  return front * fraction
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

// Lanczos' approximation with g = 7, for arguments of at least one half.
function logGamma(x: number): number {
  const y = x - 1
  const sum = LANCZOS.reduce((total, term, index) => total + term / (y + index + 1), 0.9999999999998099)
  const t = y + LANCZOS.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}
