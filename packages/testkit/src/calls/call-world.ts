import assert from 'node:assert/strict'
import { type CallId, type LogFields, type Logger, silentLogger, type UserId } from '@vaxel/base'
import type {
  Binding,
  CallCommands,
  CallHandling,
  ConferenceCalls,
  CallState,
  Company,
  Device,
  MediaLegId,
  Trunk,
  User,
  PresenceState,
  UserSettingKind,
  UserSettingKinds,
} from '@vaxel/core'
import { callCommands, conferenceCalls, CallService, type CallServiceOptions, takeInvite } from '@vaxel/features/calls'
import { createSipStack, makeResponse, type Protocol, type SipStack } from '@vaxel/sip'
import { VirtualClock } from '../virtual-clock.ts'
import { FakeMediaEngine } from './fake-media-engine.ts'
import { MemoryBindings, MemoryDirectory } from './memory-directory.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { MemoryRecordingDesk } from './memory-recording-desk.ts'
import { type MemorySipHost, MemorySipNetwork } from './memory-sip-network.ts'
import { ServicePhone } from './service-phone.ts'

const server = '10.0.0.100'
const noCounts = { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 }

/**
 * The calls feature on a real SIP stack, with a network, a clock, a media engine, a ledger and a configuration in memory.
 * Two companies, `acme` and `beta`, both have users 201 to 204 and a trunk.
 * Every test ends with {@link CallWorld.finish}, which finds whatever was left behind.
 */
export class CallWorld {
  readonly clock = new VirtualClock()
  readonly network = new MemorySipNetwork(this.clock)
  readonly engine = new FakeMediaEngine()
  readonly ledger = new MemoryLedger(this.clock)
  readonly recordings = new MemoryRecordingDesk(this)
  readonly directory = new MemoryDirectory()
  readonly bindings = new MemoryBindings()
  readonly acme: Company
  readonly beta: Company
  readonly stack: SipStack
  readonly service: CallService
  readonly commands: CallCommands
  readonly conferenceCalls: ConferenceCalls
  /** Errors in the log, of the platform and of the phones. */
  readonly errors: string[] = []
  /** Whether all devices are beyond their rate. */
  areTooFast = false
  /** Errors that the test means to cause. */
  expectedErrors: RegExp | undefined
  /** What users want done with their calls. */
  readonly handling = new Map<UserId, CallHandling>()
  /** How users are. */
  readonly presence = new Map<UserId, PresenceState>()
  /** Names of users' contacts, by `user number`. */
  readonly contacts = new Map<string, string>()
  readonly #settings = new Map<string, unknown>()
  readonly #phones: ServicePhone[] = []
  #addresses = 0
  readonly #devices = new Map<string, Device>()
  /** How pages were registered, by address. */
  readonly #goneBindings = new Map<string, Binding>()
  readonly #log: Logger
  readonly #host: MemorySipHost

