import type { AgreedAudio, IceCredentials } from '@vaxel/sip/sdp'
import type { DtlsConnection, DtlsEndpoint, DtlsState } from '../dtls/dtls-connection.ts'
import type { IceSession } from '../ice/ice-session.ts'
import type { SharedPort } from '../ice/shared-port.ts'
import { classifyPacket } from '../rtp/classify.ts'
import type { SrtpProfile } from '../srtp/srtp-keys.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp-transform.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { FaxWay } from './fax-way.ts'
import { Latch } from './latch.ts'
import { openPortPair, type PortPair } from './port-pair.ts'

/** What a leg's transport tells its leg. Packets are decrypted, in place, and valid during the call only. */
export interface TransportListener {
  rtp(packet: Buffer, length: number, arrivalMs: number): void
  rtcp(packet: Buffer, length: number, arrivalMs: number): void
  /** The peer has proven itself by an ICE check. */
  checked(nowMs: number): void
  /** Keying failed: there will be no audio. */
  failed(reason: string): void
  /** What came could not be worked on, by a fault of ours. */
  broke(error: unknown): void
}

/** The port on which a leg's ICE session lives, with others. */
export type IceDoor = Pick<SharedPort, 'add' | 'remove' | 'send'>

export interface TransportParts {
  readonly network: UdpNetwork
  readonly sharedPort: IceDoor
  /** Absent without a certificate. */
  readonly dtls: DtlsEndpoint | undefined
  /** Where signalling comes from. */
  readonly signalling: UdpAddress | undefined
  readonly listener: TransportListener
}

/** DTLS that came before the leg was configured: datagrams kept of a leg, and bytes of the longest. */
const mostEarlyDatagrams = 4
const mostEarlyBytes = 2048

/** A datagram that waits to be understood. */
interface EarlyDatagram {
  readonly packet: Buffer
  readonly from: UdpAddress
  readonly latch: Latch | undefined
}

/**
 * The way of one leg's packets: its own pair of ports or the shared one, what has proven itself, and the keys.
 * Nothing leaves before there is a proven address, and nothing in the clear where keys were agreed.
 */
export class LegTransport {
  readonly #parts: TransportParts
  readonly #rtp: Latch
  readonly #rtcp: Latch
  #signalling: UdpAddress | undefined
  #rtpSocket: UdpSocket | undefined
  #rtcpSocket: UdpSocket | undefined
  #ice: IceSession | undefined
  /** Of before an ICE restart, until the new one has proven an address (RFC 8445 §9). */
  #formerIce: IceSession | undefined
  #usesIce = false
  #keying: AgreedAudio['keying'] | undefined
  #isMuxed = false
  #keyMark = ''
  /** Suite and key of the SDES context in use, each direction. */
  #sendMark = ''
  #receiveMark = ''
  #sender: SrtpSender | undefined
  #receiver: SrtpReceiver | undefined
  #dtls: DtlsConnection | undefined
  #isDtlsStarted = false
  #isStopped = false
  #isClosed = false
  /** A peer that answers with setup:active may speak before its answer is here (RFC 5763 §5). */
  #early: EarlyDatagram[] = []
  #refused = 0
  /** While the peer sends fax data in place of audio. */
  #fax: FaxWay | undefined

  constructor(parts: TransportParts) {
    this.#parts = parts
    this.#signalling = parts.signalling
    this.#rtp = new Latch(parts.signalling)
    this.#rtcp = new Latch(parts.signalling)
  }

  /** RTP and RTCP packets that were not the peer's: from elsewhere, without the key, changed, or seen before. */
  get refused(): number {
    return this.#refused
  }

