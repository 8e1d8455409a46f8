import {
  Baresip,
  type BaresipOptions,
  becomeInternet,
  eventLimitMs,
  eventually,
  type HomeNetwork,
  type Place,
  type Platform,
  serverAddress,
  startPlatform,
} from '@vaxel/testkit'

export interface Trouble {
  readonly code: string
  readonly text: string
  readonly advice: string
}

interface DirectionQuality {
  readonly packets: number
  readonly lossRatio: number
  readonly jitterMs: number
  readonly roundTripMs?: number
  readonly mos?: number
}

export interface WholeCall {
  readonly call: { readonly id: string; readonly endedAt?: string; readonly answeredAt?: string }
  readonly legs: readonly {
    readonly role: string
    readonly party: { readonly number: string }
    readonly quality?: { readonly received: DirectionQuality; readonly sent: DirectionQuality }
  }[]
  readonly timeline: readonly { readonly kind: string; readonly data: Record<string, unknown> }[]
  readonly troubles: readonly Trouble[]
  readonly messages: readonly { readonly direction: string; readonly remote: string; readonly text: string }[]
}

/** The server in the middle of the internet, and phones in homes around it. */
export class World {
  readonly platform: Platform
  readonly #phones: Baresip[] = []

  private constructor(platform: Platform) {
    this.platform = platform
  }

  /** @param environment further settings of the server; its SIP port is the usual one, which gateways look for */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<World> {
    becomeInternet()
    return new World(
      await startPlatform({ environment: { VAXEL_BIND: '0.0.0.0', VAXEL_SIP_PORT: '5060', ...environment } }),
    )
  }

  async phone(
    home: HomeNetwork | Place,
    user: string,
    toneHz: number,
    more: Partial<BaresipOptions> = {},
  ): Promise<Baresip> {
    const port = more.transport === 'tls' ? this.platform.ports.sips : 5060
    const place = 'addHost' in home ? home.addHost() : home
    const registrar = `${serverAddress}:${port}`
    const phone = await Baresip.start({ user, password: `sip-${user}`, registrar, toneHz, place, ...more })
    this.#phones.push(phone)
    return phone
  }

  /**
   * The last call of these two, once its record is complete.
   * @param hadAudio a call that ended before the first packet has no quality to wait for
   */
  async endedCall(from: string, to: string, hadAudio = true): Promise<WholeCall> {
    const api = await this.platform.login('201')
    const found = await eventually(`the record of the call from ${from} to ${to}`, async () => {
      const { items } = await api.get<{
        items: { id: string; endedAt?: string; caller: { number: string }; dialled: string }[]
      }>('/api/v1/calls')
      return items.find(({ caller, dialled, endedAt }) => caller.number === from && dialled === to && endedAt)
    })
    return await eventually('its quality', async () => {
      const whole = await api.get<WholeCall>(`/api/v1/calls/${found.id}`)
      const isComplete = !hadAudio || whole.call.answeredAt === undefined || whole.legs.every(({ quality }) => quality)
      return isComplete ? whole : undefined
    })
  }

  async stop(): Promise<void> {
    for (const phone of this.#phones) await phone.stop()
    await this.platform.stop()
  }
}

/** Both are in the call. */
export async function talking(from: Baresip, to: Baresip, limitMs = eventLimitMs): Promise<void> {
  const marks = [from.events.length, to.events.length] as const
  await from.dial(to.user)
  await Promise.all([
    from.waitFor('CALL_ESTABLISHED', limitMs, marks[0]),
    to.waitFor('CALL_ESTABLISHED', limitMs, marks[1]),
  ])
}
