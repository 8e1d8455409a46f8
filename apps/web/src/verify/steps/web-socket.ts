import type { VerifyPorts } from '../ports.ts'

/** How far the WebSocket of calls came. */
export interface SocketOutcome {
  readonly reached: 'answered' | 'opened' | 'nothing'
  readonly tookMs: number
}

const limitMs = 5000

/** Asks the server for its abilities (RFC 3261 §11) over the WebSocket of calls (RFC 7118), where the real phone speaks too. */
export async function askBySocket(
  { sockets, random }: Pick<VerifyPorts, 'sockets' | 'random'>,
  url: string,
): Promise<SocketOutcome> {
  const token = Array.from({ length: 4 }, () =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0'),
  ).join('')
  const { hostname } = new URL(url)
  const request = [
    `OPTIONS sip:${hostname} SIP/2.0`,
    `Via: SIP/2.0/WSS ${token}.invalid;branch=z9hG4bK${token}`,
    'Max-Forwards: 70',
    `From: <sip:check@${token}.invalid>;tag=${token}`,
    `To: <sip:${hostname}>`,
    `Call-ID: ${token}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
  return await sockets.exchange({ url, protocol: 'sip', send: request, expect: `z9hG4bK${token}`, limitMs })
}
