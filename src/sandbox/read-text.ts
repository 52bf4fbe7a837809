// The body of a small request as text, with a limit.
import type { IncomingMessage } from 'node:http'

const BODY_AT_MOST = 10_000

/** Throws where it is longer than ten thousand characters. */
export async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_AT_MOST) throw new Error('the body is too long')
  }
  return text
}
