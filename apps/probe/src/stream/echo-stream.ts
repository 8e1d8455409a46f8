import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { cookieBytes, hasRightMac, type Mac, readEcho, writeEcho } from '@vaxel/site'
import type { EchoedPacket } from './stream-figures.ts'

export interface EchoStreamOptions {
  readonly address: string
  readonly port: number
  readonly checkId: string
  readonly mac: Mac
  readonly seconds: number
  /** Packets a second; the usual 50 is a call with 20 ms packets. */
  readonly packetsPerSecond?: number
  readonly signal: AbortSignal
}

/** `silent`: no cookie came: the port is closed, or its answers are. */
export type EchoStreamResult =
  | { readonly ok: true; readonly sent: number; readonly echoed: readonly EchoedPacket[] }
  | { readonly ok: false; readonly fault: 'silent' | 'local'; readonly detail: string }

/** G.711 of 20 ms with its RTP header: as long as the packets of a call. */
const packetBytes = 172
const helloWaitsMs = [250, 500, 1000, 1500]
/** After the last packet; a line that is slower than that is no line for calls. */
const tailMs = 1500
/** Behind time by more than that (this machine stood still), the missed packets are not sent in a burst. */
const mostLateMs = 200

/**
 * Sends packets at an even pace, as a call does, to one port of the echo service, and notes when each came there and back.
 * The pace follows the clock, not the timer: a late timer delays one packet, not all that follow. Never rejects.
 */
export async function echoStream(options: EchoStreamOptions): Promise<EchoStreamResult> {
  const { address, port, checkId, mac, seconds, packetsPerSecond = 50, signal } = options
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    recvBufferSize: 1_000_000,
    lookup: (host, _options, tell) => tell(null, host, isIPv6(address) ? 6 : 4),
  })
  const echoed: EchoedPacket[] = []
  const sentAtMs: number[] = []
  let cookie: Uint8Array | undefined
  let wake = (): void => {}
  const zeroMs = performance.now()
  const server = new WrappingMicroseconds()
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.connect(port, address, () => resolve())
    })
  } catch (error) {
    socket.close()
    return { ok: false, fault: 'local', detail: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
  // A closed port of the far end is told as ECONNREFUSED; silence says the same.
  socket.removeAllListeners('error').on('error', () => {})
  socket.on('message', (bytes) => {
    const arrivedMs = performance.now()
    const read = readEcho(bytes)
    if (!read.ok || read.packet.checkId !== checkId || !hasRightMac(bytes, mac)) return
    const { packet } = read
    if (packet.type === 'cookie' && packet.cookie && !cookie) {
      cookie = packet.cookie
      wake()
    } else if (packet.type === 'echo') {
      const sentMs = sentAtMs[packet.sequence]
      if (sentMs === undefined) return
      echoed.push({
        sequence: packet.sequence,
        sentMs,
        serverMs: server.toMs(packet.serverTimeUs ?? 0),
        arrivedMs,
        serverCount: packet.received ?? 0,
      })
    }
  })
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      wake = end
      signal.addEventListener('abort', end, { once: true })
      if (signal.aborted) end()
    })
  const send = (type: 'hello' | 'probe', sequence: number): void => {
    const senderTimeUs = Math.round((performance.now() - zeroMs) * 1000) >>> 0
    const own = cookie ?? new Uint8Array(cookieBytes)
    socket.send(
      writeEcho({ type, checkId, sequence, senderTimeUs, lengthBytes: packetBytes, cookie: own }, mac),
      () => {},
    )
  }
  try {
    for (const waitMs of helloWaitsMs) {
      if (cookie || signal.aborted) break
      send('hello', 0)
      await sleep(waitMs)
    }
    if (!cookie) return { ok: false, fault: 'silent', detail: '' }
    const stepMs = 1000 / packetsPerSecond
    let dueMs = performance.now()
    const total = Math.round(seconds * packetsPerSecond)
    for (let sequence = 0; sequence < total && !signal.aborted; ) {
      const nowMs = performance.now()
      if (nowMs - dueMs > mostLateMs) dueMs = nowMs
      if (nowMs >= dueMs) {
        sentAtMs[sequence] = performance.now()
        send('probe', sequence)
        sequence += 1
        dueMs += stepMs
      } else await sleep(dueMs - nowMs)
    }
    if (!signal.aborted) await sleep(tailMs)
    return { ok: true, sent: sentAtMs.length, echoed }
  } finally {
    socket.close()
  }
}

/** A clock of 32 bits of microseconds, which begins anew every 72 minutes, made to run on. */
class WrappingMicroseconds {
  #last: number | undefined
  #baseUs = 0

  /** Reordered readings may go back by less than half of its round. */
  toMs(us: number): number {
    if (this.#last !== undefined) {
      const step = (us - this.#last) | 0
      this.#baseUs += step
    }
    this.#last = us
    return this.#baseUs / 1000
  }
}
