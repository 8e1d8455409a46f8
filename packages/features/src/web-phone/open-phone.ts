import {
  type Clock,
  type DeviceId,
  isRefusal,
  makeId,
  type RandomBytes,
  type Refusal,
  randomToken,
  type UserId,
} from '@vaxel/base'
import { ClientTooOld, type OperationReply, type openPhone, PhoneElsewhere, type Principal } from '@vaxel/contract'
import type {
  Binding,
  BindingStore,
  BrowserPhones,
  ConfigurationWriter,
  Credentials,
  Device,
  RelayCredentials,
  User,
} from '@vaxel/core'
import { isOlder } from './version-order.ts'

export interface WebPhoneDependencies {
  readonly configuration: ConfigurationWriter
  readonly credentials: Credentials
  readonly bindings: BindingStore
  readonly phones: BrowserPhones
  /** Where there is a relay. */
  readonly relays?: RelayCredentials
  readonly clock: Clock
  readonly random: RandomBytes
  readonly settings: {
    /** To be tried in order, `wss://…/sip`; empty: where the page came from. */
    readonly webSockets: readonly string[]
    readonly reconnectSeconds: number
    /** Older ones are refused. */
    readonly minimumClient?: string
  }
  readonly endBinding: (binding: Binding) => Promise<void>
}

interface Wish {
  readonly instanceId?: string
  readonly clientVersion?: string
  readonly takeOver?: boolean
}

/** Protocols of softphones in browsers; desk phones use others. */
const browserProtocols = new Set(['ws', 'wss'])
/** What stands around the name of an instance: `"<urn:uuid:NAME>"` (RFC 5626 §4.1). */
const instanceFrame = /^"?<(?:urn:uuid:)?|>"?$/g
const softphones = /linphone|baresip|zoiper|microsip|bria|jitsi|groundwire|softphone|jssip|vaxel/i

/** Makes a telephone of a logged-in browser. */
export class PhoneOpener {
  readonly #around: WebPhoneDependencies

  constructor(dependencies: WebPhoneDependencies) {
    this.#around = dependencies
  }

  async open(
    principal: Principal,
    { address, origin }: { readonly address: string; readonly origin: string },
    wish: Wish,
  ): Promise<OperationReply<typeof openPhone> | Refusal> {
    const { configuration, settings, phones, relays, clock } = this.#around
    const { minimumClient } = settings
    if (minimumClient !== undefined && wish.clientVersion !== undefined && isOlder(wish.clientVersion, minimumClient))
      return ClientTooOld(
        `This is version ${wish.clientVersion} of the app; the server wants ${minimumClient}. Load the page anew.`,
      )
    const user = configuration.current.user(principal.userId as UserId)!
    const refused = await this.#keepToOne(user, wish)
    if (refused) return refused
    const device = await this.#deviceOf(user, address)
    if (isRefusal(device)) return device
    const nowMs = clock.now()
    const { username, password, expiresAtMs } = phones.issue(device, user.domain, principal.sessionId, nowMs)
    const relay = relays?.issue(user.id, nowMs, origin)
    return {
      address: `sip:${user.name}@${user.domain}`,
      displayName: user.displayName,
      ...(user.extension === undefined ? {} : { extension: user.extension }),
      domain: user.domain,
      deviceId: device.id,
      username,
      password,
      expiresAt: new Date(expiresAtMs).toISOString(),
      webSockets: [...settings.webSockets],
      iceServers: relay ? [{ urls: [...relay.urls], username: relay.username, credential: relay.credential }] : [],
      reconnectSeconds: settings.reconnectSeconds,
    }
  }

  /** Where the company allows one softphone: refuses while another is there, or ends the others' registrations. */
  async #keepToOne(user: User, { instanceId, takeOver }: Wish): Promise<Refusal | undefined> {
    const { configuration, bindings, endBinding, clock } = this.#around
    if (!configuration.current.company(user.companyId)?.oneClient) return undefined
    const others = bindings.ofUser(user.id).filter((binding) => this.#isOther(binding, instanceId, clock.now()))
    const [other] = others
    if (!other) return undefined
    if (takeOver) {
      for (const binding of others) await endBinding(binding)
      return undefined
    }
    const since = new Date(other.registeredAtMs).toISOString()
    return PhoneElsewhere(
      `${other.userAgent ?? 'Another softphone'} at ${other.flow.remoteAddress} is registered since ${since}, and your company allows one at a time. Take over to use this one; a call that goes on there goes on until it ends.`,
    )
  }

  #isOther(binding: Binding, instanceId: string | undefined, nowMs: number): boolean {
    if (binding.expiresAtMs <= nowMs) return false
    if (browserProtocols.has(binding.flow.protocol))
      return instanceId === undefined || binding.instanceId?.replace(instanceFrame, '') !== instanceId
    return softphones.test(binding.userAgent ?? '')
  }

  /** The user's device for browsers, made on first use. */
  async #deviceOf(user: User, address: string): Promise<Device | Refusal> {
    const { configuration, credentials, clock, random } = this.#around
    const isBrowser = ({ kind }: Device) => kind === 'browser'
    const known = configuration.current.devicesOf(user.id).find(isBrowser)
    if (known) return known
    const id = makeId<DeviceId>(clock.now(), random)
    let made: Device | undefined
    const refusal = await configuration.change({ by: `user:${user.id}`, address }, (current) => {
      made = current.devicesOf(user.id).find(isBrowser)
      if (made) return []
      const sipUsername = `web-${user.name}-${randomToken(6, random)}`
      // Nobody is told this secret: names for some hours are made from it.
      const secrets = credentials.digestSecrets(sipUsername, user.domain, randomToken(40, random))
      made = {
        id,
        companyId: user.companyId,
        userId: user.id,
        label: 'Browser',
        kind: 'browser',
        sipUsername,
        secrets,
        keying: 'auto',
        // WebRTC knows no other audio; the demo's signalling is on loopback without TLS.
        encryptionRequired: false,
      }
      return [{ kind: 'device', after: made }]
    })
    return refusal ?? made!
  }
}
