import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** Where the probe is fetched from. */
const probePath = '/downloads/vaxel-probe.mjs'

/**
 * Serves the probe as one file; it is built when it is first asked for, and asked for anew when that failed.
 * @param build resolves to the path of the file
 * @returns whether the request was for it
 */
export function probeDownload(
  build: () => Promise<string>,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  let path: Promise<string> | undefined
  return async (request, response) => {
    if (request.url?.split('?', 1)[0] !== probePath) return false
    path ??= build()
    const file = await path.catch(() => {
      path = undefined
      return undefined
    })
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
    if (file === undefined || !found) return false
    response.writeHead(200, {
      'content-type': 'text/javascript; charset=utf-8',
      'content-disposition': 'attachment; filename="vaxel-probe.mjs"',
      'content-length': found.size,
      'cache-control': 'no-cache',
    })
    if (request.method === 'HEAD') response.end()
    // Whoever goes away in the middle has no more to be told.
    else await pipeline(createReadStream(file), response).catch(() => {})
    return true
  }
}
