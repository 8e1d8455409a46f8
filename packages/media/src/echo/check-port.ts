import { SharedPort } from '../ice/shared-port.ts'
import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { EchoResponder } from './echo-responder.ts'
import { StreamDoor } from './stream-door.ts'

const bufferBytes = 262_144

/**
 * One port of the media range that answers whoever checks a network: packets of the echo service, and ICE sessions of its own, which
 * are on no other port. So what comes back is proof of exactly this port.
 */
export class CheckPort {
  /** Of the datagram that is being received. */
  trafficClass: number | undefined
  readonly #shared: SharedPort
  readonly #sockets: UdpSocket[] = []
  readonly #responder: EchoResponder

  private constructor(seed: number, responder: EchoResponder) {
    this.#shared = new SharedPort(seed)
    this.#responder = responder
  }

  /** Undefined where the port cannot be had on each of the addresses. */
  static async open(options: {
    readonly network: UdpNetwork
    readonly addresses: readonly string[]
    readonly port: number
    readonly seed: number
    readonly responder: EchoResponder
  }): Promise<CheckPort | undefined> {
    const { network, addresses, port } = options
    const opened = new CheckPort(options.seed, options.responder)
    for (const address of addresses) {
      const socket = await network.bind({ address, port, bufferBytes, tellsTrafficClass: true, receive: () => {} })
      if ('fault' in socket) {
        opened.close()
        return undefined
      }
      opened.#serve(socket)
    }
    return opened
  }

  /** A way in for one leg. */
  door(): StreamDoor {
    return new StreamDoor(this.#shared, this)
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }

  #serve(socket: UdpSocket): void {
    this.#sockets.push(socket)
    socket.receive = (buffer, length, from, nowMs, trafficClass) => {
      if (EchoResponder.claims(buffer, length))
        return this.#responder.receive(socket, buffer, length, from, nowMs, trafficClass)
      this.trafficClass = trafficClass
      this.#shared.receive(socket, buffer, length, from, nowMs)
    }
  }
}
