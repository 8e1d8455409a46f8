import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  algWords,
  type CheckName,
  type CheckResult,
  judge,
  natWords,
  type Outcome,
  pathWords,
  type Requirement,
  say,
  type Sentences,
} from '@vaxel/site'
import { inTime, SeededRandom, VirtualClock } from '@vaxel/testkit'
import { type Network, outside, type Passed, ports, probeIn, type Travelling } from './site-network.fixture.ts'

const inside = '192.168.1.10'
const words: Sentences<string> = { ...natWords, ...algWords, ...pathWords }
const checks: readonly CheckName[] = ['udp-media', 'stun', 'nat', 'sip-alg', 'dscp', 'path-mtu']

const requirements: readonly Requirement[] = checks.map((check) => ({
  id: check,
  title: check,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: `without ${check}`,
  responsible: 'customer',
  provenance: [],
  checks: [check],
  body: { kind: 'duty', what: check },
}))

async function probe(network: Network): Promise<readonly CheckResult[]> {
  const clock = new VirtualClock()
  const seeded = new SeededRandom(3)
  const random = (bytes: number): Uint8Array =>
    Uint8Array.from({ length: bytes }, () => Math.floor(seeded.next() * 256))
  return inTime(clock, probeIn(network, clock, random), 20, 120_000)
}

const dropIf =
  (isDropped: (datagram: Travelling) => boolean) =>
  (datagram: Travelling): Passed =>
    isDropped(datagram) ? 'lost' : datagram
const isRange = ({ port }: Travelling): boolean => port >= ports.first && port <= ports.last
const marks = (change: (dscp: number) => number) => ({
  pass: (datagram: Travelling): Passed =>
    datagram.isUp ? { ...datagram, tos: change(datagram.tos >> 2) << 2 } : datagram,
})
const gateway = (change: (text: string, isUp: boolean) => string) => ({
  pass: (datagram: Travelling): Passed =>
    datagram.text === undefined
      ? datagram
      : { ...datagram, bytes: Buffer.from(change(datagram.text, datagram.isUp), 'latin1') },
})
const up = (change: (text: string) => string) => gateway((text, isUp) => (isUp ? change(text) : text))
/** A line that carries so many bytes, and tells so or not. */
const narrow = (mtu: number, tells: boolean, isCut = true) => ({
  pass: (datagram: Travelling): Passed => {
    if (datagram.sizeBytes <= mtu || (!datagram.isWhole && isCut)) return datagram
    return tells && datagram.isUp ? { tooLarge: mtu } : 'lost'
  },
})
const mapped = (port: (socket: number, to: number) => { address: string; port: number }): Network => ({ mapped: port })

type Row = readonly [suffers: string, network: Network, check: CheckName, outcome: Outcome, finding: string]

