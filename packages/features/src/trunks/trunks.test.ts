import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FlowId, silentLogger, systemRandom } from '@vaxel/base'
import type { LedgerEvent, Trunk } from '@vaxel/core'
import { type Flow, makeResponse, type RequestOutcome, type SipStack, SipRequest } from '@vaxel/sip'
import { MemoryDirectory } from '@vaxel/testkit/calls/memory-directory'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { certificateWarnings } from './certificate-warnings.ts'
import { createTrunks } from './feature.ts'
import { trunkProfiles } from './profiles.ts'
import { trustKey, trustOf } from './tls-trust.ts'

type Asked = Parameters<SipStack['request']>[0]

const flowTo = (address: string, more: Partial<Flow> = {}): Flow => ({
  id: `udp ${address}` as FlowId,
  protocol: 'udp',
  local: { address: '10.0.0.100', port: 5060 },
  remote: { address, port: 5060 },
  isOpen: true,
  ...more,
})

/** Answers by next hop's host: a status with header fields, or silence. */
type Answer = { status: number; headers?: Record<string, string> } | 'silence'

function world(...trunks: Partial<Trunk>[]) {
  const clock = new VirtualClock()
  const directory = new MemoryDirectory()
  const company = directory.addCompany('acme')
  const made = trunks.map((trunk, i) => directory.addTrunk(company, `10.7.0.${i}`, { name: `t${i}`, ...trunk }))
  const asked: Asked[] = []
  const told: LedgerEvent[] = []
  const answers = new Map<string, Answer[]>()
  const feature = createTrunks({
    clock,
    log: silentLogger,
    random: systemRandom,
    directory,
    ledger: {
      append: async ({ events }) => {
        told.push(...events)
        return 1
      },
    },
    feed: { subscribe: () => () => {} },
    stack: {
      request: async (options): Promise<RequestOutcome> => {
        asked.push(options)
        const host = /^sip:\[?([^\]:;]+)/.exec(options.nextHop ?? options.uri)![1]!
        const list = answers.get(`${options.method} ${host}`) ?? answers.get(host) ?? [{ status: 200 }]
        const answer = list.length > 1 ? list.shift()! : list[0]!
        if (answer === 'silence') {
          await new Promise<void>((resolve) => void clock.startTimer(options.patienceMs ?? 32_000, resolve))
          return { kind: 'timeout' }
        }
        const request = new SipRequest(options.method, options.uri)
        for (const [name, value] of [
          ['Via', 'SIP/2.0/UDP 10.0.0.100;branch=z9hG4bK1'],
          ['From', `${options.from};tag=1`],
          ['To', options.to],
          ['Call-ID', '1'],
          ['CSeq', `1 ${options.method}`],
        ] as const)
          request.headers.append(name, value)
        const response = makeResponse(request, answer.status)
        for (const [name, value] of Object.entries(answer.headers ?? {})) response.headers.append(name, value)
        return { kind: 'response', response, flow: flowTo(host) }
      },
    },
  })
  const registers = () => asked.filter(({ method }) => method === 'REGISTER')
  return { clock, directory, company, trunks: made, feature, asked, told, answers, registers }
}

const account = {
  login: { username: 'acme', password: 'geheim' },
  registration: { domain: 'carrier.test', user: 'acme', expiresSeconds: 600 },
}
const two = [
  { host: '10.1.0.1', protocol: 'udp' as const },
  { host: '10.1.0.2', protocol: 'udp' as const },
]
const header = (asked: Asked, name: string) => asked.headers?.find(([one]) => one === name)?.[1]

