import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ico': 'image/x-icon',
}
/** As they lie beside the file, best first. */
const codings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

/** Pages that are not the app's. */
const ownPages: Readonly<Record<string, string>> = { '/verify': 'verify.html', '/visitor': 'visitor.html' }

/** What pages of others load. */
export const sharedScripts: ReadonlySet<string> = new Set(['/click-to-call.js', '/chat.js'])

interface Found {
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/**
 * Serves the files of one folder, and its `index.html` for every page of the app. Files below `/assets/` have their
 * content in their names and are kept for ever; the others are asked for anew each time (ETag).
 * @param folder resolves once the files are there
 */
export function staticFiles(
  folder: Promise<string>,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const root = await folder.catch(() => undefined)
    const wanted = readPath(request.url)
    if (root === undefined || wanted === undefined) return false
    const isPage = extname(wanted) === ''
    const found = await findFile(join(root, isPage ? (ownPages[wanted] ?? 'index.html') : wanted))
    if (!found) return false
    const isForEver = wanted.startsWith(`${sep}assets${sep}`)
    await send(request, response, found, { isForEver, isShared: sharedScripts.has(wanted) })
    return true
  }
}

/** The path of the request within the folder; undefined for what would leave it, and for hidden files. */
function readPath(url = '/'): string | undefined {
  try {
    const path = normalize(decodeURIComponent(url.split('?', 1)[0]!))
    return path.startsWith(sep) && !/[/\\]\.|\0/.test(path) && types[extname(path) || '.html'] ? path : undefined
  } catch {
    return undefined
  }
}

async function findFile(path: string): Promise<Found | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { path, sizeBytes: found.size, modifiedMs: found.mtimeMs } : undefined
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: Found,
  { isForEver, isShared }: { isForEver: boolean; isShared: boolean },
): Promise<void> {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  let chosen: { readonly file: Found; readonly coding?: string } = { file }
  for (const { name, suffix } of codings) {
    if (!new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(accepted)) continue
    const smaller = await findFile(file.path + suffix)
    if (!smaller) continue
    chosen = { file: smaller, coding: name }
    break
  }
  const tag = `"${chosen.file.sizeBytes.toString(16)}-${Math.floor(chosen.file.modifiedMs).toString(16)}${chosen.coding ? `-${chosen.coding}` : ''}"`
  response.setHeader('content-type', types[extname(file.path)]!)
  response.setHeader('cache-control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (isShared) response.setHeader('cross-origin-resource-policy', 'cross-origin')
  response.setHeader('vary', 'accept-encoding')
  response.setHeader('etag', tag)
  if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end()
  if (chosen.coding) response.setHeader('content-encoding', chosen.coding)
  response.setHeader('content-length', chosen.file.sizeBytes)
  response.statusCode = 200
  if (request.method === 'HEAD') return void response.end()
  // Whoever hangs up in the middle has hung up.
  await pipeline(createReadStream(chosen.file.path), response).catch(() => response.destroy())
}
