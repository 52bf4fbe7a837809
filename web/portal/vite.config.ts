// Builds the customer's page into dist/portal; its files lie under /t/-/, which no merchant code can be.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { apiFor } from '../shared/dev-api.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/t/-/',
  plugins: [apiFor(process.env.ORDO_API)],
  server: { port: 4611, strictPort: true, host: '127.0.0.1' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/portal', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets',
    manifest: true,
    reportCompressedSize: false,
  },
})
