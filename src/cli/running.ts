// Which Ordos of this program run with a database of their own: a command beside one works on it, or says how, and does not begin another by mistake.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

const note = Compile(Type.Object({ pid: Type.Integer(), port: Type.Integer(), data: Type.String() }))

export interface Running {
  readonly pid: number
  readonly port: number
  /** Its data folder. */
  readonly data: string
}

/** Notes in `folder` that this process runs on `data`; answers what takes the note back. A folder that cannot be written to goes without notes. */
export function noteRunning(folder: string, { port, data }: Omit<Running, 'pid'>): () => void {
  const file = join(folder, `${process.pid}.json`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify({ pid: process.pid, port, data: resolve(data) }))
  } catch {
    return () => {}
  }
  return () => rmSync(file, { force: true })
}

/** Those noted in `folder` that are alive and whose database answers to `isServed`; notes of the dead are taken away. */
export function runningIn(folder: string, isServed: (data: string) => boolean): Running[] {
  return filesIn(folder).flatMap((file) => {
    const one = readNote(file)
    if (one !== null && isAlive(one.pid) && isServed(one.data)) return [one]
    rmSync(file, { force: true })
    return []
  })
}

/** Throws where Ordo runs, but not on `here`, which nobody has named: what is meant is a guess. */
export function refuseBeside(running: readonly Running[], here: string): void {
  const [one] = running
  if (one === undefined || running.some(({ data }) => data === resolve(here))) return
  throw new Error(
    `Ordo runs at http://127.0.0.1:${one.port} with its data in ${one.data}: give ORDO_DATA=${one.data} to work on that, or ORDO_DATA=${resolve(here)} for one of its own`,
  )
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

function readNote(file: string): Running | null {
  try {
    const said: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return note.Check(said) ? said : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // it is there, and another user's
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
