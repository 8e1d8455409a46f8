import { readUint32, RtpHeader } from '../rtp/rtp-header.ts'
import { largestDatagramBytes } from '../udp/udp-network.ts'
import { ownBuffer } from './openssl-crypto.ts'
import {
  PacketProtection,
  rtcpHeaderBytes,
  srtpForged,
  srtpMalformed,
  srtpReplayed,
  srtpTooManySources,
} from './packet-protection.ts'
import { ReplayWindow } from './replay-window.ts'
import { deriveSessionKeys, type SrtpProfile } from './srtp-keys.ts'

/** Of one key. Some switchboards take another source with each hold, each transfer and each piece of music. */
const mostSources = 512

const noCounters: ReadonlyMap<number, ReplayWindow> = new Map()
const asItCame = ownBuffer(largestDatagramBytes)

/** The header of the packet that is worked on now, of whatever key. */
const header = new RtpHeader()

/** Protects what we send under one master key (RFC 3711, RFC 7714). Must be closed. */
export class SrtpSender {
  readonly #rtp: PacketProtection
  readonly #rtcp: PacketProtection
  readonly #windows = new Map<number, ReplayWindow>()
  /** Of the SSRC that came last, which is nearly always the next one's too. */
  #lastSsrc = -1
  #lastWindow: ReplayWindow | undefined
  #rtcpIndex = 0
  #isClosed = false

  /**
   * @param keyAndSalt master key followed by master salt
   * @param mki what names the key in every packet (RFC 3711 §3.1), 1 to 16 bytes
   */
  constructor(profile: SrtpProfile, keyAndSalt: Uint8Array, mki?: Uint8Array) {
    this.#rtp = new PacketProtection(profile, deriveSessionKeys(profile, keyAndSalt, 'rtp'), true, mki)
    this.#rtcp = new PacketProtection(profile, deriveSessionKeys(profile, keyAndSalt, 'rtcp'), true, mki)
  }

