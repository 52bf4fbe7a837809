// docs/modules.md says what the graph and the flow say.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawModules } from './draw-modules.ts'

test('the page of modules is as the graph and the flow have them', () => {
  expect(readFileSync(new URL('../docs/modules.md', import.meta.url), 'utf8')).toBe(drawModules())
})
