import type { Clock } from '@vaxel/base'
import type { Mac } from '@vaxel/site'
import type { DatagramPlace, Endpoint } from '../path/datagram-socket.ts'
import { exchange, pause } from '../path/exchange.ts'
import { mirrorAck, mirrorRequest } from './mirror-request.ts'
import { type Mirrored, readMirrored } from './read-mirrored.ts'
import type { StreamPlace } from './stream-socket.ts'

export interface MirrorAsk {
  readonly clock: Clock
  readonly checkId: string
  /** Under the check's key. */
  readonly mac: Mac
  readonly random: (bytes: number) => Uint8Array
  readonly datagrams: DatagramPlace
  readonly streams: StreamPlace
  readonly signal: AbortSignal
}

/** `silent`: sent and nothing came back, or the connection was ended. `no-connection`: TCP or TLS did not come about. */
export type MirrorFound =
  | { readonly kind: 'answered'; readonly sent: string; readonly answer: Mirrored; readonly server: Endpoint }
  | { readonly kind: 'silent' | 'no-connection' }

/** As RFC 3261's timer A, cut short: 6 sendings within 8 s. */
const resendMs: readonly number[] = [500, 500, 1000, 2000, 2000, 2000]
const connectMs = 5_000
const streamAnswerMs = 6_000

/** Sends an INVITE to the mirror, over UDP again and again, and reads what comes back; one that was answered is acknowledged. */
export async function askMirror(
  ask: MirrorAsk,
  protocol: 'udp' | 'tcp' | 'tls',
  server: Endpoint,
): Promise<MirrorFound> {
  return await (protocol === 'udp' ? overUdp(ask, server) : overStream(ask, protocol, server))
}

async function overUdp(ask: MirrorAsk, server: Endpoint): Promise<MirrorFound> {
  const { checkId, mac, clock, signal } = ask
  const socket = await ask.datagrams.open(server.address)
  try {
    const nonce = newNonce(ask)
    const sent = mirrorRequest({ protocol: 'udp', checkId, nonce, local: socket.local, server }, mac)
    const found = await exchange(
      clock,
      socket,
      {
        bytes: Buffer.from(sent, 'latin1'),
        to: server,
        read: (bytes) => readMirrored(Buffer.from(bytes).toString('latin1'), nonce, mac),
        waitsMs: resendMs,
      },
      signal,
    )
    if (!found) return { kind: 'silent' }
    await socket.send(Buffer.from(mirrorAck(sent, found.value.to), 'latin1'), server)
    return { kind: 'answered', sent, answer: found.value, server }
  } finally {
    socket.close()
  }
}

async function overStream(ask: MirrorAsk, protocol: 'tcp' | 'tls', server: Endpoint): Promise<MirrorFound> {
  const { checkId, mac, clock, signal } = ask
  const stream = await ask.streams.connect(protocol, server, connectMs, signal)
  if (!stream) return { kind: 'no-connection' }
  try {
    const nonce = newNonce(ask)
    const sent = mirrorRequest({ protocol, checkId, nonce, local: stream.local, server }, mac)
    let [text, answer, hasEnded] = ['', undefined as Mirrored | undefined, false]
    let wake = (): void => {}
    stream.onText((more) => {
      text = (text + (more ?? '')).slice(-65_536)
      hasEnded ||= more === undefined
      answer ??= firstMirrored(text, nonce, mac)
      if (answer || hasEnded) wake()
    })
    stream.send(sent)
    if (!answer && !hasEnded)
      await pause(clock, streamAnswerMs, signal, (end) => {
        wake = end
      })
    if (!answer) return { kind: 'silent' }
    stream.send(mirrorAck(sent, answer.to))
    return { kind: 'answered', sent, answer, server }
  } finally {
    stream.close()
  }
}

/** Reads on until an answer is whole: by Content-Length, past provisional ones. */
function firstMirrored(text: string, nonce: string, mac: Mac): Mirrored | undefined {
  for (let at = text.indexOf('SIP/2.0 '); at >= 0; at = text.indexOf('SIP/2.0 ', at + 8)) {
    const end = text.indexOf('\r\n\r\n', at)
    if (end < 0) return undefined
    const length = Number(/^(?:content-length|l)\s*:\s*(\d+)/im.exec(text.slice(at, end))?.[1] ?? 0)
    if (text.length < end + 4 + length) return undefined
    const found = readMirrored(text.slice(at, end + 4 + length), nonce, mac)
    if (found) return found
  }
  return undefined
}

const newNonce = ({ random }: MirrorAsk): string => Buffer.from(random(8)).toString('hex')
