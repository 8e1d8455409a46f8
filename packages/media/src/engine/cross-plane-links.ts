import { TransientMap } from '@vaxel/base'
import type { CodecName, MediaLegId } from '@vaxel/core'
import { type AgreedAudio, codecFacts } from '@vaxel/sip/sdp'
import type { MediaLeg } from './media-leg.ts'
import type { Hearing, MediaPlane } from './media-plane.ts'
import type { PortPool } from './port-pool.ts'

interface Link {
  readonly listener: MediaLeg
  hearing: Hearing
  readonly nearHome: number
  readonly farHome: number
  /** Beside the listener: what it hears. */
  readonly near: MediaLegId
  /** Beside the source: hears the source. */
  readonly far: MediaLegId
  nearPort?: number
  farPort?: number
  isDropped: boolean
}

const loopback = '127.0.0.1'
const attempts = 4
let links = 0

/**
 * Audio between planes. Legs of different calls may live in different workers (attended transfer, conference); then two
 * hidden legs carry the audio over loopback, one beside the listener and one beside what it hears, in the listener's codec.
 * A link belongs to one listener and ends with what that listener hears.
 */
export class CrossPlaneLinks {
  readonly #ports: PortPool
  readonly #planeAt: (home: number) => MediaPlane | undefined
  readonly #links = new TransientMap<MediaLegId, Link>()

  constructor(ports: PortPool, planeAt: (home: number) => MediaPlane | undefined) {
    this.#ports = ports
    this.#planeAt = planeAt
  }

  /** Lets the listener hear a source on another plane; into a mix, it also speaks there. */
  make(listener: MediaLeg, hearing: Hearing, farHome: number): void {
    const number = ++links
    const link: Link = {
      listener,
      hearing,
      nearHome: listener.home,
      farHome,
      near: `link-${number}-near` as MediaLegId,
      far: `link-${number}-far` as MediaLegId,
      isDropped: false,
    }
    this.#links.set(listener.id, link)
    this.#planeAt(listener.home)?.hear(listener.id, { kind: 'nothing' })
    void this.#open(link)
  }

  /** Another `muted` in the mix that it hears. @returns false when the leg has no link */
  hearingChanged(listener: MediaLegId, hearing: Hearing): boolean {
    const link = this.#links.get(listener)
    if (!link) return false
    link.hearing = hearing
    if (link.nearPort !== undefined && link.farPort !== undefined) this.#planeAt(link.farHome)?.hear(link.far, hearing)
    return true
  }

  /** Whose link ends in this hidden leg beside the source. */
  listenerAt(far: MediaLegId): MediaLegId | undefined {
    for (const [listener, link] of this.#links) if (link.far === far) return listener
    return undefined
  }

  drop(listener: MediaLegId): void {
    const link = this.#links.get(listener)
    if (!link) return
    this.#links.delete(listener)
    this.#close(link)
  }

  /** The listener may speak another codec now, or hold: its link is told. */
  codecChanged(leg: MediaLeg): void {
    const link = this.#links.get(leg.id)
    if (link?.nearPort !== undefined && link.farPort !== undefined) this.#configure(link, link.nearPort, link.farPort)
  }

  planeDied(home: number): void {
    for (const [listener, link] of this.#links) if (link.nearHome === home || link.farHome === home) this.drop(listener)
  }

  async #open(link: Link): Promise<void> {
    const near = await this.#openEnd(link, link.nearHome, link.near)
    if (near !== undefined) link.nearPort = near
    const far = near === undefined || link.isDropped ? undefined : await this.#openEnd(link, link.farHome, link.far)
    if (far !== undefined) link.farPort = far
    if (near === undefined || far === undefined || link.isDropped) return this.#close(link)
    this.#configure(link, near, far)
    const { listener, hearing } = link
    this.#planeAt(link.farHome)?.hear(link.far, hearing)
    this.#planeAt(link.nearHome)?.hear(listener.id, { kind: 'leg', leg: link.near })
    if (hearing.kind === 'mix') this.#planeAt(link.nearHome)?.hear(link.near, { kind: 'leg', leg: listener.id })
  }

  async #openEnd(link: Link, home: number, id: MediaLegId): Promise<number | undefined> {
    for (let attempt = 0; attempt < attempts && !link.isDropped; attempt++) {
      const rtpPort = this.#ports.take()
      if (rtpPort === undefined) return undefined
      const opened = await this.#planeAt(home)?.open(id, { address: loopback, rtpPort })
      if (opened === 'opened') return rtpPort
      this.#ports.release(rtpPort)
      if (opened === undefined) return undefined
    }
    return undefined
  }

  #configure(link: Link, nearPort: number, farPort: number): void {
    const { codec = 'PCMA', peerDirection = 'sendrecv' } = link.listener.agreed ?? {}
    this.#planeAt(link.nearHome)?.configure(link.near, loopbackAudio(codec, farPort))
    // In a conference there it counts as the listener itself: who holds is not heard.
    this.#planeAt(link.farHome)?.configure(link.far, { ...loopbackAudio(codec, nearPort), peerDirection })
  }

  #close(link: Link): void {
    link.isDropped = true
    for (const end of ['near', 'far'] as const) {
      const port = end === 'near' ? link.nearPort : link.farPort
      if (port === undefined) continue
      if (end === 'near') delete link.nearPort
      else delete link.farPort
      const plane = this.#planeAt(end === 'near' ? link.nearHome : link.farHome)
      void Promise.resolve(plane?.release(link[end])).then(() => this.#ports.release(port))
    }
  }
}

/** Plain RTP to the other end of a link. */
function loopbackAudio(codec: CodecName, port: number): AgreedAudio {
  const { payloadType, rateHz } = codecFacts[codec]
  const events = { payloadType: 101, rateHz }
  return {
    codec,
    sendPayloadType: payloadType,
    sendPtimeMs: 20,
    sendInbandFec: false,
    receive: [{ payloadType, codec }],
    sendEvents: events,
    receiveEvents: [events],
    keying: 'rtp',
    remote: { address: loopback, rtpPort: port, rtcpPort: port + 1 },
    rtcpMux: false,
    direction: 'sendrecv',
    peerDirection: 'sendrecv',
  }
}
