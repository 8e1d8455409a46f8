import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, type FlowId, silentLogger, type UserId } from '@vaxel/base'
import type { Binding, BindingStore, Company, Device, Directory, User, VisitorLogin } from '@vaxel/core/ports'
import { answerChallenge, chooseChallenge, type Flow, makeHa1, parseMessage, type SipRequest } from '@vaxel/sip'
import { Registrar } from './feature.ts'

const domain = { name: 'demo.test', companyId: 'c1' as CompanyId }
const user = { id: 'u201' as UserId, companyId: domain.companyId, name: '201', domain: domain.name } as User
const deviceOf = (username: string): Device =>
  ({
    id: `d${username}`,
    userId: user.id,
    sipUsername: username,
    secrets: [{ algorithm: 'MD5', realm: domain.name, ha1: makeHa1('MD5', username, domain.name, 'secret') }],
  }) as unknown as Device

let count = 0
const flowFrom = (address: string, client?: Flow['client']): Flow => ({
  id: `f${++count}` as FlowId,
  protocol: client ? 'wss' : 'udp',
  isOpen: true,
  local: { address: '203.0.113.1', port: 5060 },
  remote: { address, port: 5060 },
  ...(client ? { client } : {}),
})

function system(allowedNetworks?: readonly string[]) {
  const company: { allowedNetworks?: readonly string[] } = allowedNetworks ? { allowedNetworks } : {}
  const device = deviceOf('201')
  let bound: readonly Binding[] = []
  const bindings: BindingStore = {
    ofUser: () => bound,
    ofAddress: () => bound,
    all: () => bound,
    amend: () => {},
    replace: async (_, now) => void (bound = now),
  }
  const logged: string[] = []
  const registrar = new Registrar({
    clock: { now: () => 1_000_000, monotonicMs: () => 1_000_000, startTimer: () => ({ stop() {} }) },
    log: { ...silentLogger, warn: (what) => void logged.push(what) },
    directory: {
      company: () => company as Company,
      user: () => user,
      device: () => device,
      deviceByUsername: (_: string, username: string) => (username === '201' ? device : undefined),
      trunkByAddress: () => undefined,
    } as unknown as Directory,
    visitors: {
      find: (_: string, username: string) =>
        username === 'visitor'
          ? ({ device: deviceOf('visitor'), user, mayCall: '700' } as unknown as VisitorLogin)
          : undefined,
    },
    bindings,
    ledger: { append: async () => 1 },
    resolveDomain: (host) => (host === domain.name ? domain : undefined),
  })
  const ask = (method: string, username: string, ...headers: string[]): SipRequest => {
    const lines = [
      `${method} sip:demo.test SIP/2.0`,
      `Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK${++count}`,
      `From: <sip:${username}@demo.test>;tag=a${count}`,
      `To: <sip:${username}@demo.test>`,
      `Call-ID: ${count}`,
      `CSeq: 1 ${method}`,
      'Contact: <sip:201@192.0.2.1:5060>;expires=600',
      ...headers,
    ]
    const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
    assert.ok(parsed.ok && parsed.message.kind === 'request')
    return parsed.message
  }
  const [asks, answers] = [
    { REGISTER: 'WWW-Authenticate', INVITE: 'Proxy-Authenticate' },
    { REGISTER: 'Authorization', INVITE: 'Proxy-Authorization' },
  ] as const
  const answered = (flow: Flow, method: keyof typeof asks, username: string, password: string): SipRequest => {
    const challenge = registrar.authenticate(ask(method, username), flow)
    assert.ok(!challenge.ok && challenge.response.status < 408)
    const chosen = chooseChallenge(challenge.response.headers.getAll(asks[method]))!
    const answer = answerChallenge(chosen, { method, uri: 'sip:demo.test' }, { username, password })
    return ask(method, username, `${answers[method]}: ${answer}`)
  }
  /** What somebody gets who answers the challenge. */
  const come = (flow: Flow, method: keyof typeof asks, username = '201', password = 'secret') => {
    const who = registrar.authenticate(answered(flow, method, username, password), flow)
    return who.ok ? 'known' : `${who.response.status} ${who.response.reason}`
  }
  const register = async (flow: Flow): Promise<void> => {
    const request = answered(flow, 'REGISTER', '201', 'secret')
    await new Promise<void>((resolve) => registrar.onRequest({ request, flow, respond: () => resolve() }))
  }
  return { registrar, company, come, register, logged, bound: () => bound }
}

describe('devices of a company that allows some networks', () => {
  it('are let in from there and nowhere else', () => {
    const { come } = system(['192.0.2.0/24', '2001:db8::/32'])
    for (const method of ['REGISTER', 'INVITE'] as const) {
      assert.equal(come(flowFrom('192.0.2.7'), method), 'known')
      assert.equal(come(flowFrom('2001:db8::7'), method), 'known')
      assert.equal(come(flowFrom('198.51.100.7'), method), '403 Not from outside the networks of the company')
    }
    assert.equal(system().come(flowFrom('198.51.100.7'), 'REGISTER'), 'known')
  })

  it('are told no more elsewhere than anybody: neither who exists nor whether a password is right', () => {
    const { come } = system(['192.0.2.0/24'])
    const outside = flowFrom('198.51.100.7')
    const told = new Set([
      come(outside, 'REGISTER'),
      come(outside, 'REGISTER', '201', 'wrong'),
      come(outside, 'REGISTER', 'nobody', 'wrong'),
    ])
    assert.equal(told.size, 1)
  })

  it('are told of in the log once a minute, not for each request', () => {
    const { come, logged } = system(['192.0.2.0/24'])
    for (let i = 0; i < 5; i++) come(flowFrom('198.51.100.7'), 'REGISTER')
    assert.deepEqual(logged, ['outside the allowed networks'])
  })

  it('come by a proxy of the web from where their browsers are', () => {
    const { come } = system(['192.0.2.0/24'])
    const proxy = '10.0.0.1'
    assert.equal(come(flowFrom(proxy, { address: '192.0.2.7' }), 'REGISTER'), 'known')
    assert.match(come(flowFrom('192.0.2.1', { address: '198.51.100.7' }), 'REGISTER'), /^403/)
    assert.equal(come(flowFrom('127.0.0.1', { address: '127.0.0.1', isThisMachine: true }), 'REGISTER'), 'known')
    assert.match(come(flowFrom('127.0.0.1'), 'REGISTER'), /^403/)
  })

  it("do not keep a website's visitors out, who may call and nothing else", () => {
    const { come } = system(['192.0.2.0/24'])
    assert.equal(come(flowFrom('198.51.100.7'), 'INVITE', 'visitor'), 'known')
    assert.match(come(flowFrom('198.51.100.7'), 'INVITE', 'visitor', 'wrong'), /^407/)
    assert.match(come(flowFrom('198.51.100.7'), 'REGISTER', 'visitor'), /^403/)
  })

  it('lose what they have bound from elsewhere when the networks are set, and keep what they have bound from there', async () => {
    const { registrar, company, register, bound } = system()
    await register(flowFrom('192.0.2.7'))
    company.allowedNetworks = ['192.0.2.0/24']
    await registrar.unbindOutside(domain.companyId)
    assert.equal(bound().length, 1)
    await registrar.unbindOutside('another' as CompanyId)
    company.allowedNetworks = ['198.51.100.0/24']
    await registrar.unbindOutside('another' as CompanyId)
    assert.equal(bound().length, 1)
    await registrar.unbindOutside(domain.companyId)
    assert.equal(bound().length, 0)
  })
})
