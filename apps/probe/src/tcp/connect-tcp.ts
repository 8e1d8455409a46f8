import { connect, type Socket } from 'node:net'

/** How a TCP connection ended before it began; told apart because each has another cause. */
export type TcpFault =
  | 'refused' // an RST: the way is open, nothing listens there, or a firewall rejects
  | 'silent' // no answer: packets are dropped
  | 'unreachable' // the network says that there is no way
  | 'reset' // accepted, then cut at once
  | 'local' // this machine forbids it
  | 'ended' // by the caller's signal

export type TcpResult =
  | { readonly ok: true; readonly socket: Socket; readonly tookMs: number }
  | { readonly ok: false; readonly fault: TcpFault; readonly code: string; readonly tookMs: number }

export interface TcpTarget {
  /** An address, not a name. */
  readonly address: string
  readonly port: number
}

/** As long as four SYNs with the usual waits (RFC 6298: 1, 2, 4 s) need at most. */
export const tcpPatienceMs = 7500

/** Opens a connection; never rejects. */
export async function connectTcp(
  { address, port }: TcpTarget,
  { signal, limitMs = tcpPatienceMs }: { readonly signal?: AbortSignal; readonly limitMs?: number } = {},
): Promise<TcpResult> {
  const startMs = performance.now()
  const took = (): number => Math.round((performance.now() - startMs) * 10) / 10
  if (signal?.aborted) return { ok: false, fault: 'ended', code: 'ABORTED', tookMs: 0 }
  return await new Promise((resolve) => {
    const socket = connect({ host: address, port, noDelay: true, autoSelectFamily: false })
    const give = (result: TcpResult): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      socket.removeAllListeners()
      if (!result.ok) socket.on('error', () => {}).destroy()
      // Whoever takes it listens for errors at once, but not in this turn.
      else socket.once('error', () => {})
      resolve(result)
    }
    const stop = (): void => give({ ok: false, fault: 'ended', code: 'ABORTED', tookMs: took() })
    const timer = setTimeout(() => give({ ok: false, fault: 'silent', code: 'TIMEOUT', tookMs: took() }), limitMs)
    signal?.addEventListener('abort', stop, { once: true })
    socket.once('connect', () => give({ ok: true, socket, tookMs: took() }))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      give({ ok: false, fault: faultOf(error.code), code: error.code ?? error.message, tookMs: took() }),
    )
  })
}

function faultOf(code: string | undefined): TcpFault {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'silent'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'reset'
    case 'EACCES':
    case 'EPERM':
    case 'EADDRNOTAVAIL':
      return 'local'
    default:
      return 'unreachable'
  }
}