describe('a trunk that registers', () => {
  it('asks at its first target with the account, and again before the end', async () => {
    const { clock, feature, registers, told } = world({ targets: two, health: { intervalSeconds: 0 }, ...account })
    feature.start()
    await clock.advanceAsync(10)
    const [first] = registers()
    assert.equal(first!.uri, 'sip:carrier.test')
    assert.equal(first!.from, '<sip:acme@carrier.test>')
    assert.equal(first!.nextHop, 'sip:10.1.0.1')
    assert.equal(header(first!, 'Expires'), '600')
    assert.match(first!.contact!.parameters!, /^;rinstance=[0-9a-z]{16}$/i)
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['trunk.registered'],
    )
    await clock.advanceAsync(560_000)
    const [, second] = registers()
    assert.equal(second!.callId, first!.callId)
    assert.ok(second!.cseq! > first!.cseq!)
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['trunk.registered'],
      'a refresh tells nothing',
    )
    await feature.close()
    assert.equal(header(registers().at(-1)!, 'Expires'), '0', 'it says good-bye')
  })

  it('asks for longer at 423 (§10.2.8)', async () => {
    const { clock, feature, registers, answers } = world({ targets: two, ...account })
    answers.set('REGISTER 10.1.0.1', [{ status: 423, headers: { 'Min-Expires': '1800' } }, { status: 200 }])
    feature.start()
    await clock.advanceAsync(10)
    assert.deepEqual(
      registers().map((asked) => header(asked, 'Expires')),
      ['600', '1800'],
    )
    await feature.close()
  })

  it('goes to the next target when the first is silent, and tells that the first is down', async () => {
    const { clock, feature, told, answers, trunks } = world({
      targets: two,
      health: { intervalSeconds: 0 },
      ...account,
    })
    answers.set('10.1.0.1', ['silence'])
    feature.start()
    await clock.advanceAsync(5_000)
    assert.equal(feature.desk.watch(trunks[0]!.id)?.registration?.registered?.target.host, '10.1.0.2')
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['trunk.targetFailed', 'trunk.registered'],
    )
    assert.equal(feature.ways.inOrder(trunks[0]!)[0]!.host, '10.1.0.2')
    await feature.close()
  })

  it('waits as Retry-After says, longer each time without, and tells once that it failed', async () => {
    const { clock, feature, registers, told, answers } = world({ targets: [two[0]!], ...account })
    answers.set('REGISTER 10.1.0.1', [{ status: 503, headers: { 'Retry-After': '120' } }, { status: 403 }])
    feature.start()
    await clock.advanceAsync(119_000)
    assert.equal(registers().length, 1)
    await clock.advanceAsync(2_000)
    assert.equal(registers().length, 2)
    await clock.advanceAsync(40_000)
    assert.ok(registers().length <= 5, 'a wrong password is not tried over and over')
    assert.deepEqual(
      told.filter(({ kind }) => kind.startsWith('trunk.')).map(({ kind }) => kind),
      ['trunk.unregistered'],
    )
    await feature.close()
  })

  it('sends calls through the routes that the registrar has given (RFC 3608)', async () => {
    const { clock, feature, answers, trunks } = world({
      targets: [two[0]!],
      health: { intervalSeconds: 0 },
      ...account,
    })
    answers.set('REGISTER 10.1.0.1', [{ status: 200, headers: { 'Service-Route': '<sip:edge.carrier.test;lr>' } }])
    feature.start()
    await clock.advanceAsync(10)
    assert.deepEqual(feature.ways.wayTo(trunks[0]!, two[0]!), {
      nextHop: 'sip:10.1.0.1',
      routes: ['<sip:edge.carrier.test;lr>'],
    })
    await feature.close()
  })

  it('registers at once when its connection closes', async () => {
    const { clock, feature, registers, trunks } = world({
      targets: [two[0]!],
      health: { intervalSeconds: 0 },
      ...account,
    })
    feature.start()
    await clock.advanceAsync(10)
    const { flow } = feature.desk.watch(trunks[0]!.id)!.registration!.registered!
    ;(flow as { protocol: string }).protocol = 'tls'
    feature.flowClosed(flow!)
    await clock.advanceAsync(1_000)
    assert.equal(registers().length, 2)
    await feature.close()
  })
})

