import { type Clock, type Logger, OldestFirst, sourceOfAddress } from '@vaxel/base'
import { isPrivateAddress } from '@vaxel/sip'
import { plainAddress } from './ip-address.ts'

/** Why TLS with a peer did not come about, as far as somebody can do something about it. */
export type TlsFault = 'distrust' | 'not-tls' | 'too-old'

const hourMs = 3_600_000
/** Sources that are remembered; of a flood from more the oldest are forgotten. */
const mostSources = 1_000
/** Lines in an hour. */
const mostLines = 100

/** What OpenSSL says: alerts of the peer (RFC 8446 §6.2), and what we could not take of it. */
const faults: readonly (readonly [RegExp, TlsFault])[] = [
  [/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE)$/, 'distrust'],
  [/_(WRONG_VERSION_NUMBER|HTTP_REQUEST|HTTPS_PROXY_REQUEST|PACKET_LENGTH_TOO_LONG)$/, 'not-tls'],
  [
    /_(UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|UNKNOWN_PROTOCOL|NO_SHARED_CIPHER|NO_SUITABLE_SIGNATURE_ALGORITHM|ALERT_PROTOCOL_VERSION|ALERT_HANDSHAKE_FAILURE)$/,
    'too-old',
  ],
]

const meanings: Readonly<
  Record<TlsFault, { readonly log: string; readonly warning: string; readonly advice: string }>
> = {
  distrust: {
    log: 'a peer does not trust the certificate of this server',
    warning: 'Telephones do not trust the certificate of this server',
    advice:
      'give them the authority that signed it (certificates/ca.crt of the data folder), or the server a certificate that they know, for the name that they call it by.',
  },
  'not-tls': {
    log: 'a peer speaks no TLS on the port for TLS',
    warning: 'Something in your network speaks no TLS on the port for TLS',
    advice: 'choose TLS as the transport in the telephone, or the other port.',
  },
  'too-old': {
    log: 'a peer knows no TLS that is taken here',
    warning: 'Telephones in your network know no TLS that is taken here',
    advice: 'it has to be 1.2 with ECDHE and an authenticated cipher, or 1.3; newer firmware has it mostly.',
  },
}

/** @param code of the error of a handshake. @returns undefined for what scanners and lost connections leave */
export const tlsFaultOf = (code: string | undefined): TlsFault | undefined =>
  faults.find(([pattern]) => pattern.test(code ?? ''))?.[1]

/**
 * The peers with which TLS does not come about. A telephone shows no more than that it cannot register, so that the log and the
 * warnings are where an administrator learns why: once an hour for each source. Strangers from the internet try such
 * ports all day; the warnings are of private networks alone, and of whoever looked at our certificate, which scanners do not mind.
 */
export class TlsFaults {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #sources = new OldestFirst<
    string,
    { readonly fault: TlsFault; readonly isWarned: boolean; readonly atMs: number }
  >()
  #lines = { beganMs: Number.NEGATIVE_INFINITY, count: 0 }

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  failed(address: string | undefined, { code, message }: { readonly code?: string; readonly message: string }): void {
    const fault = tlsFaultOf(code)
    if (fault === undefined || address === undefined)
      return this.#log.debug('a TLS handshake failed', { address, reason: message })
    const atMs = this.#clock.monotonicMs()
    const plain = plainAddress(address)
    const key = `${fault} ${sourceOfAddress(plain)}`
    if (atMs - (this.#sources.get(key)?.atMs ?? Number.NEGATIVE_INFINITY) < hourMs) return
    const isWarned = fault === 'distrust' || isPrivateAddress(plain)
    this.#sources.renew(key, { fault, isWarned, atMs })
    if (this.#sources.size > mostSources) this.#sources.delete(this.#sources.oldest!)
    if (this.#hasLine(atMs))
      this.#log[isWarned ? 'warn' : 'info'](meanings[fault].log, { address: plain, reason: code })
  }

  /** Of the last hour; without addresses, as anyone may read them. */
  warnings(): string[] {
    const fromMs = this.#clock.monotonicMs() - hourMs
    const counts = new Map<TlsFault, number>()
    for (const [, { fault, isWarned, atMs }] of this.#sources.entries())
      if (isWarned && atMs > fromMs) counts.set(fault, (counts.get(fault) ?? 0) + 1)
    return [...counts].map(([fault, count]) => {
      const { warning, advice } = meanings[fault]
      return `${warning} (${count === 1 ? 'one address' : `${count} addresses`} in the last hour; the log names them): ${advice}`
    })
  }

  #hasLine(nowMs: number): boolean {
    if (nowMs - this.#lines.beganMs >= hourMs) this.#lines = { beganMs: nowMs, count: 0 }
    return this.#lines.count++ < mostLines
  }
}
