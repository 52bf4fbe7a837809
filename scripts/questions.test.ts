// The answers of docs/questions.md stand where the page says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/questions.md')
const places = [...page.matchAll(/^- `([^`]+)`: `(.+)`$/gm)].map(([, path = '', text = '']) => ({ path, text }))

test('there are ten questions, each with an answer and its place', () => {
  const questions = page.split(/^## \d+ /m).slice(1)
  expect(questions).toHaveLength(10)
  for (const question of questions) expect(question).toMatch(/^- `/m)
})

test('each place has the text that the page quotes, in the three files that a reader needs', () => {
  expect(places.filter(({ path, text }) => !read(path).includes(text))).toEqual([])
  expect(new Set(places.map((place) => place.path))).toEqual(
    new Set(['src/flow.ts', 'src/modules/graph.ts', 'README.md']),
  )
})
