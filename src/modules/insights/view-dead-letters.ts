// Work that failed for good, with the number of the order that it was for.
import type { Static } from 'typebox'
import type { DeadLetterList } from '../../contracts/views-intake.ts'
import type { Tx } from '../../platform/db.ts'
import { deadLetters } from '../../platform/engine/index.ts'
import { numbersOf } from './store.ts'

const LETTERS_AT_MOST = 200

export async function viewDeadLetters(tx: Tx): Promise<Static<typeof DeadLetterList>> {
  const letters = await deadLetters(tx, LETTERS_AT_MOST)
  const numbers = new Map(
    (
      await numbersOf(
        tx,
        letters.map((letter) => letter.subject),
      )
    ).map((row) => [row.order_id, row.number]),
  )
  return {
    items: letters.map((letter) => ({
      ...letter,
      died_at: letter.died_at.toISOString(),
      subject_number: numbers.get(letter.subject) ?? null,
    })),
  }
}