describe('the targets of a trunk', () => {
  it('are asked by OPTIONS, told once when they go down and when they come back, and asked more often meanwhile', async () => {
    const { clock, feature, asked, told, answers, trunks } = world({ targets: two })
    feature.start()
    await clock.advanceAsync(2_000)
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['OPTIONS', 'OPTIONS'],
    )
    assert.deepEqual(told, [], 'that they are there is no news')
    answers.set('10.1.0.1', ['silence'])
    await clock.advanceAsync(70_000)
    assert.deepEqual(
      (told as LedgerEvent[]).map(({ kind, data }) => [kind, data.target]),
      [['trunk.targetFailed', 'udp:10.1.0.1']],
    )
    assert.equal(feature.ways.inOrder(trunks[0]!)[0]!.host, '10.1.0.2')
    answers.set('10.1.0.1', [{ status: 404 }])
    await clock.advanceAsync(15_000)
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['trunk.targetFailed', 'trunk.targetRecovered'],
    )
    assert.equal(feature.ways.inOrder(trunks[0]!)[0]!.host, '10.1.0.1')
    assert.deepEqual(feature.desk.counts(), { up: 2, down: 0, unknown: 0, registered: 0, unregistered: 0 })
    await feature.close()
  })

  it('a call that gets no answer shows it at once', async () => {
    const { clock, feature, told, trunks } = world({ targets: two, health: { intervalSeconds: 0 } })
    const [trunk] = trunks
    feature.start()
    await clock.advanceAsync(10)
    feature.ways.noteCall(trunk!, two[0]!, { kind: 'silent' })
    assert.equal(feature.ways.isDown(trunk!), false)
    feature.ways.noteCall(trunk!, two[1]!, { kind: 'silent' })
    assert.equal(feature.ways.isDown(trunk!), true)
    assert.equal(told.length, 2)
    await feature.close()
  })

  it('know us by our own name', async () => {
    const { clock, feature, asked } = world({ targets: [two[0]!], ownHost: 'sbc.acme.test' })
    feature.start()
    await clock.advanceAsync(2_000)
    assert.equal(asked[0]!.from, '<sip:sbc.acme.test>')
    assert.deepEqual(asked[0]!.contact, { host: 'sbc.acme.test' })
    await feature.close()
  })
})

