import { type RandomBytes, randomToken } from '@vaxel/base'
import type { SrtpSuite } from '../description/crypto-attribute.ts'
import type { Direction } from '../description/direction.ts'
import type { SessionDescription } from '../description/session-description.ts'
import { writeDescription } from '../description/write-description.ts'
import type { IceCredentials } from './agreed-audio.ts'
import type { CodecName, Keying } from './capabilities.ts'
import { PayloadNames } from './payload-numbers.ts'

/** One media description as it stood last, so that a later offer keeps their number and order (RFC 3264 §8). */
export interface MediaLine {
  readonly kind: string
  readonly protocol: string
  readonly format: string
  readonly mid?: string
}

/** What our last offer promised, to be held against the answer. */
export interface PendingOffer {
  /** An offer of SDES that names our certificate too. */
  readonly alsoDtls: boolean
  readonly lines: readonly MediaLine[]
  readonly audioIndex: number
  readonly keying: Keying
  readonly usesIce: boolean
  readonly rtcpMux: boolean
  readonly direction: Direction
  readonly codecs: readonly { readonly payloadType: number; readonly codec: CodecName }[]
  readonly events: readonly { readonly payloadType: number; readonly rateHz: number }[]
  readonly suites: readonly { readonly tag: number; readonly suite: SrtpSuite; readonly key: Uint8Array }[]
}

/**
 * What one side of one dialog remembers between offers and answers; a plain value, never changed in place.
 * Everything in it that the peer has seen stays as it was: identifiers, payload type numbers, keys, places of the media lines.
 */
export interface NegotiationState {
  readonly sessionId: string
  /** Version of the last description that we sent; counts up by one for each different one (RFC 3264 §8). */
  readonly version: number
  readonly lastSent?: string
  readonly originAddress?: string
  readonly lines: readonly MediaLine[]
  readonly audioIndex: number
  /** What the payload types of both sides mean; none is ever given another meaning (RFC 3264 §8.3.2). */
  readonly payloadNames: PayloadNames
  readonly keys: Partial<Readonly<Record<SrtpSuite, Uint8Array>>>
  /** Of packets under our keys, where the peer's offer had one; as long as the keys are. */
  readonly mki?: Uint8Array
  readonly ice: IceCredentials
  readonly remoteUfrag?: string
  readonly dtlsRole?: 'client' | 'server'
  /** How the audio stands since the last complete exchange. */
  readonly agreed?: {
    readonly keying: Keying
    readonly usesIce: boolean
    readonly rtcpMux: boolean
    readonly isBundled: boolean
  }
  readonly offer?: PendingOffer
}

/** The state of a side that has neither sent nor received a description. */
export function startNegotiation(random: RandomBytes): NegotiationState {
  const bytes = random(6)
  let sessionId = 0
  for (const byte of bytes) sessionId = sessionId * 256 + byte
  return {
    sessionId: String(sessionId),
    version: 0,
    lines: [],
    audioIndex: 0,
    payloadNames: new PayloadNames(),
    keys: {},
    ice: new LazyIceCredentials(random),
  }
}

/** 40 bits of ufrag and 160 bits of password; RFC 8445 §5.3 asks for 24 and 128. */
export function makeIceCredentials(random: RandomBytes): IceCredentials {
  return { ufrag: randomToken(8, random), password: randomToken(32, random) }
}

/** The same, made when first read: most legs use no ICE. */
class LazyIceCredentials implements IceCredentials {
  readonly #random: RandomBytes
  #made: IceCredentials | undefined

  constructor(random: RandomBytes) {
    this.#random = random
  }

  get ufrag(): string {
    return this.#make().ufrag
  }

  get password(): string {
    return this.#make().password
  }

  #make(): IceCredentials {
    return (this.#made ??= makeIceCredentials(this.#random))
  }
}

/** The credentials as they go to the media threads: what is sent there keeps no getters. */
export const plainCredentials = ({ ufrag, password }: IceCredentials): IceCredentials => ({ ufrag, password })

/** Writes a description with our origin; its version counts up only if it differs from the last one sent. */
export function writeNext(
  state: NegotiationState,
  address: string,
  body: Omit<SessionDescription, 'origin' | 'name'>,
): { readonly text: string; readonly state: NegotiationState } {
  const originAddress = state.originAddress ?? address
  const write = (version: number) =>
    writeDescription({
      origin: {
        username: '-',
        sessionId: state.sessionId,
        sessionVersion: String(version),
        family: familyOf(originAddress),
        address: originAddress,
      },
      name: '-',
      ...body,
    })
  const same = state.lastSent !== undefined && write(state.version) === state.lastSent
  const version = same ? state.version : state.version + 1
  const text = same ? state.lastSent! : write(version)
  return { text, state: { ...state, version, lastSent: text, originAddress } }
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4
}