  /**
   * Encrypts a packet in place; the buffer must have 36 bytes left behind it.
   * @returns its new length, or a negative reason. An index is never used twice: that would give the key stream away
   */
  protectRtp(packet: Buffer, length: number): number {
    if (this.#isClosed || !header.readHeader(packet, length)) return srtpMalformed
    const { ssrc, sequence, payloadStart } = header
    const window = ssrc === this.#lastSsrc ? this.#lastWindow : this.#windowOf(ssrc)
    if (window === undefined) return srtpTooManySources
    const index = window.indexOf(sequence)
    if (index < 0 || !window.isFresh(index)) return srtpReplayed
    window.accept(index)
    return this.#rtp.sealRtp(packet, length, payloadStart, ssrc, index)
  }

  /** As {@link protectRtp}, for a compound RTCP packet. */
  protectRtcp(packet: Buffer, length: number): number {
    if (this.#isClosed || length < rtcpHeaderBytes) return srtpMalformed
    if (this.#rtcpIndex >= 0x7fff_ffff) return srtpReplayed
    return this.#rtcp.sealRtcp(packet, length, this.#rtcpIndex++)
  }

  /** Nothing passes afterwards. Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#rtp.close()
    this.#rtcp.close()
  }

  #windowOf(ssrc: number): ReplayWindow | undefined {
    let window = this.#windows.get(ssrc)
    if (window === undefined) {
      if (this.#windows.size >= mostSources) return undefined
      window = new ReplayWindow()
      this.#windows.set(ssrc, window)
    }
    this.#lastSsrc = ssrc
    this.#lastWindow = window
    return window
  }
}

/** Checks and decrypts what a peer sends under one master key. Must be closed. */
export class SrtpReceiver {
  readonly #rtp: PacketProtection
  readonly #rtcp: PacketProtection
  readonly #windows = new Map<number, ReplayWindow>()
  readonly #rtcpWindows = new Map<number, ReplayWindow>()
  /** Of RTP, of the SSRC that came last. */
  #lastSsrc = -1
  #lastWindow: ReplayWindow | undefined
  /** Where the counters of sources stood under the key before this one. */
  readonly #counters: ReadonlyMap<number, ReplayWindow>
  #isClosed = false

  /**
   * @param keyAndSalt master key followed by master salt
   * @param before what the peer's packets came under until it renewed its key
   * @param mki what names the key in every packet; one without it is not taken
   */
  constructor(profile: SrtpProfile, keyAndSalt: Uint8Array, before?: SrtpReceiver, mki?: Uint8Array) {
    this.#rtp = new PacketProtection(profile, deriveSessionKeys(profile, keyAndSalt, 'rtp'), false, mki)
    this.#rtcp = new PacketProtection(profile, deriveSessionKeys(profile, keyAndSalt, 'rtcp'), false, mki)
    this.#counters = before === undefined ? noCounters : before.#windows.size > 0 ? before.#windows : before.#counters
  }

  /** Checks and decrypts in place. @returns the length of the RTP packet, or a negative reason; the packet is then worthless */
  unprotectRtp(packet: Buffer, length: number): number {
    if (this.#isClosed || !header.readHeader(packet, length)) return srtpMalformed
    const { ssrc, sequence, payloadStart } = header
    const known = ssrc === this.#lastSsrc ? this.#lastWindow : this.#windows.get(ssrc)
    if (known === undefined && this.#counters.size > 0) return this.#unprotectFirst(packet, length)
    const index = known ? known.indexOf(sequence) : sequence
    if (known && !known.isFresh(index)) return srtpReplayed
    const opened = this.#rtp.openRtp(packet, length, payloadStart, ssrc, index)
    if (opened < 0) return opened
    const accepted = this.#accept(this.#windows, known, ssrc, index, opened)
    if (accepted > 0 && ssrc !== this.#lastSsrc) {
      this.#lastSsrc = ssrc
      this.#lastWindow = this.#windows.get(ssrc)
    }
    return accepted
  }

  /**
   * The first packet of a source under a renewed key. By RFC 3711 §3.3.1 its roll-over counter goes on, from another address it begins
   * anew (RFC 4568 §7.1.4), and peers disagree about both: the one with which the packet holds is right.
   */
  #unprotectFirst(packet: Buffer, length: number): number {
    const { ssrc, sequence, payloadStart } = header
    const goingOn = this.#counters.get(ssrc)?.indexOf(sequence) ?? sequence
    // What was decrypted in vain is worthless afterwards.
    packet.copy(asItCame, 0, 0, length)
    let index = goingOn < 0 ? sequence : goingOn
    let opened = this.#rtp.openRtp(packet, length, payloadStart, ssrc, index)
    if (opened === srtpForged && index !== sequence) {
      asItCame.copy(packet, 0, 0, length)
      index = sequence
      opened = this.#rtp.openRtp(packet, length, payloadStart, ssrc, index)
    }
    return opened < 0 ? opened : this.#accept(this.#windows, undefined, ssrc, index, opened)
  }

  /** As {@link unprotectRtp}, for RTCP. */
  unprotectRtcp(packet: Buffer, length: number): number {
    const wordAt = this.#rtcp.rtcpWordAt(length)
    if (this.#isClosed || wordAt < rtcpHeaderBytes) return srtpMalformed
    const ssrc = readUint32(packet, 4)
    const index = readUint32(packet, wordAt) & 0x7fff_ffff
    const known = this.#rtcpWindows.get(ssrc)
    if (known && !known.isFresh(index)) return srtpReplayed
    const opened = this.#rtcp.openRtcp(packet, wordAt)
    return opened < 0 ? opened : this.#accept(this.#rtcpWindows, known, ssrc, index, opened)
  }

  /** Nothing passes afterwards. Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#rtp.close()
    this.#rtcp.close()
  }

  #accept(
    windows: Map<number, ReplayWindow>,
    known: ReplayWindow | undefined,
    ssrc: number,
    index: number,
    length: number,
  ): number {
    if (!known && windows.size >= mostSources) return srtpTooManySources
    const window = known ?? new ReplayWindow()
    if (!known) windows.set(ssrc, window)
    window.accept(index)
    return length
  }
}
