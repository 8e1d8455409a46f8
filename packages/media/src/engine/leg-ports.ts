import type { Logger, Refusal } from '@vaxel/base'
import type { LocalEndpoint } from '@vaxel/sip/sdp'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'
import { MediaLegGone, NoMediaPort } from './media-refusals.ts'
import type { PortPool } from './port-pool.ts'
import type { PortReserve } from './port-reserve.ts'

interface LegPortsParts {
  readonly log: Logger
  readonly ports: PortPool
  readonly reserve: PortReserve
  readonly mediaPort: number | undefined
  readonly bindAddressFor: (advertised: string) => string
  readonly planeOf: (leg: MediaLeg) => MediaPlane | undefined
  /** Whether nobody has released it meanwhile. */
  readonly isThere: (leg: MediaLeg) => boolean
  /** A pair of its own is open. */
  readonly opened: (leg: MediaLeg) => void
}

const bindAttempts = 16

/** Where legs are reached: a pair of ports of their own, or the port that all ICE legs share. */
export class LegPorts {
  readonly #parts: LegPortsParts

  constructor(parts: LegPortsParts) {
    this.#parts = parts
  }

  /** Throws for a leg without ports of its own, where it does not use the shared one. */
  endpoint(leg: MediaLeg, usesIce: boolean): LocalEndpoint {
    const { mediaPort } = this.#parts
    if (usesIce && mediaPort !== undefined) return { address: leg.address, rtpPort: mediaPort, rtcpPort: mediaPort }
    if (leg.port === undefined) throw new Error(`media leg ${leg.id} has no ports`)
    return { address: leg.address, rtpPort: leg.port, rtcpPort: leg.port + 1 }
  }

  async openShared(leg: MediaLeg): Promise<Refusal | undefined> {
    const checkPort = leg.policy.isUnknown ? 'shared' : undefined
    const opened = await this.#parts.planeOf(leg)?.open(leg.id, undefined, leg.policy.peerAddress, checkPort)
    return opened === 'opened' ? undefined : MediaLegGone()
  }

  /** A pair that is open already, or one that nobody else has bound. */
  async openPair(leg: MediaLeg): Promise<Refusal | undefined> {
    const { log, ports, reserve, planeOf, isThere, opened: hasOpened } = this.#parts
    const address = this.#parts.bindAddressFor(leg.address)
    const ready = reserve.take(leg.home, address)
    if (ready !== undefined) {
      leg.port = ready
      planeOf(leg)?.openReserved(leg.id, { address, rtpPort: ready }, leg.policy.peerAddress)
      if (!isThere(leg)) return MediaLegGone()
      hasOpened(leg)
      return undefined
    }
    for (let attempt = 0; attempt < bindAttempts; attempt++) {
      const rtpPort = ports.take() ?? (await reserve.giveBack())
      if (rtpPort === undefined) break
      const opened = await planeOf(leg)?.open(leg.id, { address, rtpPort }, leg.policy.peerAddress)
      if (opened === 'opened') {
        // Also of a leg that was released meanwhile, whose turn to be freed comes.
        leg.port = rtpPort
        if (!isThere(leg)) return MediaLegGone()
        hasOpened(leg)
        return undefined
      }
      ports.release(rtpPort)
      if (opened !== 'portInUse' || !isThere(leg)) return MediaLegGone()
      log.warn('media port is in use by another program', { port: rtpPort })
    }
    return NoMediaPort()
  }

  /** Its pair is the pool's again; nothing happens for a leg without one. */
  release(leg: MediaLeg): void {
    if (leg.port !== undefined) this.#parts.ports.release(leg.port)
  }
}
