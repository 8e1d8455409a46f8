import { createHmac } from 'node:crypto'
import type { BrowserPhones, ConfigurationReader, Credentials, Device, DigestSecret, SessionStore } from '@vaxel/core'

/** Long enough for a working day with a nap; renewed while the page lives. */
const lifetimeMs = 12 * 3_600_000
/** Between the device's own name, the end of the credential, in seconds to the base 36, and the login that it was given to. */
const mark = '~'
const form = /^(.{1,64})~([0-9a-z]{6,8})~([0-9a-z]{1,32})$/
/** Names whose secrets are kept, so that a registration costs no hashing of its own. */
const mostKept = 50_000

/**
 * Credentials that are a function of a key, the device, an end and a login, with which they end: nothing is written when a browser logs in, a restart
 * of the server changes nothing, and nobody can read them anywhere.
 */
export class KeyedBrowserPhones implements BrowserPhones {
  readonly #key: Buffer
  readonly #directory: () => Pick<ConfigurationReader, 'deviceByUsername'>
  readonly #credentials: Pick<Credentials, 'digestSecrets'>
  readonly #sessions: Pick<SessionStore, 'ofUser'>
  readonly #now: () => number
  readonly #kept = new Map<string, readonly DigestSecret[]>()

  /** @param options `key` of at least 32 bytes, the same for as long as its credentials shall count */
  constructor(options: {
    key: Buffer
    directory: () => Pick<ConfigurationReader, 'deviceByUsername'>
    credentials: Pick<Credentials, 'digestSecrets'>
    sessions: Pick<SessionStore, 'ofUser'>
    now: () => number
  }) {
    this.#key = options.key
    this.#directory = options.directory
    this.#credentials = options.credentials
    this.#sessions = options.sessions
    this.#now = options.now
  }

  issue(device: Device, domain: string, sessionId: string, nowMs: number): ReturnType<BrowserPhones['issue']> {
    const seconds = Math.floor((nowMs + lifetimeMs) / 1000)
    const username = `${device.sipUsername}${mark}${seconds.toString(36)}${mark}${sessionId}`
    return { username, password: this.#passwordOf(device, domain, username), expiresAtMs: seconds * 1000 }
  }

  deviceFor(domain: string, username: string): Device | undefined {
    const match = form.exec(username)
    if (!match) return undefined
    const endsAtMs = Number.parseInt(match[2]!, 36) * 1000
    const nowMs = this.#now()
    // Nothing that was issued ends later than this: a name that claims to is nobody's.
    if (endsAtMs <= nowMs || endsAtMs > nowMs + lifetimeMs + 60_000) return undefined
    const device = this.#directory().deviceByUsername(domain, match[1]!)
    if (device?.kind !== 'browser') return undefined
    // Whoever was logged out, from here or from elsewhere, or by a new password, is no telephone any more.
    const session = this.#sessions.ofUser(device.userId).find(({ id }) => id === match[3])
    if (!session || session.expiresAtMs <= nowMs) return undefined
    return { ...device, secrets: this.#secretsOf(device, domain, username) }
  }

  #secretsOf(device: Device, domain: string, username: string): readonly DigestSecret[] {
    const password = this.#passwordOf(device, domain, username)
    const key = `${password} ${username}`
    const known = this.#kept.get(key)
    if (known) return known
    const secrets = this.#credentials.digestSecrets(username, domain, password)
    if (this.#kept.size >= mostKept) this.#kept.clear()
    this.#kept.set(key, secrets)
    return secrets
  }

  /** The device's own secret is part of it: a new one ends all that was issued before. */
  #passwordOf(device: Device, domain: string, username: string): string {
    const own = device.secrets.find(({ algorithm }) => algorithm === 'SHA-256')?.ha1 ?? ''
    return createHmac('sha256', this.#key).update(`${device.id}\n${own}\n${domain}\n${username}`).digest('base64url')
  }
}
