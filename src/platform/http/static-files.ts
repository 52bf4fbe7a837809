// Built pages from memory: only files that were there at the start exist, so no path can lead out of a folder. Compressed once, at first use.
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageHeaders } from './security-headers.ts'

export interface StaticFolder {
  /** '/' or '/t': where the folder appears. */
  readonly at: string
  readonly folder: string
  /** Beginnings of paths that are pages and nothing else, besides `at` itself: whoever asks without naming JSON gets the page. */
  readonly pages?: readonly string[]
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pbf': 'application/x-protobuf',
  '.wasm': 'application/wasm',
}

interface StaticFile {
  readonly path: string
  readonly type: string
  readonly bytes: Buffer
  readonly etag: string
  readonly variants: Map<string, Buffer>
}

export interface Pages {
  /** The file at this address, or the page of a browser that navigates; undefined for anything else. */
  serve(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined
  /** The page that belongs to this address, where a browser navigates to it: the routes of the API share their paths with those of the console. */
  page(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined
}

/** Takes folders into memory; a folder that does not exist serves nothing. */
export function openPages(folders: readonly StaticFolder[]): Pages {
  const files = new Map<string, StaticFile>()
  const homes: { at: string; file: StaticFile; only: readonly string[] }[] = []
  for (const { at, folder, pages = [] } of folders) {
    if (!existsSync(folder)) continue
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const type = TYPES[extname(path)]
      if (type === undefined) continue
      const file = open(join(folder, path), type)
      files.set(`${at === '/' ? '' : at}/${path.split(sep).join('/')}`, file)
      if (path === 'index.html') homes.push({ at, file, only: pages })
    }
  }
  homes.sort((one, other) => other.at.length - one.at.length)
  const homeOf = (path: string) => homes.find(({ at }) => isWithin(path, at))
  function page(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const home = isNavigation(request) ? homeOf(pathOf(request)) : undefined
    return home === undefined ? undefined : send(home.file, request, reply)
  }
  function pageOnly(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const path = pathOf(request)
    const home = asksForJson(request) ? undefined : homeOf(path)
    const is_page = home !== undefined && (path === home.at || home.only.some((at) => isWithin(path, at)))
    return is_page ? send(home.file, request, reply) : undefined
  }
  return {
    page,
    serve(request, reply) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
      const file = files.get(pathOf(request))
      return file === undefined ? (page(request, reply) ?? pageOnly(request, reply)) : send(file, request, reply)
    },
  }
}

function isWithin(path: string, at: string): boolean {
  return path === at || path.startsWith(at === '/' ? '/' : `${at}/`)
}

function asksForJson(request: FastifyRequest): boolean {
  return /\bjson\b/.test(request.headers.accept ?? '')
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

// A browser that goes to an address as a page; scripts that fetch it ask for JSON or anything.
function isNavigation(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').startsWith('text/html')
}

function open(path: string, type: string): StaticFile {
  const bytes = readFileSync(path)
  return { path, type, bytes, etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`, variants: new Map() }
}

function send(file: StaticFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const immutable = /[.-][\w-]{8,}\.\w+$/.test(file.path) && !file.type.startsWith('text/html')
  reply.headers({
    ...pageHeaders,
    etag: file.etag,
    vary: 'accept-encoding, accept',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
  const encoding = encodingFor(file, request.headers['accept-encoding'] ?? '')
  if (encoding !== null) reply.header('content-encoding', encoding)
  return reply
    .code(200)
    .type(file.type)
    .send(encoding === null ? file.bytes : compressed(file, encoding))
}

const COMPRESSED_FROM_BYTES = 1_024

function encodingFor(file: StaticFile, accepted: string): 'br' | 'gzip' | null {
  if (file.bytes.length < COMPRESSED_FROM_BYTES || !/charset|protobuf|wasm/.test(file.type)) return null
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : null
}

function compressed(file: StaticFile, encoding: 'br' | 'gzip'): Buffer {
  const known = file.variants.get(encoding)
  if (known !== undefined) return known
  const made =
    encoding === 'gzip'
      ? gzipSync(file.bytes)
      : brotliCompressSync(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
  file.variants.set(encoding, made)
  return made
}
