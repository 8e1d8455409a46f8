import type { Socket } from 'node:net'
import type { Proxy } from './proxy.ts'

const mostHeadBytes = 16_384

/**
 * Asks a proxy for a way to a host (RFC 9110 §9.3.6).
 * @returns undefined when the way is open; else the status, or what happened instead
 */
export function openTunnel(
  socket: Socket,
  proxy: Proxy,
  host: string,
  port: number,
  signal?: AbortSignal,
): Promise<{ fault: string; detail: string } | undefined> {
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`]
  if (proxy.authorization !== undefined) lines.push(`Proxy-Authorization: ${proxy.authorization}`)
  return new Promise((resolve) => {
    let head = Buffer.alloc(0)
    const give = (refused?: { fault: string; detail: string }): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      socket
        .removeAllListeners('data')
        .removeAllListeners('close')
        .removeAllListeners('error')
        .on('error', () => {})
      socket.pause()
      if (refused) socket.destroy()
      resolve(refused)
    }
    const stop = (): void => give({ fault: 'ended', detail: '' })
    const timer = setTimeout(() => give({ fault: 'silent', detail: '' }), 10_000)
    signal?.addEventListener('abort', stop, { once: true })
    socket.on('error', () => give({ fault: 'cut', detail: '' }))
    socket.on('close', () => give({ fault: 'cut', detail: '' }))
    socket.on('data', (bytes: Buffer) => {
      head = Buffer.concat([head, bytes])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) {
        if (head.length > mostHeadBytes) give({ fault: 'nonsense', detail: '' })
        return
      }
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1', 0, 40))?.[1]
      const rest = head.subarray(end + 4)
      if (status === undefined) return give({ fault: 'nonsense', detail: '' })
      if (!status.startsWith('2')) return give({ fault: status, detail: '' })
      give()
      if (rest.length > 0) socket.unshift(rest)
    })
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}