  /** Opens the pair. @returns whether both ports could be bound, and it was not closed meanwhile */
  async openPorts(address: string, rtpPort: number): Promise<boolean> {
    const pair = await openPortPair(this.#parts.network, address, rtpPort)
    if (pair && this.#isClosed) for (const socket of [pair.rtp, pair.rtcp]) socket.close()
    if (!pair || this.#isClosed) return false
    this.usePorts(pair)
    return true
  }

  /** Takes an open pair as its own. */
  usePorts({ rtp, rtcp }: PortPair): void {
    rtp.receive = (packet, length, from, nowMs) => this.#take(packet, length, from, nowMs, this.#rtp)
    rtcp.receive = (packet, length, from, nowMs) => this.#take(packet, length, from, nowMs, this.#rtcp)
    this.#rtpSocket = rtp
    this.#rtcpSocket = rtcp
  }

  /** Signalling comes from there now. */
  peerMoved(signalling: UdpAddress | undefined): void {
    this.#signalling = signalling
    this.#rtp.setSignalling(signalling)
    this.#rtcp.setSignalling(signalling)
  }

  /** Answers checks for these credentials on the shared port. */
  prepareIce(credentials: IceCredentials): void {
    if (this.#ice?.ufrag === credentials.ufrag) return
    this.#forgetFormerIce()
    this.#formerIce = this.#ice
    this.#ice = this.#parts.sharedPort.add(credentials, {
      receive: (packet, length, from, nowMs) => this.#take(packet, length, from, nowMs, undefined),
      onChecked: (nowMs) => {
        if (this.#ice?.ufrag === credentials.ufrag) this.#forgetFormerIce()
        this.#parts.listener.checked(nowMs)
        this.#startDtls()
      },
    })
  }

  /** The peer sends fax data from there on the port of its audio, until the next {@link configure}. */
  relayFax(signalled: UdpAddress | undefined, onward: (packet: Buffer, length: number) => void): void {
    const socket = this.#rtpSocket
    this.#rtp.setSignalled(signalled)
    this.#fax = socket && new FaxWay({ socket, latch: this.#rtp, onward })
  }

  sendFax(packet: Buffer, length: number): void {
    this.#fax?.send(packet, length)
  }

  configure(agreed: AgreedAudio, nowMs: number): void {
    this.#fax = undefined
    this.#isMuxed = agreed.rtcpMux
    this.#usesIce = agreed.ice !== undefined
    if (agreed.ice) {
      this.prepareIce(agreed.ice.local)
      this.#ice?.setRemoteUfrag(agreed.ice.remote.ufrag)
    }
    const { remote } = agreed
    this.#rtp.setSignalled(remote && this.#placeOf(remote.address, remote.rtpPort))
    const rtcpAddress =
      remote && ('rtcpAddress' in remote && remote.rtcpAddress ? String(remote.rtcpAddress) : remote.address)
    this.#rtcp.setSignalled(remote && this.#placeOf(rtcpAddress!, remote.rtcpPort))
    this.#setKeys(agreed, nowMs)
    this.#replayEarly(nowMs)
  }

  /** Whether packets would leave now. */
  get canSend(): boolean {
    if (this.#keying !== 'rtp' && this.#sender === undefined) return false
    return this.#usesIce || this.#rtp.destination !== undefined
  }

  /** Protects in place and sends; the buffer needs 36 bytes behind the packet. */
  sendRtp(packet: Buffer, length: number, nowMs: number): void {
    const bytes = this.#sender ? this.#sender.protectRtp(packet, length) : this.#keying === 'rtp' ? length : 0
    if (bytes > 0) this.#send(packet, bytes, nowMs)
  }

  /** As {@link sendRtp}, for RTCP. */
  sendRtcp(packet: Buffer, length: number, nowMs: number): void {
    const bytes = this.#sender ? this.#sender.protectRtcp(packet, length) : this.#keying === 'rtp' ? length : 0
    if (bytes <= 0) return
    if (this.#usesIce || this.#isMuxed) return this.#send(packet, bytes, nowMs)
    const destination = this.#rtcp.destination
    if (destination) this.#rtcpSocket?.send(packet, bytes, destination)
  }

  /** Keys are agreed: nothing has to be sent again. */
  get mayRest(): boolean {
    return this.#dtls === undefined || this.#dtls.state.name !== 'handshaking'
  }

  /** To be called every 50 ms or so while it may not rest. */
  pass(nowMs: number): void {
    if (this.#dtls?.state.name === 'handshaking' && this.#isDtlsStarted) this.#takeDtlsState(this.#dtls.pass(nowMs))
  }

  /** Takes nothing more. */
  stop(): void {
    this.#isStopped = true
  }

  close(): void {
    this.#isClosed = true
    this.#dtls?.close()
    this.#dtls = undefined
    this.#early = []
    this.#dropKeys()
    this.#keying = undefined
    this.#forgetFormerIce()
    if (this.#ice) this.#parts.sharedPort.remove(this.#ice.ufrag)
    this.#ice = undefined
    this.#rtpSocket?.close()
    this.#rtcpSocket?.close()
  }

  /** A description may have a name (RFC 8866 §5.7); packets wait for no resolver: that is nearly always the machine that signalling comes from. */
  #placeOf(address: string, port: number): UdpAddress | undefined {
    return UdpAddress.parse(address, port) ?? (this.#signalling && UdpAddress.parse(this.#signalling.address, port))
  }

  #forgetFormerIce(): void {
    if (this.#formerIce) this.#parts.sharedPort.remove(this.#formerIce.ufrag)
    this.#formerIce = undefined
  }

  #send(packet: Buffer | Uint8Array, length: number, nowMs: number): void {
    if (this.#usesIce) {
      const { sharedPort } = this.#parts
      if (this.#ice && sharedPort.send(this.#ice, packet, length, nowMs)) return
      if (this.#formerIce) sharedPort.send(this.#formerIce, packet, length, nowMs)
      return
    }
    const destination = this.#rtp.destination
    if (destination) this.#rtpSocket?.send(packet, length, destination)
  }

  /** A packet that nobody thought of harms its own leg only. */
  #take(packet: Buffer, length: number, from: UdpAddress, nowMs: number, latch: Latch | undefined): void {
    if (this.#isStopped) return
    try {
      this.#receive(packet, length, from, nowMs, latch)
    } catch (error) {
      this.#parts.listener.broke(error)
    }
  }

  /** @param latch of the socket that it came to; undefined on the shared port, where the source is proven already */
  #receive(packet: Buffer, length: number, from: UdpAddress, nowMs: number, latch: Latch | undefined): void {
    if (this.#fax && latch === this.#rtp) return this.#fax.receive(packet, length, from, nowMs)
    const kind = classifyPacket(packet, length)
    if (kind === 'dtls') return this.#receiveDtls(packet, length, from, nowMs, latch)
    if ((kind !== 'rtp' && kind !== 'rtcp') || this.#keying === undefined) return
    // A leg whose peer uses ICE takes nothing on its own ports.
    if (this.#usesIce !== (latch === undefined)) return void this.#refused++
    let bytes = length
    if (this.#keying === 'rtp') {
      if (latch && !latch.accepts(from, nowMs)) return void this.#refused++
    } else {
      if (!this.#receiver) return void this.#refused++
      bytes =
        kind === 'rtp' ? this.#receiver.unprotectRtp(packet, length) : this.#receiver.unprotectRtcp(packet, length)
      if (bytes < 0) return void this.#refused++
      latch?.prove(from, nowMs)
    }
    if (kind === 'rtp') this.#parts.listener.rtp(packet, bytes, nowMs)
    else this.#parts.listener.rtcp(packet, bytes, nowMs)
  }

  #receiveDtls(packet: Buffer, length: number, from: UdpAddress, nowMs: number, latch: Latch | undefined): void {
    if (this.#keying === undefined) return this.#keepEarly(packet, length, from, latch)
    if (!this.#dtls || this.#usesIce !== (latch === undefined)) return
    // Before the keys are there, answers go to an address where the peer may be, no other.
    if (latch && !this.#receiver && !latch.accepts(from, nowMs)) return
    this.#isDtlsStarted = true
    if (this.#usesIce) this.#ice?.peerSpeaks(from)
    this.#takeDtlsState(this.#dtls.receive(packet, length))
  }

  /** Nobody is believed here yet: whose datagram it is will be judged when it is replayed. */
  #keepEarly(packet: Buffer, length: number, from: UdpAddress, latch: Latch | undefined): void {
    if (this.#early.length >= mostEarlyDatagrams || length > mostEarlyBytes) return
    this.#early.push({ packet: Buffer.from(packet.subarray(0, length)), from: from.copy(), latch })
  }

  #replayEarly(nowMs: number): void {
    if (this.#early.length === 0) return
    const early = this.#early
    this.#early = []
    for (const { packet, from, latch } of early) this.#receiveDtls(packet, packet.length, from, nowMs, latch)
  }

  #setKeys(agreed: AgreedAudio, nowMs: number): void {
    const mark = keyMarkOf(agreed)
    if (mark === this.#keyMark) return this.#startDtls()
    this.#keyMark = mark
    this.#keying = agreed.keying
    this.#dtls?.close()
    this.#dtls = undefined
    this.#isDtlsStarted = false
    if (agreed.keying === 'sdes' && agreed.sdes) return this.#useSdes(agreed.sdes)
    this.#dropKeys()
    if (agreed.keying !== 'dtls' || !agreed.dtls) return
    if (!this.#parts.dtls) return this.#parts.listener.failed('dtls-no-certificate')
    const { role, fingerprints } = agreed.dtls
    const send = (packet: Uint8Array, length: number) => this.#send(packet, length, performance.now())
    this.#dtls = this.#parts.dtls.connect({ role, fingerprints, send, nowMs })
    this.#startDtls()
  }

  /** The client's first message goes as soon as there is somewhere to send it. */
  #startDtls(): void {
    if (!this.#dtls || this.#isDtlsStarted) return
    if (this.#usesIce && !this.#ice?.destination(performance.now())) return
    if (!this.#usesIce && !this.#rtp.destination) return
    this.#isDtlsStarted = true
    this.#takeDtlsState(this.#dtls.start())
  }

  #takeDtlsState(state: DtlsState): void {
    if (state.name === 'connected' && !this.#sender) {
      this.#useKeys(state.keys.profile, state.keys.send, state.keys.receive)
    } else if (state.name === 'failed' && this.#dtls) {
      this.#dtls.close()
      this.#dtls = undefined
      this.#parts.listener.failed(state.reason)
    }
  }

  /**
   * A direction whose key stays keeps its context: beginning anew would turn its packet counter back, and the same key stream
   * would be used twice (RFC 3711 §9.1).
   */
  #useSdes({ suite, send, receive, sendMki, receiveMki }: NonNullable<AgreedAudio['sdes']>): void {
    const sendMark = `${suite} ${hexOf(send)} ${hexOf(sendMki)}`
    const receiveMark = `${suite} ${hexOf(receive)} ${hexOf(receiveMki)}`
    if (sendMark !== this.#sendMark) {
      this.#sender?.close()
      this.#sender = new SrtpSender(suite, send, sendMki)
    }
    if (receiveMark !== this.#receiveMark) {
      this.#receiver?.close()
      this.#receiver = new SrtpReceiver(suite, receive, this.#receiver, receiveMki)
    }
    this.#sendMark = sendMark
    this.#receiveMark = receiveMark
  }

  #useKeys(profile: SrtpProfile, send: Uint8Array, receive: Uint8Array): void {
    this.#sender = new SrtpSender(profile, send)
    this.#receiver = new SrtpReceiver(profile, receive)
  }

  #dropKeys(): void {
    this.#sender?.close()
    this.#receiver?.close()
    this.#sender = undefined
    this.#receiver = undefined
    this.#sendMark = ''
    this.#receiveMark = ''
  }
}

const hexOf = (bytes: Uint8Array = new Uint8Array(0)) => Buffer.from(bytes).toString('hex')

/** Differs whenever other keys are to be used. */
function keyMarkOf({ keying, sdes, dtls }: AgreedAudio): string {
  if (keying === 'sdes' && sdes)
    return [sdes.suite, ...[sdes.send, sdes.sendMki, sdes.receive, sdes.receiveMki].map(hexOf)].join(' ')
  if (keying !== 'dtls' || !dtls) return keying
  const fingerprints = dtls.fingerprints.map(({ hash, value }) => `${hash} ${value}`).join()
  // An ICE restart alone keeps the DTLS association (RFC 8842 §4).
  return `dtls ${dtls.role} ${fingerprints}`
}
