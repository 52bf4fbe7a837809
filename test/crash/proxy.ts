// A TCP proxy before PostgreSQL that cuts a connection at the moment a COMMIT has gone to the server: the client cannot know its outcome.
import { connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  readonly port: number
  /** The next COMMIT is forwarded and its connection cut before the answer comes back. */
  cutNext(): void
  cuts(): number
  close(): Promise<void>
}

/** Listens on a free port of the loopback address and forwards to PostgreSQL at `port`. */
export async function cutAtCommit(port: number): Promise<Proxy> {
  let armed = false
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let severed = false
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    client.on('data', (chunk) => {
      upstream.write(chunk)
      if (!armed || !/commit/i.test(chunk.toString('latin1'))) return
      armed = false
      cuts += 1
      severed = true
      client.destroy()
    })
    upstream.on('data', (chunk) => {
      if (!severed) client.write(chunk)
    })
    client.on('close', () => (severed ? upstream.end() : upstream.destroy()))
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cutNext: () => {
      armed = true
    },
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
