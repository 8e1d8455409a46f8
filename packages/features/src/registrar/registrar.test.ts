import assert, { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Clock, CompanyId, DeviceId, FlowId, UserId } from '@vaxel/base'
import { silentLogger } from '@vaxel/base'
import fc from 'fast-check'
import type { Binding, BindingStore, Device, Directory, LedgerEvent, User } from '@vaxel/core/ports'
import {
  answerChallenge,
  chooseChallenge,
  type Flow,
  makeHa1,
  parseMessage,
  parseNameAddress,
  parseUri,
  serialize,
  type SipRequest,
  type SipResponse,
} from '@vaxel/sip'
import { Registrar, type RegistrarOptions } from './feature.ts'

const domain = { name: 'demo.test', companyId: 'c1' as CompanyId }
const aor = 'sip:201@demo.test'

class TestClock implements Clock {
  #nowMs = 1_000_000
  #timers: Array<{ atMs: number; callback: () => void }> = []
  /** What somebody has set the wall clock by. */
  setMs = 0
  now = (): number => this.#nowMs + this.setMs
  monotonicMs = (): number => this.#nowMs
  get timers(): number {
    return this.#timers.length
  }
  startTimer(delayMs: number, callback: () => void) {
    const timer = { atMs: this.#nowMs + delayMs, callback }
    this.#timers.push(timer)
    return { stop: () => void (this.#timers = this.#timers.filter((one) => one !== timer)) }
  }
  /** Moves on and lets everything that follows happen. */
  async advance(seconds: number): Promise<void> {
    const endMs = this.#nowMs + 1000 * seconds
    for (;;) {
      const next = this.#timers.filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#nowMs = next.atMs
      next.callback()
      await settled()
    }
    this.#nowMs = endMs
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

class MemoryBindings implements BindingStore {
  bindings: readonly Binding[] = []
  writes = 0
  failure: Error | undefined
  hold: Promise<void> | undefined
  ofUser = (userId: UserId) => this.bindings.filter((binding) => binding.userId === userId)
  ofAddress = (address: string) => this.bindings.filter((binding) => binding.addressOfRecord === address)
  all = () => this.bindings
  amend(change: (binding: Binding) => Binding): void {
    this.bindings = this.bindings.map(change)
  }
  async replace(address: string, bindings: readonly Binding[]): Promise<void> {
    await this.hold
    if (this.failure !== undefined) throw this.failure
    this.writes++
    this.bindings = [...this.bindings.filter((binding) => binding.addressOfRecord !== address), ...bindings]
  }
}

const user = (name: string): User => ({
  id: `u${name}` as UserId,
  companyId: domain.companyId,
  domain: domain.name,
  name,
  displayName: name,
  extension: name,
  language: 'en',
  role: 'user',
  limits: {},
  ringSeconds: 30,
})
const device = (username: string, owner: string): Device => ({
  id: `d${username}` as DeviceId,
  companyId: domain.companyId,
  userId: `u${owner}` as UserId,
  label: username,
  sipUsername: username,
  secrets: (['SHA-256', 'MD5'] as const).map((algorithm) => ({
    algorithm,
    realm: domain.name,
    ha1: makeHa1(algorithm, username, domain.name, 'secret'),
  })),
  keying: 'auto',
  encryptionRequired: false,
})
const users = [user('201'), user('202')]
const devices = [device('201', '201'), device('201-desk', '201'), device('202', '202')]
const directory = {
  user: (id: UserId) => users.find((one) => one.id === id),
  device: (id: DeviceId) => devices.find((one) => one.id === id),
  deviceByUsername: (name: string, username: string) =>
    name === domain.name ? devices.find((one) => one.sipUsername === username) : undefined,
  company: () => undefined,
  trunkByAddress: (address: string) => (address === '10.9.9.9' ? {} : undefined),
} as unknown as Directory

let flows = 0
const flow = (protocol: Flow['protocol'] = 'udp', address = '10.0.0.1'): Flow => ({
  id: `f${++flows}` as FlowId,
  protocol,
  isOpen: true,
  local: { address: '10.0.0.9', port: 5060 },
  remote: { address, port: 40_000 + flows },
})

function system(options: Partial<RegistrarOptions> = {}) {
  const clock = new TestClock()
  const bindings = new MemoryBindings()
  const events: LedgerEvent[] = []
  const registrar = new Registrar({
    clock,
    bindings,
    directory,
    log: silentLogger,
    ledger: { append: async (entry) => events.push(...entry.events) },
    resolveDomain: (host) => (host === domain.name || host === '10.0.0.9' ? domain : undefined),
    ...options,
  })
  return {
    clock,
    bindings,
    events,
    registrar,
    told: () => events.map((event) => `${event.kind} ${event.data.reason ?? ''}`.trim()),
  }
}

/** A phone that registers as RFC 3261 §10.2 says, answering challenges. */
class Phone {
  readonly flow: Flow
  callId = `call-${++flows}`
  cseq = 0
  username = '201'
  password = 'secret'
  to = aor
  uri = 'sip:demo.test'
  readonly #registrar: Registrar

  constructor(registrar: Registrar, on: Flow = flow()) {
    this.#registrar = registrar
    this.flow = on
  }

  request(headers: readonly string[], method = 'REGISTER'): SipRequest {
    const text = [
      `${method} ${this.uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${++flows}`,
      `From: <${this.to}>;tag=1`,
      `To: <${this.to}>`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${++this.cseq} ${method}`,
      ...headers,
    ]
    const parsed = parseMessage(Buffer.from(`${text.join('\r\n')}\r\n\r\n`))
    assert.ok(parsed.ok && parsed.message.kind === 'request', parsed.ok ? '' : parsed.reason)
    return parsed.message
  }

  async send(request: SipRequest): Promise<SipResponse> {
    const responses: SipResponse[] = []
    this.#registrar.onRequest({ request, flow: this.flow, respond: (response) => responses.push(response) })
    for (let i = 0; i < 5 && responses.length === 0; i++) await settled()
    equal(responses.length, 1, 'answered once')
    serialize(responses[0]!)
    return responses[0]!
  }

  async register(...headers: string[]): Promise<SipResponse> {
    const first = await this.send(this.request(headers))
    return first.status === 401 ? this.send(this.request([...headers, this.answer(first)])) : first
  }

  answer(response: SipResponse, method = 'REGISTER'): string {
    const name = response.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate'
    const challenge = chooseChallenge(response.headers.getAll(name))!
    const value = answerChallenge(
      challenge,
      { method, uri: this.uri },
      { username: this.username, password: this.password },
    )
    return `${response.status === 401 ? 'Authorization' : 'Proxy-Authorization'}: ${value}`
  }
}

const contacts = (response: SipResponse): string[] => response.contacts.map((contact) => contact.uri.toString())

function screened(registrar: Registrar, request: SipRequest, on: Flow, sizeBytes = 600): SipResponse {
  const answer = registrar.screen(request, on, sizeBytes)
  assert.ok(answer !== undefined && answer !== 'drop')
  return answer
}

describe('Registrar', () => {
  it('binds after a challenge, durably before the 200, and tells the ledger', async () => {
    const { registrar, bindings, events, told } = system()
    let release = (): void => {}
    bindings.hold = new Promise((resolve) => (release = resolve))
    const phone = new Phone(registrar)
    const challenged = await phone.send(phone.request(['Contact: <sip:201@10.0.0.1>']))
    equal(challenged.status, 401)
    const answers: SipResponse[] = []
    const request = phone.request(['Contact: <sip:201@10.0.0.1>', 'User-Agent: Phone 1', phone.answer(challenged)])
    registrar.onRequest({ request, flow: phone.flow, respond: (response) => answers.push(response) })
    await settled()
    equal(answers.length, 0)
    release()
    await settled()
    equal(answers[0]!.status, 200)
    equal(answers[0]!.contacts[0]!.parameters.get('expires'), '3600')
    const [binding] = bindings.bindings
    equal(binding!.addressOfRecord, aor)
    equal(binding!.deviceId, 'd201')
    equal(binding!.userAgent, 'Phone 1')
    equal(binding!.flow.id, phone.flow.id)
    deepEqual(told(), ['registrar.bound'])
    equal(events[0]!.companyId, 'c1')
  })

  it('does not answer 200 for what could not be stored', async () => {
    const { registrar, bindings, events } = system()
    bindings.failure = new Error('disk full')
    const response = await new Phone(registrar).register('Contact: <sip:201@10.0.0.1>')
    equal(response.status, 503)
    equal(response.headers.has('Retry-After'), true)
    deepEqual([bindings.bindings, events], [[], []])
  })

  it('takes an address of the server for the domain, with the domain as realm', async () => {
    const phone = new Phone(system().registrar)
    phone.uri = 'sip:10.0.0.9'
    phone.to = 'sip:201@10.0.0.9'
    equal((await phone.register('Contact: <sip:201@10.0.0.1>')).status, 200)
    phone.uri = 'sip:elsewhere.test'
    equal((await phone.register()).status, 404)
  })

  it('gives strangers, wrong passwords and missing users one answer', async () => {
    const { registrar } = system()
    const answers = []
    for (const [username, password] of [
      ['201', 'guess'],
      ['999', 'secret'],
      ['202-x', 'guess'],
    ] as const) {
      const phone = new Phone(registrar)
      Object.assign(phone, { username, password })
      const response = await phone.register('Contact: <sip:x@10.0.0.1>')
      answers.push([
        response.status,
        response.reason,
        [...response.headers.entries()].map(([name, value]) =>
          name === 'WWW-Authenticate' ? value.replace(/nonce="[^"]*"/, '') : name,
        ),
      ])
    }
    equal(answers[0]![0], 401)
    deepEqual(answers[1], answers[0])
    deepEqual(answers[2], answers[0])
    const statuses = []
    for (const to of ['sip:202@demo.test', 'sip:999@demo.test', 'sip:201@elsewhere.test']) {
      const phone = new Phone(registrar)
      phone.to = to
      statuses.push((await phone.register('Contact: <sip:x@10.0.0.1>')).status)
    }
    deepEqual(statuses, [403, 403, 403])
  })

  it('challenges anew with stale=true when the nonce is too old', async () => {
    const { registrar, clock } = system({ nonceLifetimeSeconds: 60 })
    const phone = new Phone(registrar)
    const answer = phone.answer(await phone.send(phone.request([])))
    await clock.advance(61)
    const again = await phone.send(phone.request([answer]))
    match(again.headers.get('WWW-Authenticate')!, /stale=true/)
    equal((await phone.send(phone.request([phone.answer(again)]))).status, 200)
  })

  it('keeps several devices of a user, each with its own contacts and q', async () => {
    const { registrar, bindings } = system()
    const [phone, desk] = [new Phone(registrar), new Phone(registrar, flow('tls'))]
    desk.username = '201-desk'
    await phone.register('Contact: <sip:201@10.0.0.1>;q=0.5, <sip:201@10.0.0.2>;expires=120')
    const response = await desk.register('m: <sip:desk@10.0.0.3;transport=tls>')
    deepEqual(contacts(response), ['sip:201@10.0.0.1', 'sip:201@10.0.0.2', 'sip:desk@10.0.0.3;transport=tls'])
    deepEqual(
      response.contacts.map((contact) => [contact.parameters.get('expires'), contact.parameters.get('q')]),
      [
        ['3600', '0.5'],
        ['120', undefined],
        ['3600', undefined],
      ],
    )
    equal((await phone.register('Contact: *', 'Expires: 0')).contacts.length, 1)
    deepEqual(
      bindings.bindings.map((binding) => binding.deviceId),
      ['d201-desk'],
    )
    deepEqual(contacts(await phone.register()), ['sip:desk@10.0.0.3;transport=tls'])
  })

  it('refreshes and removes by equivalent Contact URI (RFC 3261 §10.3 step 7)', async () => {
    const { registrar, bindings, told, clock } = system()
    const phone = new Phone(registrar)
    await phone.register('Contact: <sip:%3201@PHONE.test;x=1>')
    await clock.advance(100)
    await phone.register('Contact: <sip:201@phone.test;x=1>', 'Expires: 600')
    equal(bindings.bindings.length, 1)
    equal(bindings.bindings[0]!.expiresAtMs, clock.now() + 600_000)
    equal(bindings.bindings[0]!.registeredAtMs, 1_000_000)
    await phone.register('Contact: <sip:201@phone.test;x=1>;expires=0')
    deepEqual(told(), ['registrar.bound', 'registrar.unbound unregistered'])
  })

  it('keeps two telephones of one person in two homes whose private addresses are the same', async () => {
    const { registrar, bindings, told } = system()
    const [office, home] = [
      new Phone(registrar, flow('udp', '203.0.113.7')),
      new Phone(registrar, flow('udp', '198.51.100.8')),
    ]
    home.username = '201-desk'
    const contact = 'Contact: <sip:201@192.168.1.10:5060>'
    await office.register(contact)
    equal((await home.register(contact)).contacts.length, 2)
    const from = () => bindings.bindings.map((one) => one.flow.remoteAddress).sort()
    deepEqual(from(), ['198.51.100.8', '203.0.113.7'])
    equal(new Set(bindings.bindings.map(({ id }) => id)).size, 2)
    await office.register(contact)
    await home.register(contact)
    equal(bindings.bindings.length, 2, 'each refreshes its own')
    await office.register(`${contact};expires=0`)
    deepEqual(from(), ['198.51.100.8'])
    await office.register(contact)
    equal(new Set(bindings.bindings.map(({ id }) => id)).size, 2)
    // The same device behind a router with a new address is the same telephone.
    const moved = new Phone(registrar, flow('udp', '203.0.113.99'))
    await moved.register(contact)
    deepEqual(from(), ['198.51.100.8', '203.0.113.99'])
    equal(told().filter((what) => what.startsWith('registrar.unbound')).length, 1)
  })

  it('takes a contact that one request names twice as it is named last', async () => {
    const { registrar, bindings, told } = system()
    const phone = new Phone(registrar)
    for (const twice of ['Contact: <sip:a@h>;q=0.5, <sip:%61@h>;q=0.7', 'Contact: <sip:a@h>;q=0.1, <sip:a@h>;q=0.2']) {
      const response = await phone.register(twice)
      deepEqual([response.status, contacts(response).length], [200, 1])
    }
    deepEqual(
      bindings.bindings.map(({ contact, q }) => [contact, q]),
      [['sip:a@h', 0.2]],
    )
    equal((await phone.register('Contact: <sip:b@h>, <sip:b@h>;expires=0')).status, 200)
    deepEqual(told(), ['registrar.bound'])
  })

  it('changes nothing when one part of a request is out of order', async () => {
    const { registrar, bindings } = system()
    const phone = new Phone(registrar)
    await phone.register('Contact: <sip:a@10.0.0.1>')
    const before = bindings.bindings
    phone.cseq = 0
    equal((await phone.register('Contact: <sip:b@10.0.0.1>, <sip:a@10.0.0.1>;expires=0')).status, 500)
    phone.cseq = 0
    equal((await phone.register('Contact: *', 'Expires: 0')).status, 500)
    deepEqual(bindings.bindings, before)
  })

  it('refuses what cannot be meant', async () => {
    const { registrar } = system()
    for (const [status, ...headers] of [
      ['400', 'Contact: *'],
      ['400', 'Contact: <tel:+46>'],
      ['400', 'Contact: <sip:a@b>;q=2'],
      ['400', 'Contact: <sip:a@239.255.255.250:1900>'],
      ['400', 'Contact: <sip:a@255.255.255.255>'],
      ['400', 'Contact: <sip:a@0.0.0.0>'],
      ['400', 'Contact: <sip:a@[ff02::1]>'],
      ['400', 'Contact: <sip:a@[::ffff:10.0.0.1]>'],
      ['400', 'Contact: <sip:a@10.0.0.1:0>'],
      ['420', 'Require: gruu, magic'],
      ['421', 'Path: <sip:edge;lr>'],
      ['423', 'Contact: <sip:a@b>;expires=59'],
      [
        '400',
        'Supported: outbound',
        'Contact: <sip:a@b>;+sip.instance="<urn:1>";reg-id=1, <sip:c@b>;+sip.instance="<urn:1>";reg-id=2',
      ],
    ] as const)
      equal(String((await new Phone(registrar).register(...headers)).status), status, headers.join(' '))
    equal((await new Phone(registrar).register('Contact: <sip:a@b>', 'Expires: 1')).headers.get('Min-Expires'), '60')
    equal((await new Phone(registrar).register('Require: gruu, magic')).headers.get('Unsupported'), 'magic')
  })

  it('takes a malformed or huge lifetime as far as it may', async () => {
    const { registrar } = system()
    const response = await new Phone(registrar).register(
      'Contact: <sip:a@b>;expires=x, <sip:c@b>;expires=99999999999999',
    )
    deepEqual(
      response.contacts.map((contact) => contact.parameters.get('expires')),
      ['3600', '3600'],
    )
  })

  it('lets bindings expire by themselves and forgets their timers', async () => {
    const { registrar, bindings, clock, told } = system()
    await new Phone(registrar).register('Contact: <sip:a@b>;expires=60, <sip:c@b>;expires=120')
    equal(clock.timers, 1)
    await clock.advance(60)
    deepEqual(
      bindings.bindings.map((binding) => binding.contact),
      ['sip:c@b'],
    )
    await clock.advance(60)
    deepEqual(bindings.bindings, [])
    equal(clock.timers, 0)
    deepEqual(told(), ['registrar.bound', 'registrar.bound', 'registrar.unbound expired', 'registrar.unbound expired'])
  })

  it('bounds the bindings of a user: the oldest of the same device goes', async () => {
    const { registrar, bindings } = system({ limits: { bindingsPerUser: 2 } })
    const phone = new Phone(registrar)
    for (const name of ['a', 'b', 'c']) await phone.register(`Contact: <sip:${name}@h>`)
    deepEqual(
      bindings.bindings.map((binding) => binding.contact),
      ['sip:b@h', 'sip:c@h'],
    )
    const desk = new Phone(registrar)
    desk.username = '201-desk'
    equal((await desk.register('Contact: <sip:d@h>')).status, 403)
  })

  it('compares no more contacts of one request than all old ones with as many new ones: thousands stood still for seconds', async () => {
    const { registrar, bindings } = system({ limits: { bindingsPerUser: 2 } })
    const phone = new Phone(registrar)
    await phone.register('Contact: <sip:a@h>, <sip:b@h>')
    const moved = 'Contact: <sip:a@h>;expires=0, <sip:b@h>;expires=0, <sip:c@h>, <sip:d@h>'
    equal((await phone.register(moved)).status, 200)
    const refused = await phone.register(`${moved}, <sip:c@h>`)
    deepEqual([refused.status, refused.reason], [403, 'Too many registered contacts'])
    deepEqual(
      bindings.bindings.map((binding) => binding.contact),
      ['sip:c@h', 'sip:d@h'],
    )
  })

  it('binds one flow an instance and reg-id, wherever it comes from (RFC 5626 §6)', async () => {
    const { registrar, bindings, told } = system()
    const contact = (host: string, regId = 1) =>
      `Contact: <sip:x@${host};transport=ws>;+sip.instance="<urn:uuid:1>";reg-id=${regId}`
    const first = new Phone(registrar, flow('wss'))
    const response = await first.register(contact('one.invalid'), 'Supported: path, outbound')
    equal(response.headers.get('Flow-Timer'), '120')
    equal(response.headers.lists('Require', 'outbound'), true)
    equal(response.contacts[0]!.parameters.get('reg-id'), '1')
    const again = new Phone(registrar, flow('wss'))
    await again.register(contact('two.invalid'), 'Supported: outbound')
    deepEqual(
      bindings.bindings.map((binding) => [binding.contact, binding.flow.id]),
      [['sip:x@two.invalid;transport=ws', again.flow.id]],
    )
    await again.register(contact('two.invalid', 2), 'Supported: outbound')
    equal(bindings.bindings.length, 2)
    await registrar.flowGone(first.flow.id)
    equal(bindings.bindings.length, 2)
    await registrar.flowGone(again.flow.id)
    equal(bindings.bindings.length, 0)
    deepEqual(told().slice(-1), ['registrar.unbound flow-closed'])
  })

  it('does not keep a binding whose flow closed while it was stored', async () => {
    const { registrar, bindings, told } = system()
    const closing = { ...flow('tls'), isOpen: true }
    const phone = new Phone(registrar, closing)
    const answer = phone.answer(await phone.send(phone.request([])))
    closing.isOpen = false
    await registrar.flowGone(closing.id)
    equal((await phone.send(phone.request(['Contact: <sip:a@h>', answer]))).status, 200)
    await settled()
    deepEqual(bindings.bindings, [])
    deepEqual(told(), ['registrar.bound', 'registrar.unbound flow-closed'])
  })

  it('takes no flow of a phone that leaves its instance empty for that of another such phone', async () => {
    const { registrar, bindings } = system()
    const desk = new Phone(registrar)
    desk.username = '201-desk'
    for (const [phone, name] of [
      [new Phone(registrar), 'a'],
      [desk, 'b'],
    ] as const)
      await phone.register('Supported: outbound, path', `Contact: <sip:${name}@h>;+sip.instance="<>";reg-id=1`)
    deepEqual(
      bindings.bindings.map((binding) => binding.contact),
      ['sip:a@h', 'sip:b@h'],
    )
  })

  it('does not keep a binding of a device that was taken away while it was stored', async () => {
    let isThere = true
    const fading = {
      ...directory,
      deviceByUsername: (name: string, username: string) =>
        isThere ? directory.deviceByUsername(name, username) : undefined,
    }
    const { registrar, bindings } = system({ directory: fading })
    const phone = new Phone(registrar)
    let release = (): void => {}
    bindings.hold = new Promise((resolve) => (release = resolve))
    const first = await phone.send(phone.request(['Contact: <sip:a@h>']))
    const request = phone.request(['Contact: <sip:a@h>', phone.answer(first)])
    registrar.onRequest({ request, flow: phone.flow, respond: () => {} })
    isThere = false
    await registrar.unbind('u201' as UserId, 'd201' as DeviceId)
    release()
    for (let i = 0; i < 5; i++) await settled()
    deepEqual(bindings.bindings, [])
  })

  it('keeps a page’s binding when the name of another page of the same person ends while it is stored', async () => {
    const names = new Set(['web-a', 'web-b'])
    const page = device('web', '201')
    const browserPhones = {
      issue: () => assert.fail(),
      deviceFor: (name: string, username: string) =>
        name === domain.name && names.has(username) ? { ...page, secrets: device(username, '201').secrets } : undefined,
    }
    const { registrar, bindings } = system({ browserPhones })
    const [first, second] = [new Phone(registrar), new Phone(registrar)]
    first.username = 'web-a'
    second.username = 'web-b'
    equal((await first.register('Contact: <sip:a@h>')).status, 200)
    let release = (): void => {}
    bindings.hold = new Promise((resolve) => (release = resolve))
    const challenge = await second.send(second.request(['Contact: <sip:b@h>']))
    const request = second.request(['Contact: <sip:b@h>', second.answer(challenge)])
    registrar.onRequest({ request, flow: second.flow, respond: () => {} })
    names.delete('web-b')
    release()
    for (let i = 0; i < 5; i++) await settled()
    deepEqual(
      bindings.bindings.map(({ contact }) => contact),
      ['sip:a@h'],
    )
  })

  it('refuses outbound where the first hop does not keep the flow (RFC 5626 §6, 439)', async () => {
    const { registrar, bindings } = system()
    const headers = [
      'Supported: path, outbound',
      'Via: SIP/2.0/UDP phone;branch=z9hG4bKa',
      'Contact: <sip:a@b>;+sip.instance="<urn:1>";reg-id=1',
    ]
    equal((await new Phone(registrar).register(...headers)).status, 439)
    const response = await new Phone(registrar, flow('tcp')).register(
      ...headers,
      'Path: <sip:edge2;lr>, <sip:edge1;lr;ob>',
    )
    equal(response.status, 200)
    deepEqual(response.headers.getAll('Path'), ['<sip:edge2;lr>', '<sip:edge1;lr;ob>'])
    const [binding] = bindings.bindings
    deepEqual(binding!.path, ['<sip:edge2;lr>', '<sip:edge1;lr;ob>'])
    await registrar.flowGone(binding!.flow.id)
    equal(bindings.bindings.length, 1, 'the edge keeps the flow to the phone')
  })

  it('forgets what a phone had bound before it started anew', async () => {
    const { registrar, bindings, told } = system()
    await new Phone(registrar).register('Contact: <sip:a@10.0.0.1:1000>;+sip.instance="<urn:1>"')
    await new Phone(registrar).register('Contact: <sip:a@10.0.0.1:2000>;+sip.instance="<urn:1>"')
    deepEqual(
      bindings.bindings.map((binding) => binding.contact),
      ['sip:a@10.0.0.1:2000'],
    )
    deepEqual(told(), ['registrar.bound', 'registrar.unbound replaced', 'registrar.bound'])
  })

  it('gives a phone its globally routable addresses (RFC 5627)', async () => {
    const { registrar, clock } = system()
    const phone = new Phone(registrar)
    const contact = 'Contact: <sip:a@10.0.0.1>;+sip.instance="<urn:uuid:1>"'
    const [one, two] = [
      await phone.register(contact, 'Supported: gruu'),
      await phone.register(contact, 'Supported: gruu'),
    ]
    const gruu = (response: SipResponse, kind: string) => parseUri(response.contacts[0]!.parameters.get(kind)!)!
    equal(gruu(one, 'pub-gruu').toString(), 'sip:201@demo.test;gr=urn:uuid:1')
    const reached = (uri: ReturnType<typeof gruu>) => registrar.bindingsOfGruu(uri)?.map((binding) => binding.contact)
    for (const uri of [gruu(one, 'pub-gruu'), gruu(one, 'temp-gruu'), gruu(two, 'temp-gruu')])
      deepEqual(reached(uri), ['sip:a@10.0.0.1'])
    assert.notEqual(gruu(one, 'temp-gruu').user, gruu(two, 'temp-gruu').user)
    equal(reached(parseUri('sip:201@demo.test')!), undefined)
    await clock.advance(3600)
    equal(reached(gruu(two, 'temp-gruu')), undefined)
    deepEqual(reached(gruu(two, 'pub-gruu')), [])
  })

  it('screens strangers without keeping anything, and lets others through', async () => {
    const { registrar } = system()
    const phone = new Phone(registrar)
    const invite = phone.request([], 'INVITE')
    const challenged = screened(registrar, invite, phone.flow)
    equal(challenged.status, 407)
    equal(challenged.headers.getAll('Proxy-Authenticate').length, 2)
    equal(invite.to.tag, undefined)
    deepEqual(registrar.authenticate(invite, phone.flow).ok, false)
    const again = phone.request([phone.answer(challenged, 'INVITE')], 'INVITE')
    equal(registrar.screen(again, phone.flow, 600), undefined)
    const authentication = registrar.authenticate(again, phone.flow)
    assert.ok(authentication.ok)
    deepEqual(
      [authentication.device.id, authentication.user.name, authentication.domain.name],
      ['d201', '201', 'demo.test'],
    )
    equal(registrar.authenticate(again, phone.flow).ok, false, 'a nonce count is good once')
    equal(registrar.screen(invite, flow('udp', '10.9.9.9'), 600), undefined)
    equal(registrar.screen(phone.request([], 'OPTIONS'), phone.flow, 600), undefined)
    equal(screened(registrar, phone.request([]), phone.flow).status, 401)
  })

  it('starts with the bindings of the last run; those over connections are known for two minutes more', async () => {
    const before = system()
    await new Phone(before.registrar).register('Contact: <sip:a@h>;expires=600')
    await new Phone(before.registrar, flow('tls')).register('Contact: <sip:b@h>')
    const after = system({ bindings: before.bindings })
    const contacts = () => before.bindings.bindings.map((binding) => binding.contact)
    await after.registrar.start()
    equal(before.bindings.writes, 2, 'nothing is written at start')
    deepEqual(contacts(), ['sip:a@h', 'sip:b@h'])
    await after.clock.advance(119)
    deepEqual(contacts(), ['sip:a@h', 'sip:b@h'])
    await after.clock.advance(1)
    deepEqual(contacts(), ['sip:a@h'])
    await after.clock.advance(480)
    deepEqual(contacts(), [])
    deepEqual(after.told(), ['registrar.unbound restarted', 'registrar.unbound expired'])
  })

  it('spreads when phones come again that all lost their connection in a restart', async () => {
    const before = system()
    await new Phone(before.registrar, flow('tls')).register('Contact: <sip:b@h>')
    await new Phone(before.registrar).register('Contact: <sip:a@h>')
    const after = system({ bindings: before.bindings })
    const granted = async (protocol: 'tls' | 'udp') => {
      const { headers } = await new Phone(after.registrar, flow(protocol)).register('Contact: <sip:b@h>;expires=3600')
      return Number(/sip:b@h>;expires=(\d+)/.exec(headers.getAll('Contact').join())?.[1])
    }
    await after.registrar.start()
    const lifetimes = new Set<number>()
    for (let i = 0; i < 20; i++) lifetimes.add(await granted('tls'))
    ok(Math.min(...lifetimes) >= 1800 && Math.max(...lifetimes) <= 3600, [...lifetimes].join())
    ok(lifetimes.size > 10, [...lifetimes].join())
    equal(await granted('udp'), 3600, 'phones on UDP never noticed')
    await after.clock.advance(120)
    equal(await granted('tls'), 3600)
  })

  it('gives phones time to refresh that could not while nobody was there, spread over minutes', async () => {
    const before = system()
    for (let i = 0; i < 10; i++) await new Phone(before.registrar).register(`Contact: <sip:a@h${i}>;expires=60`)
    const after = system({ bindings: before.bindings })
    await after.clock.advance(600)
    await after.registrar.start()
    equal(before.bindings.bindings.length, 10)
    await after.clock.advance(60)
    equal(before.bindings.bindings.length, 10)
    await after.clock.advance(120)
    ok(before.bindings.bindings.length > 0 && before.bindings.bindings.length < 10)
    await after.clock.advance(120)
    equal(before.bindings.bindings.length, 0)
  })

  it('keeps what is bound for as long as it was granted, whatever the wall clock is set to', async () => {
    for (const byMs of [86_400_000, -3_600_000, 31_536_000_000]) {
      const { registrar, bindings, clock } = system()
      const phone = new Phone(registrar)
      await phone.register('Contact: <sip:a@h>;expires=600')
      await clock.advance(100)
      clock.setMs += byMs
      registrar.clockJumped(byMs)
      await clock.advance(100)
      const again = await phone.register()
      ok(/<sip:a@h>;expires=400/.test(again.headers.get('Contact') ?? ''), again.headers.get('Contact'))
      await clock.advance(399)
      equal(bindings.bindings.length, 1)
      await clock.advance(1)
      equal(bindings.bindings.length, 0)
      equal(clock.timers, 0)
    }
  })

  it('believes no end farther ahead than a registration may last: the clock was put back while nobody was there', async () => {
    const before = system()
    await new Phone(before.registrar).register('Contact: <sip:a@h>;expires=3600')
    const after = system({ bindings: before.bindings })
    after.clock.setMs -= 86_400_000
    await after.registrar.start()
    await after.clock.advance(3600)
    equal(before.bindings.bindings.length, 0)
  })

  it('unbinds a device on command and refuses all when closed', async () => {
    const { registrar, bindings, clock } = system()
    const phone = new Phone(registrar)
    await phone.register('Contact: <sip:a@h>')
    await registrar.unbind('u201' as UserId, 'd201-desk' as DeviceId)
    equal(bindings.bindings.length, 1)
    await registrar.unbind('u201' as UserId)
    equal(bindings.bindings.length, 0)
    registrar.close()
    equal(clock.timers, 0)
    equal((await phone.register('Contact: <sip:a@h>')).status, 503)
  })

  it('does not keep Contact header fields, which would be sent along with calls', async () => {
    const { registrar, bindings } = system()
    await new Phone(registrar).register('Contact: <sip:a@h?Route=%3Csip:evil%3E>')
    equal(bindings.bindings[0]!.contact, 'sip:a@h')
    equal(parseNameAddress(`<${bindings.bindings[0]!.contact}>`)?.uri.headers.size, 0)
  })

  it('keeps store, timers and ledger in step whatever comes', async () => {
    const act = fc.record({
      phone: fc.nat(3),
      contact: fc.constantFrom(
        '*',
        '<sip:a@h>',
        '<sip:b@h>',
        '<sip:a@h>, <sip:b@h>;expires=0',
        '<sip:c@h>;+sip.instance="<urn:1>";reg-id=1',
      ),
      expires: fc.constantFrom(0, 60, 600, 7200),
      after: fc.constantFrom('nothing', 'wait', 'close', 'new call'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { registrar, bindings, clock, told } = system({
          limits: { bindingsPerUser: 3 },
          nonceLifetimeSeconds: 100_000,
        })
        const phones = (['udp', 'tcp', 'wss', 'udp'] as const).map((protocol) => new Phone(registrar, flow(protocol)))
        phones[3]!.username = '201-desk'
        for (const { phone, contact, expires, after } of acts) {
          const one = phones[phone]!
          await one.register(`Contact: ${contact}`, `Expires: ${expires}`, 'Supported: outbound')
          if (after === 'wait') await clock.advance(100)
          if (after === 'close') await registrar.flowGone(one.flow.id)
          if (after === 'new call') one.callId += 'x'
          await settled()
          const events = told()
          const count = (kind: string) => events.filter((event) => event.startsWith(kind)).length
          equal(count('registrar.bound') - count('registrar.unbound'), bindings.bindings.length)
          assert.ok(bindings.bindings.length <= 3)
          assert.ok(bindings.bindings.every((binding) => binding.expiresAtMs > clock.now()))
          equal(clock.timers, bindings.bindings.length === 0 ? 0 : 1)
        }
        await clock.advance(7200)
        deepEqual([bindings.bindings, clock.timers], [[], 0])
      }),
      { numRuns: 60, seed: 3261 },
    )
  })
})

describe('a phone that is somebody else’s for a while', () => {
  it('keeps its address, and is bound for who sits there, also when it registers anew', async () => {
    let sitting: User | undefined
    const { registrar, bindings } = system({ personAt: (id) => (id === 'd201' ? sitting : undefined) })
    const phone = new Phone(registrar)
    await phone.register('Contact: <sip:201@10.0.0.1>')
    const desk = new Phone(registrar)
    desk.username = '201-desk'
    await desk.register('Contact: <sip:desk@10.0.0.3>')
    const whose = () => bindings.bindings.map(({ deviceId, userId }) => [deviceId, userId])
    sitting = users[1]
    await registrar.reseat('d201' as DeviceId)
    deepEqual(whose(), [
      ['d201', 'u202'],
      ['d201-desk', 'u201'],
    ])
    await phone.register('Contact: <sip:201@10.0.0.1>')
    equal(bindings.bindings.find(({ deviceId }) => deviceId === 'd201')?.userId, 'u202')
    equal(
      bindings.bindings.every(({ addressOfRecord }) => addressOfRecord === aor),
      true,
    )
    sitting = undefined
    await registrar.reseat('d201' as DeviceId)
    equal(
      bindings.bindings.every(({ userId }) => userId === 'u201'),
      true,
    )
    await registrar.reseat('nobody' as DeviceId)
  })
})