describe('whose call comes in', () => {
  const invite = (uri: string, to = uri) => {
    const request = new SipRequest('INVITE', uri)
    request.headers.append('To', `<${to}>`)
    request.headers.append('From', '<sip:+46855512345@carrier.test>;tag=1')
    return request
  }

  it('is the registration’s that it comes by: its Contact, or where the registrar is', async () => {
    const { clock, feature, trunks } = world({ targets: [two[0]!], ...account })
    feature.start()
    await clock.advanceAsync(10)
    const { instance } = feature.desk.watch(trunks[0]!.id)!.registration!
    const { door } = feature
    assert.equal(door.trunkAt(invite(`sip:acme@10.0.0.100;rinstance=${instance}`), flowTo('10.9.9.9')), trunks[0])
    assert.equal(door.trunkAt(invite('sip:+46846500401@10.0.0.100'), flowTo('10.1.0.1')), trunks[0])
    assert.equal(door.trunkAt(invite('sip:acme@10.0.0.100;rinstance=guess'), flowTo('10.9.9.9')), undefined)
    await feature.close()
  })

  it('is the registration’s until the end that was granted, also while the registrar refuses to refresh it', async () => {
    const { clock, feature, trunks, answers, registers } = world({
      targets: [two[0]!],
      health: { intervalSeconds: 0 },
      ...account,
    })
    answers.set('REGISTER 10.1.0.1', [
      { status: 200, headers: { 'Service-Route': '<sip:edge.carrier.test;lr>' } },
      { status: 503, headers: { 'Retry-After': '600' } },
    ])
    feature.start()
    await clock.advanceAsync(550_000)
    const { state } = feature.desk.watch(trunks[0]!.id)!.registration!
    assert.equal(state.name, 'failed')
    const caller = () => feature.door.trunkAt(invite('sip:+46846500401@10.0.0.100'), flowTo('10.1.0.1'))
    assert.equal(caller(), trunks[0])
    assert.deepEqual(feature.ways.wayTo(trunks[0]!, two[0]!).routes, ['<sip:edge.carrier.test;lr>'])
    await clock.advanceAsync(51_000)
    assert.equal(caller(), undefined)
    const asked = registers().length
    await feature.close()
    assert.equal(registers().length, asked, 'there is nothing to say good-bye to')
  })

  it('at a carrier of two of us is told by the account that is called, and nobody’s where that says nothing', async () => {
    const { clock, feature, trunks } = world(
      { targets: [two[0]!], ...account },
      { targets: [two[0]!], login: account.login, registration: { domain: 'carrier.test', user: 'beta' } },
    )
    feature.start()
    await clock.advanceAsync(10)
    assert.equal(feature.door.trunkAt(invite('sip:beta@10.0.0.100'), flowTo('10.1.0.1')), trunks[1])
    assert.equal(feature.door.trunkAt(invite('sip:+49301234567@10.0.0.100'), flowTo('10.1.0.1')), undefined)
    await feature.close()
  })

  it('with a certificate is its trunk’s; of several companies’ the name that is called tells which', () => {
    const teams = { certificateNames: ['sip.pstnhub.microsoft.com'] }
    const { feature, trunks } = world({ ...teams, ownHost: 'sbc.one.test' }, { ...teams, ownHost: 'sbc.two.test' })
    const tls = (...peerNames: string[]) => flowTo('10.9.9.9', { protocol: 'tls', peerNames })
    const { door } = feature
    assert.equal(door.trunkAt(invite('sip:+4685@sbc.two.test:5061'), tls('sip.pstnhub.microsoft.com')), trunks[1])
    assert.equal(door.trunkAt(invite('sip:+4685@sbc.else.test'), tls('sip.pstnhub.microsoft.com')), undefined)
    assert.equal(door.trunkAt(invite('sip:+4685@sbc.two.test'), tls('*.pstnhub.microsoft.com')), undefined)
    assert.equal(door.trunkAt(invite('sip:+4685@sbc.two.test'), flowTo('10.9.9.9')), undefined)
  })
})

describe('whom TLS trusts for a trunk', () => {
  it('is told by a key that changes with the trust, and means nothing when the trunk has another', () => {
    const { directory, trunks } = world({ tls: { pins: ['a'.repeat(64)] } })
    const key = trustKey(trunks[0]!)!
    assert.deepEqual(trustOf(directory, key), trunks[0]!.tls)
    assert.equal(trustOf(directory, `${trunks[0]!.id}/0`), undefined)
    assert.equal(trustKey({ ...trunks[0]!, tls: {} }), undefined)
    assert.notEqual(trustKey({ ...trunks[0]!, tls: { pins: ['b'.repeat(64)] } }), key)
  })
})

describe('what a peer will not take about our certificate', () => {
  const [, , mediation, teams] = trunkProfiles
  const both = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']

  it('both uses, our name, no wildcard for a mediation server, no authority of our own for Teams', () => {
    const good = { names: ['sbc.acme.test'], uses: both, source: 'acme' as const }
    const asTeams = { ...teams!, profile: 'teams' as const, ownHost: 'sbc.acme.test' }
    const asMediation = { ...mediation!, profile: 'mediation' as const, ownHost: 'sbc.acme.test' }
    assert.deepEqual(certificateWarnings(asTeams, good), [])
    assert.deepEqual(certificateWarnings(asTeams, { ...good, names: ['*.acme.test'] }), [])
    assert.deepEqual(certificateWarnings(asMediation, { ...good, names: ['*.acme.test'] }), ['certificateWildcard'])
    assert.deepEqual(certificateWarnings(asTeams, { names: ['other.test'], uses: [], source: 'own' }), [
      'certificateWithoutClientUse',
      'certificateWithoutServerUse',
      'certificateNotForOwnHost',
      'certificateOwnAuthority',
    ])
    assert.deepEqual(certificateWarnings({ targets: two }, { names: [], source: 'own' }), [])
  })
})
