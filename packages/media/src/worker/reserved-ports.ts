import { TransientMap } from '@vaxel/base'
import { openPortPair, type PortPair } from '../relay/port-pair.ts'
import type { UdpNetwork } from '../udp/udp-network.ts'
import type { LegPorts, OpenReply } from './protocol.ts'

/** Pairs that are bound ahead of their legs: a call then waits for no socket. */
export class ReservedPorts {
  readonly #network: UdpNetwork
  /** By RTP port. */
  readonly #pairs = new TransientMap<number, PortPair>()

  constructor(network: UdpNetwork) {
    this.#network = network
  }

  async reserve({ address, rtpPort }: LegPorts): Promise<OpenReply> {
    const pair = await openPortPair(this.#network, address, rtpPort)
    if (!pair) return 'portInUse'
    this.#pairs.set(rtpPort, pair)
    return 'opened'
  }

  take({ rtpPort }: LegPorts): PortPair | undefined {
    const pair = this.#pairs.get(rtpPort)
    this.#pairs.delete(rtpPort)
    return pair
  }

  giveBack(ports: LegPorts): void {
    const pair = this.take(ports)
    pair?.rtp.close()
    pair?.rtcp.close()
  }
}
