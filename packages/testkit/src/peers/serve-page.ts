import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Place } from '../net/home-network.ts'

/**
 * Serves an empty page with a script of the test's own.
 * @param script path; it is bundled with what it imports
 * @param place where the browser runs; the page comes by the control network
 */
export async function servePage(script: string, place?: Place): Promise<{ server: Server; origin: string }> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'iife',
    define: { global: 'globalThis' },
  })
  const bundle = outputFiles[0]!.text
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? bundle : '<!doctype html><title>softphone</title><script src="/script.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, place ? '0.0.0.0' : '127.0.0.1', resolve))
  const host = place ? place.testAddress : '127.0.0.1'
  return { server, origin: `http://${host}:${(server.address() as AddressInfo).port}` }
}
