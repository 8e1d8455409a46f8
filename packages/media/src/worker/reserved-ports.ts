import { TransientMap } from '@vaxel/base'
import { openPortPair, type PortPair } from '../relay/port-pair.ts'
import { classifyPacket } from '../rtp/classify.ts'
import type { UdpNetwork } from '../udp/udp-network.ts'
import type { LegPorts, OpenReply } from './protocol.ts'

/**
 * Pairs that are bound ahead of their legs: a call then waits for no socket. Nobody knows of them yet: RTP that comes there is of a call that is
 * over, whose phone does not know it.
 */
export class ReservedPorts {
  readonly #network: UdpNetwork
  readonly #heard: (rtpPort: number) => void
  /** By RTP port. */
  readonly #pairs = new TransientMap<number, PortPair>()

  /** @param heard told once of each pair to which somebody speaks */
  constructor(network: UdpNetwork, heard: (rtpPort: number) => void) {
    this.#network = network
    this.#heard = heard
  }

  async reserve({ address, rtpPort }: LegPorts): Promise<OpenReply> {
    const pair = await openPortPair(this.#network, address, rtpPort)
    if (!pair) return 'portInUse'
    this.#pairs.set(rtpPort, pair)
    let isHeard = false
    pair.rtp.receive = (packet, length) => {
      if (isHeard || classifyPacket(packet, length) !== 'rtp') return
      isHeard = true
      this.#heard(rtpPort)
    }
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
