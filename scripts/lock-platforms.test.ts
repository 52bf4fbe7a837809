// The lock file serves every platform, whichever registry it was made with.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingPlatforms } from './lock-platforms.ts'

test('package-lock.json has the optional packages of all platforms; otherwise run node scripts/lock-platforms.ts', () => {
  expect(missingPlatforms(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages)).toEqual({})
})

test('a missing package is added where npm looks for it, with the platform that its name tells', () => {
  const packages = {
    '': { optionalDependencies: { 'there-darwin-x64': '1.0.0', ranged: '^2.0.0' } },
    'node_modules/there-darwin-x64': { version: '1.0.0' },
    'node_modules/ranged': { version: '2.4.0' },
    'node_modules/parser': {
      dev: true,
      optionalDependencies: { 'parser-linux-arm64-musl': '3.0.0', 'parser-win32-x64': '3.0.0' },
    },
    'node_modules/parser-win32-x64': { version: '2.0.0' },
    'node_modules/@scope/tool/node_modules/inner': {
      optionalDependencies: { 'there-darwin-x64': '1.0.0', 'inner-wasm32-wasi': '4.0.0' },
    },
  }
  expect(missingPlatforms(packages)).toEqual({
    'node_modules/parser-linux-arm64-musl': {
      version: '3.0.0',
      dev: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      optional: true,
    },
    'node_modules/parser/node_modules/parser-win32-x64': {
      version: '3.0.0',
      dev: true,
      os: ['win32'],
      cpu: ['x64'],
      optional: true,
    },
    'node_modules/inner-wasm32-wasi': { version: '4.0.0', cpu: ['wasm32'], optional: true },
  })
})
