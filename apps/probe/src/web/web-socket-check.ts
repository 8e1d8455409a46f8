import { createHash } from 'node:crypto'
import type { CheckResult } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { beginCheck } from '../path/check-sheet.ts'
import type { WebFault } from './web-client.ts'

const limitMs = 8000
/** RFC 6455 §1.3 */
const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** A WebSocket of the service, with one frame there and back: proxies that let the upgrade through and hold the frames are known. */
export const webSocketCheck: Check = {
  title: 'WebSocket',
  makes: ['web-socket'],
  limitMs: () => 45_000,
  async run(context, signal) {
    const { session } = context
    if (!session) return []
    const url = new URL('/sip', session.base)
    const proxy = context.web.proxyFor(url.hostname)
    const ways = proxy && !('fault' in proxy) ? [false, true] : [true]
    const results: CheckResult[] = []
    for (const goesDirectly of ways) {
      const result = await tryWay(context, url, goesDirectly, signal)
      if (result) results.push(result)
    }
    // By proxy or directly: browsers take the proxy where there is one, and it decides.
    return results.length > 1 ? [results[0]!, { ...results[1]!, requirementIds: [] }] : results
  },
}

async function tryWay(
  context: ProbeContext,
  url: URL,
  goesDirectly: boolean,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const by = goesDirectly ? '' : ' (proxy)'
  const finish = beginCheck(context, 'web-socket', `WebSocket ${url.hostname} TCP ${port}${by}`)
  const startMs = performance.now()
  const opened = await context.web.open(url, signal, goesDirectly)
  if (!opened.ok) {
    if (signal.aborted) return undefined
    return finish({
      outcome: 'fail',
      finding: { key: 'web-socket-no-way', values: { port: String(port), why: whyOf(opened) } },
      faultOwner: opened.at === 'tls' ? 'unknown' : 'customer-firewall',
    })
  }
  const { socket } = opened
  const key = Buffer.from(context.random(16)).toString('base64')
  socket.write(
    [
      `GET ${url.pathname} HTTP/1.1`,
      `Host: ${url.host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: sip',
      `Origin: ${url.protocol}//${url.host}`,
      '\r\n',
    ].join('\r\n'),
  )
  const nonce = Buffer.from(context.random(8))
  const outcome = await new Promise<string>((resolve) => {
    let bytes = Buffer.alloc(0)
    let isOpen = false
    const timer = setTimeout(() => resolve(isOpen ? 'held' : 'silent'), limitMs)
    const end = (what: string): void => {
      clearTimeout(timer)
      resolve(what)
    }
    signal.addEventListener('abort', () => end('ended'), { once: true })
    socket.on('error', () => end(isOpen ? 'held' : 'cut'))
    socket.on('close', () => end(isOpen ? 'held' : 'cut'))
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length > 65_536) return end('nonsense')
      if (!isOpen) {
        const head = bytes.indexOf('\r\n\r\n')
        if (head < 0) return
        const text = bytes.toString('latin1', 0, head)
        const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
        if (status !== '101') return end(status ?? 'nonsense')
        const accept = /^sec-websocket-accept:\s*(\S+)/im.exec(text)?.[1]
        if (
          accept !==
          createHash('sha1')
            .update(key + handshakeGuid)
            .digest('base64')
        )
          return end('nonsense')
        isOpen = true
        bytes = bytes.subarray(head + 4)
        socket.write(pingFrame(nonce, Buffer.from(context.random(4))))
      }
      if (bytes.includes(nonce)) end('answers')
      return undefined
    })
    socket.resume()
  })
  socket.destroy()
  const tookMs = Math.round(performance.now() - startMs)
  if (outcome === 'ended') return undefined
  if (outcome === 'answers')
    return finish({
      outcome: 'pass',
      finding: { key: 'web-socket-answers', values: { port: String(port), tookMs } },
      measured: [{ name: 'web-socket-time', value: tookMs, unit: 'ms' }],
    })
  return finish({
    outcome: 'fail',
    finding: {
      key: outcome === 'held' ? 'web-socket-held' : 'web-socket-shut',
      values: { port: String(port), status: outcome },
    },
    faultOwner: 'customer-firewall',
    evidence: { answer: outcome },
  })
}

const whyOf = ({ at, fault, detail }: WebFault): string => [at, fault, detail].filter((part) => part !== '').join(', ')

/** A masked ping (RFC 6455 §5.5.2); its answer carries the same bytes. */
function pingFrame(payload: Buffer, mask: Buffer): Buffer {
  const masked = payload.map((byte, i) => byte ^ mask[i % 4]!)
  return Buffer.concat([Buffer.from([0x89, 0x80 | payload.length]), mask, masked])
}
