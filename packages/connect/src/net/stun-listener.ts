import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { isLoopback } from '@vaxel/base'
import type { Endpoint } from '@vaxel/sip'
import { bindError } from './bind-error.ts'
import { familyOf, plainAddress } from './ip-address.ts'
import { Places } from './places.ts'
import { StunRate } from './stun-rate.ts'
import { answerBinding } from './stun-keep-alive.ts'
import { isRequest, type TurnDoor } from './turn/turn-door.ts'

/** The STUN port: for clients that want to know their address from outside, and for those that need a relay. */
export interface StunListener {
  readonly bound: Endpoint
  close(): Promise<void>
}

const mostTries = 10
const connectionLimits = { connections: 10_000, connectionsPerSource: 2_000 }

/**
 * Answers STUN Binding requests (RFC 8489) over UDP and TCP, and hands what belongs to relays (RFC 8656) to the
 * door; everything else gets no answer, and neither do requests over UDP beyond the rates of {@link StunRate}. `::` takes both families.
 * Rejects with a sentence when the port cannot be had.
 */
export async function openStunListener(at: Endpoint, turn: TurnDoor): Promise<StunListener> {
  // A port that the system chose for UDP may be somebody's for TCP: another one is chosen.
  for (let tries = at.port === 0 ? mostTries : 1; tries > 1; tries--) {
    const opened = await openBoth(at, turn).catch(() => undefined)
    if (opened) return opened
  }
  return await openBoth(at, turn)
}

async function openBoth(at: Endpoint, turn: TurnDoor): Promise<StunListener> {
  const udp = await openUdp(at, turn)
  const { address, port } = udp.address()
  const places = new Places(connectionLimits)
  const tcp = createServer((socket) => accept(socket, places, turn))
  try {
    tcp.listen(port, at.address)
    await once(tcp, 'listening')
  } catch (error) {
    udp.close()
    throw bindError('tcp', at.address, port, error)
  }
  return { bound: { address, port }, close: () => close(udp, tcp) }
}

async function openUdp(at: Endpoint, turn: TurnDoor): Promise<UdpSocket> {
  const isSix = familyOf(at.address) === 6
  const udp = createSocket({
    type: isSix ? 'udp6' : 'udp4',
    // Answers go to addresses alone: no name is ever looked up.
    lookup: (host, _options, done) => done(null, host, isSix ? 6 : 4),
    recvBufferSize: 1_048_576,
    sendBufferSize: 1_048_576,
  })
  answerDatagrams(udp, turn)
  try {
    const listening = once(udp, 'listening')
    udp.bind(at.port, at.address)
    await listening
  } catch (error) {
    udp.close()
    throw bindError('udp', at.address, at.port, error)
  }
  udp.on('error', () => {})
  return udp
}

/** Nothing that comes may end more than itself: what is thrown here would end the server. */
export function answerDatagrams(udp: UdpSocket, turn: TurnDoor): void {
  const rate = new StunRate()
  udp.on('message', (bytes, from) => {
    // Who says port 0 wants no answer (RFC 768), and none can be sent there.
    if (from.port === 0) return
    const remote = { address: plainAddress(from.address), port: from.port }
    if (bytes.length >= 20 && isRequest(bytes) && !rate.admits(remote.address, performance.now())) return
    const reply = (answer: Uint8Array) => {
      try {
        udp.send(answer, from.port, from.address, () => {})
      } catch {
        // The socket was closed while the relay thought about it.
      }
    }
    const answer = answerBinding(bytes, remote)
    if (answer) reply(answer)
    else if (bytes.length >= 4) turn.receiveDatagram(bytes, remote, reply)
  })
}

function accept(socket: Socket, places: Places, turn: TurnDoor): void {
  const address = plainAddress(socket.remoteAddress ?? '')
  if (isLoopback(address)) return turn.acceptStream(socket, 'tcp')
  const place = places.admit(address, () => socket.destroy())
  if (place === undefined) return void socket.destroy()
  socket.once('close', place.leave)
  turn.acceptStream(socket, 'tcp', place)
}

async function close(udp: UdpSocket, tcp: Server): Promise<void> {
  await Promise.all([
    new Promise<void>((done) => udp.close(() => done())),
    new Promise<void>((done) => tcp.close(() => done())),
  ])
}
