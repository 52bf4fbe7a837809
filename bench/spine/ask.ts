// One HTTP call with its answer read as JSON: for benchmarks that look at what they are told, not only at how fast.
import { Agent, request } from 'node:http'

export interface Told {
  readonly status: number
  /** `code` of a problem, '' where there is none. */
  readonly code: string
}

/** A client of the API at `port`; as many connections as calls that are on their way. */
export function caller(port: number, api_key: string) {
  const agent = new Agent({ keepAlive: true })
  const call = (path: string, body: unknown, key?: string): Promise<Told> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: 'POST',
          agent,
          headers: {
            authorization: `Bearer ${api_key}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
        },
        (answer) => {
          let read = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk: string) => {
            read += chunk
          })
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, code: codeOf(read) }))
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
  return { call, close: () => agent.destroy() }
}

function codeOf(text: string): string {
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null || !('code' in body)) return ''
  return typeof body.code === 'string' ? body.code : ''
}
