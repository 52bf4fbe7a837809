// Secrets that must be read back (webhook and provider secrets): AES-256-GCM under ORDO_KEY, with the key's id, so that keys can rotate.
import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey } from 'node:crypto'
import type { Randomness } from './ids.ts'

export interface Secrets {
  /** Encrypts; the answer carries the key's id. */
  seal(plain: string): string
  /** Decrypts what `seal` made under this or an older key; throws on anything else. */
  open(sealed: string): string
  /** A keyed digest (HMAC-SHA256, hex) for things that must be compared but not read: before and after in the audit. */
  digest(text: string): string
}

/** Reads keys as "id:base64,id:base64" (32 bytes each); the first one seals, all open. */
export function openSecrets(keys_text: string, randomness: Randomness): Secrets {
  const keys = keys_text.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.split(':')
    const key = Buffer.from(encoded, 'base64')
    if (id === '' || key.length !== 32)
      throw new Error('ORDO_KEY must be id:base64 of 32 bytes, several separated by commas, the newest first')
    return { id, key }
  })
  const newest = keys[0]
  if (newest === undefined) throw new Error('ORDO_KEY is empty')
  // A key object made once: with the plain bytes each digest costs 30 µs instead of 4, and intake takes one for every order.
  const digestKey = createSecretKey(
    createHash('sha256')
      .update('ordo digest')
      .update(keys.at(-1)?.key ?? newest.key)
      .digest(),
  )
  return {
    seal(plain) {
      const nonce = randomness.bytes(12)
      const cipher = createCipheriv('aes-256-gcm', newest.key, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [
        newest.id,
        Buffer.from(nonce).toString('base64'),
        body.toString('base64'),
        cipher.getAuthTag().toString('base64'),
      ].join('.')
    },
    open(sealed) {
      const [id, nonce = '', body = '', tag = ''] = sealed.split('.')
      const key = keys.find((candidate) => candidate.id === id)
      if (key === undefined) throw new Error(`no key ${id} to open this secret: add it to ORDO_KEY`)
      const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(nonce, 'base64'))
      decipher.setAuthTag(Buffer.from(tag, 'base64'))
      return decipher.update(Buffer.from(body, 'base64'), undefined, 'utf8') + decipher.final('utf8')
    },
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('hex'),
  }
}
