// Passwords: argon2id by OWASP's parameters, a few at a time, and none that everybody would guess.
import { hash, verify } from '@node-rs/argon2'
import { overloaded } from '../../platform/http/bounded-transaction.ts'
import { identityProblem } from './problems.ts'

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane; the library's default algorithm is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Verifications that wait or run at most: each holds 19 MiB and about 30 ms of a core. */
const AT_ONCE = 64
let under_way = 0

async function bounded<Result>(work: () => Promise<Result>): Promise<Result> {
  if (under_way >= AT_ONCE) throw overloaded('too many logins at once')
  under_way += 1
  try {
    return await work()
  } finally {
    under_way -= 1
  }
}

export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password.normalize('NFC'), cost))
}

let decoy: Promise<string> | null = null

/** Whether the password fits; without a hash the same work is done for nothing, so that time does not tell who exists. */
export async function passwordFits(password_hash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', cost)
  const against = password_hash ?? (await decoy)
  const fits = await bounded(() => verify(against, password.normalize('NFC')))
  return fits && password_hash !== undefined
}

// The most used passwords of ten and more characters in public leaks; shorter ones are refused by their length.
const COMMON = new Set(
  '1234567890 0123456789 1234567891 12345678910 qwertyuiop qwerty1234 qwerty12345 password12 password123 password1234 passw0rd123 1q2w3e4r5t 1qaz2wsx3edc iloveyou12 abcd123456 a123456789 asdfghjkl1 letmein1234 welcome1234 welcome123 admin12345 administrator changeme123 11111111111 1111111111 0000000000 9876543210 987654321a woaini1314 woaini520 1314520520 5201314520 aa12345678 zxcvbnm123 football123 baseball123 superman123 sunshine123 princess123 qazwsxedc1 michael123 p@ssw0rd123 p@ssword123'.split(
    ' ',
  ),
)
const LENGTH_AT_LEAST = 10

/** Throws `weak_password` for what is short, common, one character over and over, or made of words about the person. */
export function refuseWeak(password: string, about: readonly string[]): void {
  const plain = password.normalize('NFC').toLowerCase()
  const isAbout = about.some((word) => {
    const stem = word.toLowerCase().split('@', 1)[0] ?? ''
    return stem.length >= 4 && plain.replaceAll(stem, '').length < 4
  })
  if ([...plain].length < LENGTH_AT_LEAST || COMMON.has(plain) || new Set(plain).size < 4 || isAbout)
    throw identityProblem('weak_password')
}
