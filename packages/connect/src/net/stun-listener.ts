import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '@vaxel/sip'
import { bindError } from './bind-error.ts'
import { plainAddress } from './ip-address.ts'
import { StunRate } from './stun-rate.ts'
import { answerBinding } from './stun-keep-alive.ts'

/** The STUN port for clients that want to know their address from outside. */
export interface StunListener {
  readonly bound: Endpoint
  close(): Promise<void>
}

const idleMs = 30_000
const mostConnections = 1000
const headerBytes = 20
const mostBytes = 548

/**
 * Answers STUN Binding requests (RFC 8489) over UDP and TCP; everything else gets no answer, and neither does UDP beyond the
 * rates of {@link StunRate}. `::` takes both families.
 * Rejects with a sentence when the port cannot be had.
 */
export async function openStunListener(at: Endpoint): Promise<StunListener> {
  const udp = createSocket({ type: at.address.includes(':') ? 'udp6' : 'udp4' })
  const rate = new StunRate()
  udp.on('message', (bytes, from) => {
    const address = plainAddress(from.address)
    if (!rate.admits(address, performance.now())) return
    const answer = answerBinding(bytes, { address, port: from.port })
    if (answer) udp.send(answer, from.port, from.address)
  })
  try {
    udp.bind(at.port, at.address)
    await once(udp, 'listening')
  } catch (error) {
    udp.close()
    throw bindError('udp', at.address, at.port, error)
  }
  udp.on('error', () => {})
  const { address, port } = udp.address()
  const tcp = createServer(answerStream)
  tcp.maxConnections = mostConnections
  try {
    tcp.listen(port, at.address)
    await once(tcp, 'listening')
  } catch (error) {
    udp.close()
    throw bindError('tcp', at.address, port, error)
  }
  return { bound: { address, port }, close: () => close(udp, tcp) }
}

/** Requests on a stream follow each other without framing of their own (RFC 8489 §6.2.2); a peer that sends anything else is cut off. */
function answerStream(socket: Socket): void {
  let waiting = Buffer.alloc(0)
  socket.setTimeout(idleMs, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes])
    while (waiting.length >= headerBytes) {
      const length = headerBytes + waiting.readUInt16BE(2)
      if (length > mostBytes || waiting.readUInt16BE(0) >= 0x4000) return void socket.destroy()
      if (waiting.length < length) return
      const answer = answerBinding(waiting.subarray(0, length), {
        address: plainAddress(socket.remoteAddress ?? ''),
        port: socket.remotePort ?? 0,
      })
      if (answer === undefined) return void socket.destroy()
      socket.write(answer)
      waiting = waiting.subarray(length)
    }
  })
}

async function close(udp: UdpSocket, tcp: Server): Promise<void> {
  await Promise.all([
    new Promise<void>((done) => udp.close(done)),
    new Promise<void>((done) => tcp.close(() => done())),
  ])
}
