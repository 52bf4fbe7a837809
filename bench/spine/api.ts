// Starts the API's process and asks it things.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Api {
  readonly port: number
  /** Statements since its start. */
  statements(): Promise<number>
  stop(): void
}

/** Forks the API on the database at `app_url`; answers when it listens. */
export async function forkApi(app_url: string): Promise<Api> {
  const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), {
    env: { ...process.env, BENCH_APP_URL: app_url },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const said = (key: string) =>
    new Promise<number>((resolve, reject) => {
      const hear = (message: unknown) => {
        if (typeof message !== 'object' || message === null || !(key in message)) return
        child.off('message', hear)
        resolve(Number(Object.values(message)[0]))
      }
      child.on('message', hear)
      child.once('exit', (code) => reject(new Error(`the API ended with code ${code}`)))
    })
  const port = await said('port')
  return {
    port,
    statements: () => {
      const answer = said('statements')
      child.send('statements')
      return answer
    },
    stop: () => child.disconnect(),
  }
}
