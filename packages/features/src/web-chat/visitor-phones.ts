import { createHmac } from 'node:crypto'
import type { Clock, DeviceId, UserId } from '@vaxel/base'
import type { Credentials, Directory, RelayCredentials, User, VisitorLogin, VisitorLogins, WebChat } from '@vaxel/core'
import type { VisitorPhones } from './parts.ts'

/** Long enough to allow a microphone and to be called back after a cut. */
const lifetimeMs = 15 * 60_000
const form = /^visitor-([0-9a-z]{22})~([0-9a-z]{6,8})$/

export interface VisitorPhoneParts {
  readonly key: Buffer
  readonly directory: Pick<Directory, 'user' | 'domainsOf'>
  readonly credentials: Pick<Credentials, 'digestSecrets'>
  readonly relays: RelayCredentials | undefined
  readonly webSockets: readonly string[]
  readonly clock: Clock
  /** The conversation, while speaking is on offer in it. */
  offered(chatId: string): WebChat | undefined
}

/**
 * Telephones of visitors. A login is a function of a key, the conversation and an end; it counts while that conversation goes on and its agent
 * offers to speak, and calls that agent alone.
 */
export class KeyedVisitorPhones implements VisitorPhones, VisitorLogins {
  readonly #parts: VisitorPhoneParts

  constructor(parts: VisitorPhoneParts) {
    this.#parts = parts
  }

  async open(chat: WebChat, origin: string): ReturnType<VisitorPhones['open']> {
    const { clock, webSockets, relays } = this.#parts
    const agent = this.#agentOf(chat)
    if (!agent) return undefined
    const endsAt = Math.floor((clock.now() + lifetimeMs) / 1000).toString(36)
    const username = `visitor-${chat.id}~${endsAt}`
    const relay = relays?.issue(`visitor-${chat.id}`, clock.now(), origin)
    return {
      address: `sip:visitor@${agent.domain}`,
      username,
      password: this.#passwordOf(agent.domain, username),
      to: `sip:${agent.name}@${agent.domain}`,
      webSockets,
      iceServers: relay ? [{ urls: relay.urls, username: relay.username, credential: relay.credential }] : [],
    }
  }

  find(domain: string, username: string): VisitorLogin | undefined {
    const { clock, credentials } = this.#parts
    const [, chatId = '', end = ''] = form.exec(username) ?? []
    const endsAtMs = Number.parseInt(end, 36) * 1000
    if (!(endsAtMs > clock.now()) || endsAtMs > clock.now() + lifetimeMs + 60_000) return undefined
    const chat = this.#parts.offered(chatId)
    const agent = chat && this.#agentOf(chat)
    if (!agent || agent.domain !== domain) return undefined
    const id = `visitor-${chat.id}`
    return {
      mayCall: agent.name,
      user: {
        id: id as UserId,
        companyId: chat.companyId,
        domain,
        name: 'visitor',
        displayName: chat.name ?? chat.siteName,
        language: chat.language,
        role: 'user',
        limits: { callsAtOnce: 1, allowedDestinations: [] },
        ringSeconds: 60,
      },
      device: {
        id: id as DeviceId,
        companyId: chat.companyId,
        userId: id as UserId,
        label: 'visitor',
        sipUsername: username,
        secrets: credentials.digestSecrets(username, domain, this.#passwordOf(domain, username)),
        kind: 'browser',
        keying: 'dtls',
        encryptionRequired: false,
      },
    }
  }

  #agentOf({ agentId }: WebChat): User | undefined {
    return agentId === undefined ? undefined : this.#parts.directory.user(agentId)
  }

  #passwordOf(domain: string, username: string): string {
    return createHmac('sha256', this.#parts.key).update(`visitor\n${domain}\n${username}`).digest('base64url')
  }
}
