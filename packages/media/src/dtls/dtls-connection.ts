import { timingSafeEqual } from 'node:crypto'
import type { Fingerprint } from '@vaxel/sip/sdp'
import { type SrtpProfile, srtpProfiles } from '../srtp/srtp-keys.ts'
import { type DtlsCertificate, fingerprintOf } from './certificate.ts'
import { dtlsMtuBytes, type OpenSslConnection, OpenSslContext } from './openssl-dtls.ts'

/** SRTP keys of both directions: master key followed by master salt. */
export interface DtlsSrtpKeys {
  readonly profile: SrtpProfile
  readonly send: Uint8Array
  readonly receive: Uint8Array
}

export type DtlsState =
  /** Keys are not known yet; `pass` retransmits. */
  | { readonly name: 'handshaking' }
  /** Done, and the peer's certificate is the announced one. */
  | { readonly name: 'connected'; readonly keys: DtlsSrtpKeys }
  /** For good. */
  | { readonly name: 'failed'; readonly reason: DtlsFailure }

export type DtlsFailure = 'dtls-handshake' | 'dtls-fingerprint' | 'dtls-no-profile' | 'dtls-time-out'

/** RFC 5764 §4.1.2, RFC 7714 §14.2. */
const profileNumbers: Readonly<Record<number, SrtpProfile>> = {
  1: 'AES_CM_128_HMAC_SHA1_80',
  7: 'AEAD_AES_128_GCM',
  8: 'AEAD_AES_256_GCM',
}
const offeredProfiles = 'SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80'
const exporterLabel = 'EXTRACTOR-dtls_srtp'
const recordHeaderBytes = 13
const longestHandshakeMs = 30_000
/**
 * The client's first message is said again after these, milliseconds, while the peer is silent: it speaks first, perhaps before
 * the peer has our answer and listens. It is the same record each time, so that a peer that has it takes it for a replay.
 */
const sayAgainAfterMs = [60, 120, 240, 480]
/**
 * A later flight is sent again after these while nothing comes of it: OpenSSL itself would wait a second, and that would be heard.
 * The same records again, for the same reason.
 */
const sendAgainAfterMs = [130, 320, 700]

/** Makes the DTLS connections of one certificate. Must be closed. */
export class DtlsEndpoint {
  readonly #context: OpenSslContext

  /** Throws where the certificate or its key cannot be used. */
  constructor(certificate: DtlsCertificate) {
    this.#context = new OpenSslContext(certificate.certificate, certificate.privateKey, offeredProfiles)
  }

  connect(options: DtlsOptions): DtlsConnection {
    return new DtlsConnection(this.#context.connection(options.role === 'client'), options)
  }

  close(): void {
    this.#context.close()
  }
}

export interface DtlsOptions {
  /** `client` sends the first message: setup:active (RFC 5763 §5). */
  readonly role: 'client' | 'server'
  /** The peer's certificate must match one of them. */
  readonly fingerprints: readonly Fingerprint[]
  /** Sends a datagram; the buffer is only valid during the call. */
  readonly send: (buffer: Uint8Array, length: number) => void
  /** Monotonic. */
  readonly nowMs: number
}

/**
 * A DTLS 1.2 handshake for SRTP keys (RFC 5764) with a peer whose address is proven already. States as in {@link DtlsState};
 * handshaking is left by success, by a fault, or after 30 s. What is garbage is ignored, as DTLS wants it. Must be closed.
 */
export class DtlsConnection {
  readonly #ssl: OpenSslConnection
  readonly #options: DtlsOptions
  readonly #out = Buffer.alloc(16_384)
  #state: DtlsState = { name: 'handshaking' }
  /** The datagrams of our last flight: of a client that has not been answered its first message. */
  #flight: Buffer[] = []
  #isFirst = false
  /** When the flight was seen to wait first. */
  #flightMs: number | undefined
  #sentAgain = 0
  /** Where datagrams of the step that runs are kept. */
  #collected: Buffer[] | undefined
  #isClosed = false

  constructor(ssl: OpenSslConnection, options: DtlsOptions) {
    this.#ssl = ssl
    this.#options = options
  }

  get state(): DtlsState {
    return this.#state
  }

