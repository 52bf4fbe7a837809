// Promises of group commit: grouping, own answers, failing alone, bounds.
import { expect, test } from 'vitest'
import { gatherGroups } from './gather-groups.ts'

const limits = { size: 4, wait_ms: 2, in_flight: 2, waiting: 20, full: () => new Error('full') }

function recorder(run: (items: readonly number[]) => Promise<readonly string[]> = async (items) => items.map(String)) {
  const groups: { kind: string; items: readonly number[] }[] = []
  let at_once = 0
  let most = 0
  const gathered = gatherGroups<number, string>(
    limits,
    async (_queue, kind, items) => {
      groups.push({ kind, items })
      most = Math.max(most, ++at_once)
      try {
        return await run(items)
      } finally {
        at_once -= 1
      }
    },
    (error) => error instanceof Error && error.message === 'away',
  )
  return { groups, gathered, most: () => most }
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5))

test('calls of one turn share one group and each gets its own answer', async () => {
  const { groups, gathered } = recorder()
  expect(await Promise.all([1, 2, 3].map((item) => gathered.add('t', 'k', item)))).toEqual(['1', '2', '3'])
  expect(groups).toEqual([{ kind: 'k', items: [1, 2, 3] }])
  expect(gathered.load()).toBe(0)
})

test('a group is never larger than its limit and never more are on their way than allowed', async () => {
  const { groups, gathered, most } = recorder(async (items) => {
    await soon()
    return items.map(String)
  })
  const answers = await Promise.all(Array.from({ length: 19 }, (_, item) => gathered.add('t', 'k', item)))
  expect(answers).toEqual(Array.from({ length: 19 }, (_, item) => String(item)))
  expect(Math.max(...groups.map((group) => group.items.length))).toBe(4)
  expect(most()).toBe(2)
})

test('items of two kinds never share a group', async () => {
  const { groups, gathered } = recorder()
  await Promise.all([gathered.add('t', 'a', 1), gathered.add('t', 'b', 2), gathered.add('t', 'a', 3)])
  expect(groups).toEqual([
    { kind: 'a', items: [1, 3] },
    { kind: 'b', items: [2] },
  ])
})

test('a bad item fails alone and the others of its group succeed', async () => {
  const { gathered } = recorder(async (items) => {
    if (items.includes(13)) throw new Error('unlucky')
    return items.map(String)
  })
  const answers = await Promise.allSettled([1, 13, 3].map((item) => gathered.add('t', 'k', item)))
  expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('when the database is away nobody is tried alone', async () => {
  const { groups, gathered } = recorder(async () => {
    throw new Error('away')
  })
  const answers = await Promise.allSettled([1, 2, 3].map((item) => gathered.add('t', 'k', item)))
  expect(answers.every((answer) => answer.status === 'rejected')).toBe(true)
  expect(groups).toHaveLength(1)
})

test('a queue that is full says so instead of growing', async () => {
  const { gathered } = recorder(async (items) => {
    await soon()
    return items.map(String)
  })
  const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, item) => gathered.add('t', 'k', item)))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(20)
})
