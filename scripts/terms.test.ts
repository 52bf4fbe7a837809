// The page of terms is complete, and replaced words are found in identifiers of any case.
import { expect, test } from 'vitest'
import { readTerms, replacedWords, termFaults } from './terms.ts'

const page = `
# Terms
| English | 中文 | meaning | not |
|---|---|---|---|
| demand id | 需求号 | what a reservation is for | \`claimant_id\` |
| dead-lettered | 死信 | a job that gave up | parked, shelved |

| other | table |
|---|---|
| a | b |`

test('terms are read with the words that they replace', () => {
  expect(readTerms(page)).toEqual([
    { en: 'demand id', zh: '需求号', not: ['claimant_id'] },
    { en: 'dead-lettered', zh: '死信', not: ['parked', 'shelved'] },
  ])
})

test('a missing language and a doubled term are found', () => {
  const terms = [
    { en: 'wave', zh: '', not: [] },
    { en: 'pick', zh: '拣货', not: [] },
    { en: 'Pick', zh: '拣选', not: [] },
  ]
  expect(termFaults(terms)).toEqual(['"wave" lacks its English or Chinese word', '"Pick" is listed twice'])
})

test('a replaced word is found as part of an identifier, and only there', () => {
  const code = 'const claimantId = 1\nconst parkedJobs = [] // parked\nconst sparked = "parked"'
  expect(replacedWords('src/a.ts', code, readTerms(page))).toEqual([
    'src/a.ts:1 claimantId: say "demand id", not "claimant_id"',
    'src/a.ts:2 parkedJobs: say "dead-lettered", not "parked"',
  ])
})