  /** The client's first message. The server has nothing to send yet. */
  start(): DtlsState {
    if (this.#options.role !== 'client') return this.#state
    this.#isFirst = true
    this.#advance()
    return this.#state
  }

  /** Takes one datagram. */
  receive(packet: Uint8Array, length: number): DtlsState {
    if (this.#isClosed || this.#state.name === 'failed') return this.#state
    if (this.#isFirst) this.#forgetFlight()
    this.#ssl.write(packet, length)
    if (this.#state.name === 'handshaking') this.#advance()
    else {
      this.#ssl.readAndForget()
      this.#flush()
    }
    return this.#state
  }

  /** To be called every 50 ms or so while handshaking: retransmits what is overdue. */
  pass(nowMs: number): DtlsState {
    if (this.#isClosed || this.#state.name !== 'handshaking') return this.#state
    this.#sendAgain(nowMs)
    if (nowMs - this.#options.nowMs > longestHandshakeMs || !this.#ssl.handleTimeout()) this.#fail('dtls-time-out')
    this.#flush()
    return this.#state
  }

  /** Tells the peer, if connected, and frees everything. Idempotent. */
  close(): void {
    if (this.#isClosed) return
    if (this.#state.name === 'connected') {
      this.#ssl.shutdown()
      this.#flush()
    }
    this.#isClosed = true
    this.#ssl.close()
  }

  #sendAgain(nowMs: number): void {
    if (this.#flight.length === 0) return
    this.#flightMs ??= nowMs
    const afterMs = (this.#isFirst ? sayAgainAfterMs : sendAgainAfterMs)[this.#sentAgain]
    if (afterMs === undefined || nowMs - this.#flightMs < afterMs) return
    this.#sentAgain++
    for (const packet of this.#flight) this.#options.send(packet, packet.length)
  }

  #forgetFlight(): void {
    this.#flight = []
    this.#flightMs = undefined
    this.#sentAgain = 0
    this.#isFirst = false
  }

  #send(packet: Buffer): void {
    if (this.#collected) this.#collected.push(Buffer.from(packet))
    this.#options.send(packet, packet.length)
  }

  /** One step; what it says is the next flight, if it says anything. */
  #advance(): void {
    const isFirst = this.#isFirst
    const collected: Buffer[] = []
    this.#collected = collected
    const result = this.#ssl.handshake()
    this.#flush()
    this.#collected = undefined
    if (collected.length > 0) {
      this.#forgetFlight()
      this.#flight = collected
      this.#isFirst = isFirst
    }
    if (result === 'failed') this.#fail('dtls-handshake')
    else if (result === 'done') this.#finish()
  }

  #finish(): void {
    const certificate = this.#ssl.peerCertificate()
    if (!certificate || !this.#options.fingerprints.some((expected) => matches(certificate, expected))) {
      return this.#fail('dtls-fingerprint')
    }
    const profile = profileNumbers[this.#ssl.srtpProfile() ?? 0]
    if (!profile) return this.#fail('dtls-no-profile')
    const { keyBytes, saltBytes } = srtpProfiles[profile]
    const material = this.#ssl.exportKeys(exporterLabel, 2 * (keyBytes + saltBytes))
    if (!material) return this.#fail('dtls-handshake')
    // RFC 5764 §4.2: client key, server key, client salt, server salt.
    const side = (index: number) =>
      new Uint8Array([
        ...material.subarray(index * keyBytes, (index + 1) * keyBytes),
        ...material.subarray(2 * keyBytes + index * saltBytes, 2 * keyBytes + (index + 1) * saltBytes),
      ])
    const isClient = this.#options.role === 'client'
    const keys = { profile, send: side(isClient ? 0 : 1), receive: side(isClient ? 1 : 0) }
    material.fill(0)
    this.#state = { name: 'connected', keys }
    this.#forgetFlight()
  }

  #fail(reason: DtlsFailure): void {
    this.#state = { name: 'failed', reason }
  }

  /** Sends what waits, as few datagrams as fit the MTU, parted between records. */
  #flush(): void {
    let length: number
    while ((length = this.#ssl.read(this.#out)) > 0) {
      let start = 0
      let end = 0
      while (end + recordHeaderBytes <= length) {
        const next = end + recordHeaderBytes + this.#out.readUInt16BE(end + 11)
        if (next - start > dtlsMtuBytes && end > start) {
          this.#send(this.#out.subarray(start, end))
          start = end
        }
        end = Math.min(next, length)
      }
      if (end > start) this.#send(this.#out.subarray(start, end))
    }
  }
}

function matches(certificate: Uint8Array, expected: Fingerprint): boolean {
  const actual = Buffer.from(fingerprintOf(certificate, expected.hash).value)
  const wanted = Buffer.from(expected.value.toUpperCase())
  return actual.length === wanted.length && timingSafeEqual(actual, wanted)
}
