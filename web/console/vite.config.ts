// Builds the console into dist/console; `npm run dev:web` serves it with the mock, or before a running Ordo (ORDO_API).
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { apiFor } from '../shared/dev-api.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [apiFor(process.env.ORDO_API)],
  server: { port: 4610, strictPort: true, host: '127.0.0.1' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // antd marks its files for servers that render React; here everything runs in the browser
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
    chunkSizeWarningLimit: 1200,
  },
})
