// Completes package-lock.json with the optional packages of other platforms: a registry that lacks them makes npm drop them, and `npm ci` then refuses the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

interface Package {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}
type Packages = Readonly<Record<string, Package>>

const SYSTEMS: Readonly<Record<string, string>> = { win32: 'win32', windows: 'win32', wasi: 'none' }
const LIBC: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' }
const KNOWN_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix']
const KNOWN_CPUS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** The entries that the lock file lacks, by the path where npm would look for them. */
export function missingPlatforms(packages: Packages): Record<string, Package> {
  const missing: Record<string, Package> = {}
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (lookUp({ ...packages, ...missing }, parent, name, range)) continue
      const version = range.replace(/^[~^=v]+/, '')
      const root = `node_modules/${name}`
      const path = packages[root] === undefined && missing[root] === undefined ? root : `${parent}/node_modules/${name}`
      missing[path] = { version, ...platformOf(name), ...(dev === true ? { dev } : {}), optional: true }
    }
  }
  return missing
}

// npm's own search: beside the parent, then in each folder above it. A range is met by what stands there; npm has seen to that.
function lookUp(packages: Packages, parent: string, name: string, range: string): boolean {
  for (let folder = parent; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const found = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]
    if (found !== undefined) return found.version === range || !/^\d/.test(range)
    if (folder === '') return false
  }
}

function platformOf(name: string): Package {
  const words = name.split(/[-/]/)
  const os = words.flatMap((word) => SYSTEMS[word] ?? (KNOWN_SYSTEMS.includes(word) ? word : [])).slice(0, 1)
  const cpu = words.filter((word) => KNOWN_CPUS.includes(word)).slice(0, 1)
  const libc = words.flatMap((word) => LIBC[word] ?? []).slice(0, 1)
  return {
    ...(cpu.length === 0 ? {} : { cpu }),
    ...(libc.length === 0 || os[0] !== 'linux' ? {} : { libc }),
    ...(os.length === 0 || cpu[0] === 'wasm32' ? {} : { os }),
  }
}

function main(): void {
  const lock: { packages: Record<string, Package> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const missing = missingPlatforms(lock.packages)
  const all = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`)
  for (const [path, { version }] of Object.entries(missing)) console.log(`added ${path} ${version}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
