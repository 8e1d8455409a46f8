import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { RelayCredentials } from '@vaxel/core'

/** The realm of our relays. What it says is shown nowhere. */
export const relayRealm = 'vaxel'

/** A login that starts in the morning relays until the evening; relays that run then go on. */
export const credentialLifetimeMs = 12 * 3_600_000

/**
 * The one user of all who check a network without login: its few relays are all that they have together, and end with the credential.
 */
export const checkUser = 'site-check'

export interface TurnCredentialsOptions {
  /** 32 random bytes that only this installation knows. */
  readonly secret: Uint8Array
  /** `turn:` and `turns:` URLs for a page of that origin; an empty one where none is known. */
  readonly urlsFor: (origin: string) => readonly string[]
}

/** A user name that is one of ours by its form. */
export interface TurnName {
  readonly userId: string
  readonly expiresAtMs: number
}

/**
 * Credentials that need no table: the user name is `expiry:user`, and the password its HMAC, so that only we can make one. Whoever
 * steals one can relay to our own media port, where nobody answers who has no call, and only until it expires.
 */
export class TurnCredentials implements RelayCredentials {
  readonly #secret: KeyObject
  readonly #urlsFor: TurnCredentialsOptions['urlsFor']

  constructor({ secret, urlsFor }: TurnCredentialsOptions) {
    this.#secret = createSecretKey(secret)
    this.#urlsFor = urlsFor
  }

  issue(
    userId: string,
    nowMs: number,
    origin = '',
    check?: Parameters<RelayCredentials['issue']>[3],
  ): ReturnType<RelayCredentials['issue']> {
    const expiresAtMs = 1000 * Math.floor((nowMs + (check?.lifetimeMs ?? credentialLifetimeMs)) / 1000)
    const username = `${expiresAtMs / 1000}:${check ? checkUser : userId}`
    return { urls: this.#urlsFor(origin), username, credential: this.#passwordOf(username), expiresAtMs }
  }

  /** Undefined for what has not the form of ours. */
  read(username: string): TurnName | undefined {
    const parts = /^([0-9]{9,11}):([\x21-\x7e]{1,100})$/.exec(username)
    return parts === null ? undefined : { expiresAtMs: 1000 * Number(parts[1]), userId: parts[2]! }
  }

  /** Key of the long-term credential (RFC 8489 §9.2.2), for a name of ours by its form, whether it counts or not. */
  keyOf(username: string): KeyObject {
    const key = createHash('md5')
      .update(`${username}:${relayRealm}:${this.#passwordOf(username)}`)
      .digest()
    return createSecretKey(key)
  }

  #passwordOf(username: string): string {
    return createHmac('sha256', this.#secret).update('turn:').update(username).digest('base64')
  }
}
