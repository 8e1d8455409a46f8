import assert, { deepEqual, equal } from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, it } from 'node:test'
import { type CompanyId, type DeviceId, type FlowId, silentLogger, type UserId } from '@vaxel/base'
import type { Device, Directory, LedgerEvent, User } from '@vaxel/core/ports'
import {
  answerChallenge,
  chooseChallenge,
  type Flow,
  makeHa1,
  parseMessage,
  serialize,
  type SipRequest,
  type SipResponse,
  writeWithin,
} from '@vaxel/sip'
import { Registrar, type RegistrarOptions } from './feature.ts'

const domain = { name: 'demo.test', companyId: 'c1' as CompanyId }
const user = { id: 'u201' as UserId, companyId: domain.companyId, name: '201' } as User
const device = {
  id: 'd201' as DeviceId,
  userId: user.id,
  sipUsername: '201',
  secrets: (['SHA-256', 'MD5'] as const).map((algorithm) => ({
    algorithm,
    realm: domain.name,
    ha1: makeHa1(algorithm, '201', domain.name, 'secret'),
  })),
} as unknown as Device
const directory = {
  user: () => user,
  deviceByUsername: (_: string, username: string) => (username === '201' ? device : undefined),
  company: () => undefined,
  trunkByAddress: (address: string) => (address === '10.9.9.9' ? {} : undefined),
} as unknown as Directory

let count = 0
const flowFrom = (address: string, protocol: Flow['protocol'] = 'udp'): Flow => ({
  id: `f${++count}` as FlowId,
  protocol,
  isOpen: true,
  local: { address: '10.0.0.9', port: 5060 },
  remote: { address, port: 5060 },
})

const phoneHeaders = [
  'Max-Forwards: 70',
  'Contact: <sip:201@192.0.2.1:5060;ob>;expires=600;+sip.instance="<urn:uuid:0b6e6b0e-6c6f-4a63-9a86-6d1b5f1e9f11>"',
  'User-Agent: Phone 5.1',
  'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, NOTIFY, REFER, MESSAGE, INFO',
  'Supported: replaces, outbound, path',
]

/** One request, and its size as it came. */
function ask(
  method: string,
  username: string,
  headers: readonly string[] = phoneHeaders,
  host: string = domain.name,
  toTag = '',
) {
  const text = [
    `${method} sip:${host} SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK${1_000_000 + ++count}`,
    `From: <sip:${username}@${host}>;tag=a${1_000_000 + count}`,
    `To: <sip:${username}@${host}>${toTag}`,
    `Call-ID: ${1_000_000 + count}`,
    `CSeq: 1 ${method}`,
    ...headers,
  ]
  const bytes = Buffer.from(`${text.join('\r\n')}\r\n\r\n`)
  const parsed = parseMessage(bytes)
  assert.ok(parsed.ok && parsed.message.kind === 'request')
  return { request: parsed.message, sizeBytes: bytes.length }
}

function system(options: Partial<RegistrarOptions> = {}) {
  let nowMs = 1_000_000
  const events: LedgerEvent[] = []
  const registrar = new Registrar({
    clock: { now: () => nowMs, monotonicMs: () => nowMs, startTimer: () => ({ stop() {} }) },
    log: silentLogger,
    directory,
    bindings: { ofUser: () => [], ofAddress: () => [], all: () => [], amend: () => {}, replace: async () => {} },
    ledger: { append: async (entry) => events.push(...entry.events) },
    resolveDomain: (host) => (host === domain.name ? domain : undefined),
    ...options,
  })
  /** As the stack does it: admitted, screened, then authenticated. `silence` for no answer. */
  const send = (flow: Flow, { request, sizeBytes }: { request: SipRequest; sizeBytes: number }) => {
    if (!registrar.admits(request, flow)) return 'silence'
    const screened = registrar.screen(request, flow, sizeBytes)
    if (screened === 'drop') return 'silence'
    if (screened !== undefined) return screened
    const who = registrar.authenticate(request, flow)
    return who.ok ? 'known' : who.response
  }
  /** A whole attempt. @returns each answer in turn */
  const attempt = (flow: Flow, username: string, password: string, change = (header: string) => header) => {
    const challenge = send(flow, ask('REGISTER', username))
    if (typeof challenge === 'string') return [challenge]
    const chosen = chooseChallenge(challenge.headers.getAll('WWW-Authenticate'))!
    const answer = answerChallenge(chosen, { method: 'REGISTER', uri: 'sip:demo.test' }, { username, password })
    return [challenge, send(flow, ask('REGISTER', username, [...phoneHeaders, `Authorization: ${change(answer)}`]))]
  }
  return { registrar, events, send, attempt, wait: (ms: number) => void (nowMs += ms) }
}

