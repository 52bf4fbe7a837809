// The API reference at /reference: Scalar from this server's own files, so that it works without any other network.
import type { FastifyApiReferenceOptions } from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ordo API</title>
</head>
<body>
<div id="reference"></div>
<script src="/reference/scalar/js/scalar.js"></script>
<script src="/reference/start.js"></script>
</body>
</html>
`

const start = `Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
})
`

/** Serves the page; Scalar's 4 MB are loaded at the first start of a server, not per request. */
export function referencePage(app: FastifyInstance, _options: object, done: (error?: Error) => void): void {
  const serve = (scalar: FastifyPluginCallback<FastifyApiReferenceOptions>) => {
    app.register(scalar, { routePrefix: '/reference/scalar', configuration: { url: '/openapi.json' } })
    app.get('/reference', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
    app.get('/reference/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start))
    done()
  }
  import('@scalar/fastify-api-reference').then((loaded) => serve(loaded.default), done)
}
