// Builds the customer's page into dist/portal; its files lie under /t/-/ because no merchant code begins with a dash.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { apiFor } from '../shared/dev-api.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/t/',
  plugins: [apiFor(process.env.ORDO_API)],
  server: { port: 4611, strictPort: true, host: '127.0.0.1' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/portal', import.meta.url)),
    emptyOutDir: true,
    assetsDir: '-',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // antd marks its files for servers that render React; here everything runs in the browser
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
})