/** What a listener sees of an answer, without what is random in every one. */
const seen = (answer: SipResponse | string): string =>
  typeof answer === 'string'
    ? answer
    : Buffer.from(serialize(answer))
        .toString()
        .replace(/nonce="[^"]{40}"/g, 'nonce')
        .replace(/z9hG4bK\d+|a?1\d{6}/g, 'id')
        .replace(/999|201/g, 'name')

/** Calls of node:crypto's hash functions during the task. */
function hashCalls(task: () => void): Record<string, number> {
  const calls: Record<string, number> = {}
  const originals = { createHash: crypto.createHash, createHmac: crypto.createHmac, hash: crypto.hash }
  for (const name of ['createHash', 'createHmac', 'hash'] as const) {
    const original = originals[name] as (...values: unknown[]) => unknown
    Object.assign(crypto, {
      [name]: (...values: unknown[]) => {
        const key = `${name} ${String(values[0])}`
        calls[key] = (calls[key] ?? 0) + 1
        return original(...values)
      },
    })
  }
  syncBuiltinESMExports()
  try {
    task()
  } finally {
    Object.assign(crypto, originals)
    syncBuiltinESMExports()
  }
  return calls
}

describe('a stranger', () => {
  it('cannot tell a user that exists from one that does not: the same bytes in as many steps for as many hashes', () => {
    const { attempt } = system()
    const looks = ['201', '999'].map((username, i) => {
      let answers: ReturnType<typeof attempt> = []
      const hashes = hashCalls(() => (answers = attempt(flowFrom(`192.0.2.${i}`), username, 'guess')))
      return { answers: answers.map(seen), sizes: answers.map((each) => seen(each).length), hashes }
    })
    equal(looks[0]!.answers.length, 2)
    assert.ok(Object.keys(looks[0]!.hashes).length > 0)
    deepEqual(looks[1], looks[0])
  })

  it('cannot tell them apart by when they are slowed and locked out either', () => {
    const course = (username: string) => {
      const { attempt, wait, events } = system()
      const answers = Array.from({ length: 300 }, (_, i) => {
        wait(250)
        return attempt(flowFrom(i < 150 ? '192.0.2.1' : `198.51.100.${i}`), username, 'guess').map(seen)
      })
      return { answers, events: events.map(({ kind, data }) => [kind, data.reason, data.count]) }
    }
    deepEqual(course('999'), course('201'))
  })

  it('cannot lock out an address that is not its own, nor guess by nonces of its own making', () => {
    const { attempt, events, wait } = system()
    const foreign = (header: string) => header.replace(/nonce="..../, 'nonce="zzzz')
    for (let i = 0; i < 500; i++) {
      wait(100)
      const [, wrong] = attempt(flowFrom('192.0.2.1', 'tcp'), '201', 'guess', foreign)
      const [, right] = attempt(flowFrom('192.0.2.1', 'tcp'), '201', 'secret', foreign)
      equal(seen(wrong!), seen(right!))
    }
    deepEqual([events, attempt(flowFrom('192.0.2.1'), '201', 'secret')[1]], [[], 'known'])
  })

  it('who guesses is locked out in silence, which is told once, while the real phone goes on', () => {
    const { attempt, wait, events } = system()
    equal(attempt(flowFrom('10.0.0.7'), '201', 'secret')[1], 'known')
    let last: readonly (SipResponse | string)[] = []
    for (let i = 0; i < 1000; i++) {
      wait(100)
      last = attempt(flowFrom('192.0.2.1'), '201', `guess ${i}`)
    }
    deepEqual(last, ['silence'])
    deepEqual(
      events.map(({ kind, companyId, data }) => [
        kind,
        companyId,
        data.reason,
        data.address,
        data.username,
        data.count,
      ]),
      [['security.lockedOut', 'c1', 'address', '192.0.2.1', '201', 31]],
    )
    for (let i = 0; i < 3000; i++) {
      wait(50)
      attempt(flowFrom(`198.51.100.${i % 200}`), '201', `guess ${i}`)
    }
    deepEqual(events.map(({ data }) => data.reason).includes('account'), true)
    equal(attempt(flowFrom('203.0.113.5'), '201', 'secret')[1], 'silence')
    equal(attempt(flowFrom('10.0.0.7'), '201', 'secret')[1], 'known')
  })

  it('that calls itself a scanner gets no answer at all', () => {
    const { send } = system()
    for (const method of ['REGISTER', 'OPTIONS', 'INVITE', 'SUBSCRIBE'])
      equal(send(flowFrom('192.0.2.1'), ask(method, '201', ['User-Agent: friendly-scanner'])), 'silence')
  })

  it('that floods gets silence beyond its rate before any hash is made; trunks and loopback do not', () => {
    const { send, wait } = system()
    const answered = (address: string) =>
      Array.from({ length: 1000 }, () => send(flowFrom(address), ask('REGISTER', '201'))).filter((a) => a !== 'silence')
        .length
    equal(answered('192.0.2.1'), 200)
    deepEqual(
      hashCalls(() => equal(answered('192.0.2.1'), 0)),
      {},
    )
    wait(1000)
    equal(answered('192.0.2.1'), 50)
    deepEqual([answered('127.0.0.1'), answered('::1'), answered('10.9.9.9')], [1000, 1000, 1000])
    equal(
      system({ abuseLimits: { loopbackLimited: 1 } }).send(flowFrom('127.0.0.1'), ask('REGISTER', '201')) !== 'silence',
      true,
    )
  })

  it('never gets more bytes over UDP than it sent, whatever it asks, and an ordinary phone is challenged', () => {
    const { send } = system()
    const ratio = (method: string, headers?: readonly string[], host?: string, tag = '') => {
      const asked = ask(method, '201', headers, host, tag)
      const answer = send(flowFrom(`198.51.${(count >> 8) & 255}.${count & 255}`), asked)
      if (typeof answer === 'string') return 0
      if (tag === '') answer.headers.set('To', `${answer.headers.get('To')};tag=s1234567`)
      return (writeWithin(answer, asked.sizeBytes)?.length ?? 0) / asked.sizeBytes
    }
    const foreign = `Authorization: Digest username="201", realm="demo.test", nonce="made up", uri="sip:demo.test", response="${'0'.repeat(32)}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"`
    for (const method of ['REGISTER', 'INVITE', 'SUBSCRIBE', 'MESSAGE', 'OPTIONS', 'PUBLISH', 'REFER'])
      for (let length = 0; length < 600; length += 7)
        for (const host of ['demo.test', 'elsewhere.test'])
          for (const more of [[], [foreign], [foreign.replace('Auth', 'Proxy-Auth')]])
            for (const tag of ['', ';tag=x']) {
              const headers = length === 0 ? more : [`Subject: ${'x'.repeat(length)}`, ...more]
              assert.ok(ratio(method, headers, host, tag) <= 1, `${method} ${length} ${host} ${tag}`)
            }
    for (const method of ['REGISTER', 'INVITE', 'OPTIONS']) assert.ok(ratio(method) > 0, method)
    deepEqual([ratio('REGISTER', []), ratio('INVITE', [])], [0, 0], 'the shortest get nothing')
  })

  it('is challenged in the compact form where only that is short enough', () => {
    const { send } = system()
    const sizes = [0, 20, 70, 80, 160, 260].map((length) => {
      const asked = ask('REGISTER', '201', [
        `Contact: <sip:201@192.0.2.1:5060>;expires=3600`,
        `Subject: ${'x'.repeat(length)}`,
      ])
      const answer = send(flowFrom('198.51.100.7'), asked)
      return typeof answer === 'string' ? 'silence' : answer.headers.getAll('WWW-Authenticate').length
    })
    deepEqual(sizes, ['silence', 'silence', 1, 1, 1, 2])
  })

  it('keeps no state by made-up credentials: the challenge to them is stateless too, and says that the nonce was not ours', () => {
    const { registrar } = system()
    const foreign = `Proxy-Authorization: Digest username="201", realm="demo.test", nonce="made up", uri="sip:demo.test", response="${'0'.repeat(32)}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"`
    const { request, sizeBytes } = ask('INVITE', '201', [...phoneHeaders, foreign])
    const answer = registrar.screen(request, flowFrom('192.0.2.1'), sizeBytes)
    assert.ok(answer !== undefined && answer !== 'drop')
    equal(answer.status, 407)
    assert.match(answer.headers.get('Proxy-Authenticate') ?? '', /stale=true/)
  })

  it('has proved nothing by a challenge or a wrong password; a right one proves whose the connection is', () => {
    const proved: Flow[] = []
    const { attempt } = system({ onProved: (flow) => proved.push(flow) })
    const flow = flowFrom('192.0.2.1', 'tcp')
    attempt(flow, '201', 'wrong')
    attempt(flow, 'nobody', 'secret')
    deepEqual(proved, [])
    equal(attempt(flow, '201', 'secret')[1], 'known')
    deepEqual(proved, [flow])
  })
})