const rows: readonly Row[] = [
  // Audio
  ['every call is silent: no UDP gets out', { pass: dropIf(({ isUp }) => isUp) }, 'udp-media', 'fail', 'udp-blocked'],
  [
    'people here are heard and hear nothing',
    { pass: dropIf((one) => !one.isUp && isRange(one)) },
    'udp-media',
    'fail',
    'udp-replies-lost',
  ],
  ['every call is silent, although STUN works', { pass: dropIf(isRange) }, 'udp-media', 'fail', 'udp-blocked'],
  [
    'one call in five is silent: the last port is closed',
    { pass: dropIf(({ port }) => port === ports.last) },
    'udp-media',
    'fail',
    'udp-some-blocked',
  ],
  [
    'the first calls of the day are silent: the range begins too late',
    { pass: dropIf(({ port }) => port === ports.first) },
    'udp-media',
    'fail',
    'udp-some-blocked',
  ],
  [
    'busy hours are silent: the upper half is closed',
    { pass: dropIf(({ port }) => port >= ports.middle) },
    'udp-media',
    'fail',
    'udp-some-blocked',
  ],
  [
    'some calls are silent, with no pattern: one port of the middle is closed',
    { pass: dropIf(({ port }) => port === 21_111) },
    'udp-media',
    'fail',
    'udp-some-blocked',
  ],
  [
    'some calls are one-way: answers of the upper half are dropped',
    { pass: dropIf((one) => !one.isUp && one.port >= ports.middle && isRange(one)) },
    'udp-media',
    'fail',
    'udp-some-replies-lost',
  ],
  [
    'audio stops after a moment: a device lets one packet through',
    { pass: dropIf((one) => isRange(one) && one.count > 1) },
    'udp-media',
    'fail',
    'udp-cut',
  ],
  [
    'audio is broken: every second packet is lost',
    { pass: dropIf((one) => isRange(one) && one.isUp && one.count > 1 && one.count % 2 === 0) },
    'udp-media',
    'limit',
    'udp-lossy',
  ],
  [
    'audio goes to a stranger: every port is sent on to one machine',
    { answersEverywhere: true },
    'udp-media',
    'inconclusive',
    'udp-closed-answers',
  ],
  [
    'nobody can work: the line is down',
    { pass: dropIf(() => true), isServerUp: false, tcp: 'closed', tls: 'closed' },
    'udp-media',
    'inconclusive',
    'udp-no-server',
  ],
  ['nobody knows whether calls work: the echo service is off', { hasEcho: false }, 'udp-media', 'fail', 'udp-blocked'],
  // STUN and NAT
  [
    'video from home does not start: STUN is closed',
    { pass: dropIf(({ port }) => port === ports.stun) },
    'stun',
    'fail',
    'stun-silent',
  ],
  [
    'nobody knows how this router behaves: STUN is closed',
    { pass: dropIf(({ port }) => port === ports.stun) },
    'nat',
    'not-tested',
    'nat-needs-stun',
  ],
  [
    'plain phones are not heard: calls leave by several addresses',
    mapped((socket, to) => ({ address: to === ports.stun ? outside : '203.0.113.11', port: 50_000 + socket })),
    'nat',
    'limit',
    'nat-several-addresses',
  ],
  [
    'plain phones are not heard: each socket has another address',
    mapped((socket) => ({ address: `203.0.113.${10 + (socket % 3)}`, port: 50_000 + socket })),
    'nat',
    'limit',
    'nat-several-addresses',
  ],
  [
    'desk phones miss calls: a silent way is closed after 15 s',
    { lifetimeSeconds: 15 },
    'nat',
    'limit',
    'nat-lifetime-short',
  ],
  [
    'desk phones miss calls: a silent way is closed at once',
    { lifetimeSeconds: 5 },
    'nat',
    'limit',
    'nat-lifetime-short',
  ],
  // Gateways
  [
    'calls without audio: a gateway rewrites the description',
    up((text) => text.replaceAll(`IP4 ${inside}`, `IP4 ${outside}`)),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'calls drop after 32 s: a gateway rewrites Contact',
    up((text) => text.replace(/^(Contact: <sip:site-check@)[^;>]*/m, '$1198.51.100.7:5060')),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'answers go astray: a gateway rewrites Via',
    up((text) => text.replace(/^(Via: SIP\/2.0\/UDP )[^;]*/m, `$1${outside}:1024`)),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'every call is refused: a gateway counts the length wrongly',
    up((text) => text.replace(/^Content-Length: \d+/m, 'Content-Length: 9')),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  ['calls are refused: a gateway cuts the body', up((text) => text.slice(0, -30)), 'sip-alg', 'fail', 'alg-changed'],
  [
    'another codec, another sound: a gateway takes codecs out',
    up((text) => text.replace('RTP/AVP 8 0 101', 'RTP/AVP 0')),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'calls loop: a proxy adds its own Record-Route',
    up((text) => text.replace('Max-Forwards', 'Record-Route: <sip:10.0.0.1;lr>\r\nMax-Forwards')),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'nobody can hang up: a gateway changes the Contact of answers',
    gateway((text, isUp) => (isUp ? text : text.replace(/^(Contact: .*@)[\d.]+/m, '$1192.168.1.1'))),
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'phones ring nobody: INVITE is swallowed',
    { pass: dropIf(({ text }) => text?.startsWith('INVITE') ?? false) },
    'sip-alg',
    'fail',
    'alg-swallowed',
  ],
  [
    'phones ring nobody: answers to INVITE are swallowed',
    { pass: dropIf(({ text }) => text?.startsWith('SIP/2.0 4') ?? false) },
    'sip-alg',
    'fail',
    'alg-swallowed',
  ],
  [
    'phones reach somebody else: a proxy answers itself',
    gateway((text, isUp) =>
      isUp ? text : text.replace(/^X-Vaxel-Mirror.*\r\n/m, '').replace(' 488 Not Acceptable Here', ' 404 Not Found'),
    ),
    'sip-alg',
    'fail',
    'alg-foreign-answer',
  ],
  [
    'calls over TCP without audio: a gateway looks into TCP as well',
    { tcp: (text, isUp) => (isUp ? text.replaceAll(inside, outside) : text) },
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  ['calls over TCP ring nobody: TCP is swallowed', { tcp: () => '' }, 'sip-alg', 'fail', 'alg-swallowed'],
  [
    'encrypted calls are read on the way: TLS is broken open',
    { tls: (text, isUp) => (isUp ? text.replaceAll(inside, outside) : text) },
    'sip-alg',
    'fail',
    'alg-changed',
  ],
  [
    'desk phones do not register: port 5060 is closed',
    { pass: dropIf(({ port }) => port === ports.sip), tcp: 'closed' },
    'sip-alg',
    'inconclusive',
    'alg-port-closed',
  ],
  [
    'nobody knows what routers do to SIP: the mirror is off',
    { hasMirror: false },
    'sip-alg',
    'inconclusive',
    'alg-no-mirror',
  ],
  // Marks
  ['audio waits behind downloads: marks are taken off', marks(() => 0), 'dscp', 'limit', 'dscp-bleached'],
  [
    'audio waits behind downloads: EF alone is taken off',
    marks((dscp) => (dscp === 46 ? 0 : dscp)),
    'dscp',
    'limit',
    'dscp-bleached',
  ],
  ['audio is served last: EF becomes CS1', marks((dscp) => (dscp === 46 ? 8 : dscp)), 'dscp', 'limit', 'dscp-changed'],
  ['downloads are served as audio is: everything becomes EF', marks(() => 46), 'dscp', 'limit', 'dscp-changed'],
  [
    'phones are silent, PCs are not: marked packets are dropped',
    { pass: dropIf(({ isUp, tos }) => isUp && tos === 184) },
    'dscp',
    'fail',
    'dscp-dropped',
  ],
  [
    'nobody knows whether audio goes first: this PC cannot mark',
    { canMark: false },
    'dscp',
    'not-tested',
    'dscp-cannot-mark',
  ],
  [
    'nobody knows whether audio goes first: the server cannot see marks',
    { seesMarks: false },
    'dscp',
    'not-tested',
    'dscp-server-blind',
  ],
  // Sizes
  [
    'log-in stalls: a tunnel of 1,400 bytes that does not say so',
    narrow(1400, false),
    'path-mtu',
    'limit',
    'mtu-black-hole',
  ],
  ['calls do not come about: a tunnel of 1,100 bytes', narrow(1100, true), 'path-mtu', 'limit', 'mtu-small'],
  ['nothing works but small things: a line of 300 bytes', narrow(300, false), 'path-mtu', 'fail', 'mtu-tiny'],
  [
    'video calls over UDP fail: pieces are dropped',
    { pass: dropIf(({ sizeBytes }) => sizeBytes > 1500) },
    'path-mtu',
    'limit',
    'mtu-fragments-lost',
  ],
  [
    'video calls over UDP fail: nothing above 1,350 bytes arrives, in pieces or not',
    narrow(1350, true, false),
    'path-mtu',
    'limit',
    'mtu-large-lost',
  ],
]

describe('broken networks', () => {
  it('are told from one that works, which alone is green', async () => {
    const results = await probe({})
    const bad = results.filter(({ requirementIds, outcome }) => requirementIds.length > 0 && outcome !== 'pass')
    assert.deepEqual(bad, [])
    assert.equal(judge(requirements, results, { nowMs: new VirtualClock().now() }).verdict, 'ready')
  })

  it('are told from what is no fault: an interface that carries less and says so, a symmetric router', async () => {
    const small: Network = {
      pass: (datagram) => (datagram.isWhole && datagram.sizeBytes > 1420 ? { tooLarge: 1420, isHere: true } : datagram),
    }
    const size = (await probe(small)).find(({ check }) => check === 'path-mtu')
    assert.deepEqual([size?.outcome, size?.measured?.[0]?.value], ['pass', 1420])
    assert.equal(size?.evidence?.['limited by'], 'this machine')
    const symmetric = mapped((socket, to) => ({ address: outside, port: 30_000 + socket * 7 + (to % 5) }))
    const nat = (await probe(symmetric)).filter(({ check }) => check === 'nat')
    assert.equal(nat[0]?.finding.key, 'nat-mapping-address-and-port-dependent')
    assert.ok(nat.every(({ outcome, requirementIds }) => outcome === 'pass' || requirementIds.length === 0))
  })

  it('are at least forty, each with words of its own', () => {
    assert.ok(rows.length >= 40, String(rows.length))
    assert.equal(new Set(rows.map(([suffers]) => suffers)).size, rows.length)
  })

  for (const [suffers, network, check, outcome, finding] of rows)
    it(suffers, async () => {
      const results = await probe(network)
      const found = results.filter((one) => one.check === check && one.finding.key === finding)
      const all = results.map((one) => `${one.check} ${one.outcome} ${one.finding.key}`).join('\n')
      assert.ok(
        found.some((one) => one.outcome === outcome && one.requirementIds.length > 0),
        all,
      )
      const { verdict, losses } = judge(requirements, results, { nowMs: new VirtualClock().now() })
      assert.notEqual(verdict, 'ready', all)
      assert.ok(
        losses.some(({ requirementId }) => requirementId === check),
        JSON.stringify(losses),
      )
      for (const one of results)
        for (const language of ['en', 'sv', 'fr'] as const) {
          assert.doesNotMatch(say(words, language, one.finding), /[{}]/, one.finding.key)
          if (one.sample) assert.doesNotMatch(say(words, language, one.sample), /[{}]/)
        }
    })
})