  constructor(
    options: Partial<
      Pick<
        CallServiceOptions,
        'maxCalls' | 'mediaTimeoutMs' | 'reconnectMs' | 'notices' | 'trunks' | 'places' | 'soundOf'
      >
    > = {},
  ) {
    const { clock, directory } = this
    this.#log = this.#keepErrors()
    this.acme = directory.addCompany('acme', { mainNumber: '+46846500400' })
    this.beta = directory.addCompany('beta', { mainNumber: '+46846500500' })
    for (const company of [this.acme, this.beta])
      for (const name of ['201', '202', '203', '204']) directory.addUser(company, name)
    const host = this.network.host(server)
    this.#host = host
    this.stack = createSipStack({ clock, log: this.#log, transport: host, product: 'Vaxel' })
    host.receive = (flow, bytes) => this.stack.receive(flow, bytes)
    this.service = new CallService({
      clock,
      log: this.#log,
      directory,
      bindings: this.bindings,
      ledger: this.ledger,
      engine: this.engine,
      stack: this.stack,
      authenticate: (request, flow) => {
        const device = this.#devices.get(flow.remote.address)
        const user = device && directory.user(device.userId)
        const domain = user && directory.domain(user.domain)
        if (device && user && domain)
          return { ok: true, device, user, domain, ...(this.areTooFast && { isTooFast: true as const }) }
        const response = makeResponse(request, 407)
        response.headers.append('Proxy-Authenticate', 'Digest realm="acme.test", nonce="n"')
        return { ok: false, response }
      },
      settings: {
        get: (userId, kind) =>
          (kind === 'handling' ? this.handling.get(userId) : this.#settings.get(`${userId} ${kind}`)) as
            | UserSettingKinds[typeof kind]
            | undefined,
      },
      presenceOf: (userId) => this.presence.get(userId),
      callerNames: { nameOf: async (_, userId, number) => this.contacts.get(`${userId} ${number}`) },
      bindingsOfGruu: () => undefined,
      flowOf: async ({ flow }) => host.flowTo(flow.remoteAddress, flow.protocol),
      promptPath: (prompt, language) => `/prompts/${language}/${prompt}.wav`,
      folder: '/nowhere',
      recordingDesk: this.recordings,
      mediaTimeoutMs: 30_000,
      maxCalls: 1000,
      ...options,
    })
    this.commands = callCommands(this.service)
    this.conferenceCalls = conferenceCalls(this.service)
    this.stack.setUser({
      onInvite: (invite) => {
        takeInvite(this.service, invite).catch((error: unknown) => {
          this.#log.error('an INVITE could not be handled', { error: String(error) })
          invite.refuse(500)
        })
      },
      onRequest: ({ request, respond }) => respond(makeResponse(request, 405)),
      onWire: (direction, message, flow, bytes) => this.service.trace.see(direction, message, flow, bytes),
    })
  }

  user(name: string, company = this.acme): User {
    const user = this.directory.userByAddress(`${company.name}.test`, name)
    assert.ok(user, `there is no user ${name}`)
    return user
  }

  /** What a user has set for themselves, other than the handling of calls. */
  set<Kind extends UserSettingKind>(name: string, kind: Kind, value: UserSettingKinds[Kind]): void {
    this.#settings.set(`${this.user(name).id} ${kind}`, value)
  }

  /** A registered telephone of a user at its own address. */
  phone(
    name: string,
    options: { company?: Company; protocol?: Protocol; device?: Partial<Device> } = {},
  ): ServicePhone {
    const company = options.company ?? this.acme
    const protocol = options.protocol ?? 'udp'
    const user = this.user(name, company)
    const address = `10.0.0.${++this.#addresses}`
    const device = this.directory.addDevice(user, address, options.device)
    this.#devices.set(address, device)
    const binding: Binding = {
      id: address,
      companyId: company.id,
      userId: user.id,
      deviceId: device.id,
      addressOfRecord: `sip:${name}@${company.name}.test`,
      contact: `sip:${name}@${address}`,
      q: 1,
      callId: address,
      cseq: 1,
      path: [],
      expiresAtMs: this.clock.now() + 86_400_000,
      registeredAtMs: this.clock.now() + this.#phones.length,
      flow: {
        id: `${server} ${protocol} ${address}` as Binding['flow']['id'],
        protocol,
        localAddress: server,
        localPort: 5060,
        remoteAddress: address,
        remotePort: 5060,
      },
    }
    this.bindings.bindings = [...this.bindings.bindings, binding]
    return this.#addPhone(address, name, `${company.name}.test`, protocol)
  }

  /** A page in the browser of a user, registered over WebSocket. */
  browser(name: string, company = this.acme): ServicePhone {
    const phone = this.phone(name, { company, protocol: 'ws' })
    this.#amendBinding(phone.address, { instanceId: `<urn:uuid:${phone.address}>`, regId: 1 })
    return phone
  }

  /** The connection to a page is gone; the page may be too. */
  disconnect(phone: ServicePhone): void {
    const flow = this.#host.close(phone.address, 'ws')
    if (!flow) return
    this.stack.flowClosed(flow)
    this.service.browsers.flowClosed(flow)
    this.bindings.bindings = this.bindings.bindings.filter((binding) => binding.flow.remoteAddress !== phone.address)
  }

  /** The page is gone without a word. */
  crash(phone: ServicePhone): void {
    this.disconnect(phone)
    this.network.gone.add(phone.address)
    phone.stack.close()
    this.#phones.splice(this.#phones.indexOf(phone), 1)
  }

  /** The page's browser opens it anew: another page, that knows nothing of its calls. Its registration is told. */
  reload(phone: ServicePhone): ServicePhone {
    const before = this.bindings.bindings.find(({ id }) => id === phone.address)
    const gone = before ?? this.#goneBindings.get(phone.address)
    assert.ok(gone, 'the page was registered')
    this.crash(phone)
    return this.#register(gone, `${gone.callId}'`)
  }

  /** The same page connects anew, perhaps from another address; its stack lives on. */
  reconnect(phone: ServicePhone): void {
    const gone = this.#goneBindings.get(phone.address)
    assert.ok(gone, 'the page was registered')
    const flow = this.#host.flowTo(phone.address, 'ws')
    const id = `${flow.id} again` as Binding['flow']['id']
    Object.assign(flow, { id })
    const binding = { ...gone, flow: { ...gone.flow, id } }
    this.bindings.bindings = [...this.bindings.bindings, binding]
    this.service.browsers.bindingsChanged([binding])
  }

  /** The connection of a telephone over TCP breaks, and it registers over another one. */
  connectAgain(phone: ServicePhone, more: Partial<Binding> = {}): void {
    const closed = this.#host.close(phone.address, 'tcp')
    if (closed) {
      this.stack.flowClosed(closed)
      this.service.browsers.flowClosed(closed)
    }
    const flow = this.#host.flowTo(phone.address, 'tcp')
    const id = `${flow.id} again` as Binding['flow']['id']
    Object.assign(flow, { id })
    const before = this.bindings.bindings.find((binding) => binding.flow.remoteAddress === phone.address)
    assert.ok(before, 'the telephone was registered')
    const binding = { ...before, ...more, flow: { ...before.flow, id } }
    this.bindings.bindings = [...this.bindings.bindings.filter((one) => one.id !== binding.id), binding]
    this.service.streams.bindingsChanged(
      this.bindings.bindings.filter((one) => one.addressOfRecord === binding.addressOfRecord),
    )
  }

  #register(like: Binding, callId: string): ServicePhone {
    const address = `10.0.0.${++this.#addresses}`
    const device = this.#devices.get(like.flow.remoteAddress)
    const user = this.directory.user(like.userId)
    assert.ok(device && user)
    this.#devices.set(address, device)
    const id = `${server} ws ${address}` as Binding['flow']['id']
    const flow = { ...like.flow, id, remoteAddress: address }
    const binding: Binding = { ...like, contact: `sip:${user.name}@${address}`, callId, flow }
    this.bindings.bindings = [...this.bindings.bindings.filter(({ id: other }) => other !== like.id), binding]
    const phone = this.#addPhone(address, user.name, user.domain, 'ws')
    this.#goneBindings.set(address, binding)
    this.service.browsers.bindingsChanged([binding])
    return phone
  }

  #amendBinding(id: string, more: Partial<Binding>): void {
    this.bindings.bindings = this.bindings.bindings.map((one) => (one.id === id ? { ...one, ...more } : one))
    const binding = this.bindings.bindings.find((one) => one.id === id)
    if (binding) this.#goneBindings.set(binding.flow.remoteAddress, binding)
  }

  /** A stranger, who is neither registered nor known. */
  stranger(name: string, domain = 'acme.test'): ServicePhone {
    return this.#addPhone(`10.0.8.${this.#phones.length + 1}`, name, domain)
  }

  /** A trunk of a company, and the carrier behind it. */
  trunk(more: Partial<Trunk> = {}, company = this.acme): { trunk: Trunk; carrier: ServicePhone } {
    const address = `10.0.9.${this.#phones.length + 1}`
    const trunk = this.directory.addTrunk(company, address, more)
    return { trunk, carrier: this.#addPhone(address, '+46701740605', `${company.name}.test`) }
  }

  /** Time goes on, and everything that follows from it happens. */
  async pass(ms = 20): Promise<void> {
    await this.clock.advanceAsync(ms)
  }

  /** The one call that goes on. */
  get onlyCall(): CallState {
    const states = [...this.service.states()].filter((state) => state.name !== 'ended')
    assert.equal(states.length, 1, 'one call goes on')
    return states[0]!
  }

  get onlyCallId(): CallId {
    return this.onlyCall.call.id
  }

  /** Live media legs of the call that goes on, by the number of their party. */
  mediaOf(number: string): MediaLegId {
    for (const { owner } of [...this.service.states()].map((s) => ({ owner: this.service.owner(s.call.id) })))
      for (const [id, leg] of owner?.legs ?? []) {
        const row = owner?.state.call.legs.get(id)
        if (row?.party.number === number && row.endedAtMs === undefined) return leg.media
      }
    throw new Error(`nobody with number ${number} is in a call`)
  }

  /** Two parties, by number, hear each other and nothing else. */
  assertJoined(a: string, b: string): void {
    assert.ok(this.engine.areJoined(this.mediaOf(a), this.mediaOf(b)), `${a} and ${b} hear each other`)
  }

  /** Everybody hangs up, time passes, and nothing may be left of anything. */
  async finish(): Promise<void> {
    await this.pass(100)
    assert.equal(this.service.count, 0, 'no call is left')
    await this.pass(200_000)
    this.stack.close()
    assert.deepEqual([...this.engine.legs.keys()], [], 'every media leg is released')
    assert.deepEqual(this.stack.counts(), noCounts, 'the stack is empty')
    for (const phone of this.#phones) assert.deepEqual(phone.stack.counts(), noCounts, `${phone.name} is idle`)
    assert.equal(this.clock.waiting, 0, 'no timer is left')
    this.#assertLedger()
    this.#assertMeters()
    const unexpected = this.errors.filter((line) => !this.expectedErrors?.test(line))
    assert.deepEqual(unexpected, [], 'no errors in the log')
  }

  #assertLedger(): void {
    const ids = new Set(this.ledger.events.map((event) => event.callId))
    for (const id of ids) {
      if (id === undefined) continue
      const kinds = this.ledger.kinds(id)
      assert.equal(kinds.filter((kind) => kind === 'call.ended').length, 1, `call ends once: ${kinds.join(', ')}`)
      const record = this.ledger.calls.get(id)
      assert.ok(record?.termination && record.endedAtMs !== undefined, 'the row is closed')
      for (const leg of this.ledger.legs.values())
        if (leg.callId === id) assert.ok(leg.endedAtMs !== undefined, 'every row of a leg is closed')
    }
  }

  #assertMeters(): void {
    const { directory, service } = this
    for (const company of directory.companies()) {
      const things = [company, ...directory.usersOf(company.id), ...directory.trunksOf(company.id)]
      for (const { id } of things)
        assert.equal(service.admission.meters.usage(id, this.clock.now()).callsNow, 0, `nothing is counted for ${id}`)
    }
  }

  #addPhone(address: string, name: string, domain: string, protocol: Protocol = 'udp'): ServicePhone {
    const { clock } = this
    const phone = new ServicePhone({
      host: this.network.host(address),
      clock,
      log: this.#log,
      name,
      domain,
      server: protocol === 'ws' ? `${server};transport=ws` : server,
    })
    this.#phones.push(phone)
    return phone
  }

  #keepErrors(): Logger {
    const error = (message: string, fields?: LogFields): void => {
      this.errors.push(`${message} ${JSON.stringify(fields)}`)
    }
    const log: Logger = { ...silentLogger, error, with: () => log }
    return log
  }
}
