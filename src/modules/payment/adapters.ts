// The provider adapters that Ordo has, by name.
import type { ProviderAdapter } from './provider.ts'
import { sandboxProvider } from './sandbox-provider.ts'

export const adapters: ReadonlyMap<string, ProviderAdapter> = new Map([['sandbox', sandboxProvider]])
