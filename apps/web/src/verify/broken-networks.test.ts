import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FaultOwner, Verdict } from '@vaxel/site'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { checkNetwork, type CheckOptions } from './fake/check-network.ts'
import type { FakeNetwork, Path } from './fake/fake-site.ts'

interface Broken {
  /** What people would suffer. */
  readonly name: string
  readonly network: FakeNetwork
  readonly options?: CheckOptions
  readonly verdict: Verdict | 'refused'
  /** Who is told to act, for the worst of it. */
  readonly who?: FaultOwner
  /** Part of the worst finding's key. */
  readonly says?: string
}

const noRelay = { udp: 'blocked', tcp: 'blocked', tls: 'blocked' } as const
const all = (path: Path) => () => path
const shared =
  (path: Path) =>
  (port: number): Path =>
    port === 10_000 ? path : 'open'
const range =
  (path: Path, from = 20_000, to = 29_999) =>
  (port: number): Path =>
    port >= from && port <= to ? path : 'open'
const busy = {
  refused: { status: 503, code: 'SITE_CHECKS_BUSY', title: 'Checks have to wait.', retryAfterSeconds: 120 },
}

const networks: readonly Broken[] = [
  {
    name: 'nobody hears anybody: all UDP and every fallback is blocked',
    network: { udp: all('blocked'), relays: noRelay, stun: 'blocked' },
    verdict: 'not-ready',
    who: 'unknown',
    says: 'nothingBack',
  },
  {
    name: 'phones are mute and browsers late: all UDP is blocked, the fallback works',
    network: { udp: all('blocked'), relays: { udp: 'blocked' }, stun: 'blocked' },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangeShut',
  },
  {
    name: 'browsers call late: their port is blocked, the fallback works',
    network: { udp: shared('blocked') },
    verdict: 'ready-with-limits',
    who: 'customer-firewall',
    says: 'sharedRelayed',
  },
  {
    name: 'browsers are mute: their port and every fallback is blocked',
    network: { udp: shared('blocked'), relays: noRelay },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'portBlocked',
  },
  {
    name: 'phones are always mute: the range is blocked',
    network: { udp: range('blocked') },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangeShut',
  },
  {
    name: 'phones are mute in half of their calls: half of the range is blocked',
    network: { udp: range('blocked', 25_000) },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangePartly',
  },
  {
    name: 'phones are mute now and then: one port is blocked',
    network: { udp: range('blocked', 23_456, 23_456) },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangePartly',
  },
  {
    name: 'phones are mute on the last port',
    network: { udp: range('blocked', 29_999) },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangePartly',
  },
  {
    name: 'phones are mute on the first port',
    network: { udp: range('blocked', 20_000, 20_000) },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangePartly',
  },
  {
    name: 'nobody here hears the others: answers are not let in',
    network: { udp: all('no-way-back'), relays: noRelay, stun: 'blocked' },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'portNoWayBack',
  },
  {
    name: 'phones do not hear: answers of the range are not let in',
    network: { udp: range('no-way-back') },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'rangeShut',
  },
  {
    name: 'calls never start: the key exchange is cut',
    network: { udp: all('no-keys'), relays: noRelay },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'portNoKeys',
  },
  {
    name: 'others hear nothing: sound goes out nowhere',
    network: { udp: all('down-only'), relays: noRelay },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'portNotThere',
  },
  {
    name: 'people here hear nothing: sound does not come in',
    network: { udp: all('up-only'), relays: noRelay },
    verdict: 'not-ready',
    who: 'customer-firewall',
    says: 'portNotBack',
  },
  {
    name: 'calls go silent after a second: the way is cut',
    network: { udp: shared('cut') },
    verdict: 'not-ready',
    who: 'customer-network',
    says: 'lossOver',
  },
  {
    name: 'calls by the relay go mute: the relay is dead and UDP blocked',
    network: { udp: all('blocked'), relays: { udp: 'blocked', tcp: 'silent', tls: 'silent' }, stun: 'blocked' },
    verdict: 'not-ready',
  },
  {
    name: 'strict networks are shut out: the relay is down',
    network: { relays: noRelay },
    verdict: 'ready-with-limits',
    who: 'service',
    says: 'relayGone',
  },
  {
    name: 'strict networks are shut out: the relay refuses its own credentials',
    network: { relays: { udp: 401, tcp: 401, tls: 401 } },
    verdict: 'ready-with-limits',
    who: 'service',
    says: 'relayRefused',
  },
  {
    name: 'strict networks are shut out: the relay takes part and passes nothing on',
    network: { relays: { udp: 'silent', tcp: 'silent', tls: 'silent' } },
    verdict: 'ready-with-limits',
    who: 'service',
    says: 'relaySilent',
  },
  {
    name: 'words go missing for the others: 5 % lost on the way up',
    network: { line: { lossUp: 0.05 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'lossOver',
  },
  {
    name: 'words go missing here: 5 % lost on the way down',
    network: { line: { lossDown: 0.05 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'lossOver',
  },
  {
    name: 'nobody understands a sentence: a quarter is lost',
    network: { line: { lossUp: 0.25, lossDown: 0.25 } },
    verdict: 'not-ready',
    who: 'customer-network',
    says: 'lossOver',
  },
  {
    name: 'speech is choppy: jitter of 60 ms',
    network: { line: { jitterDownMs: 60 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'jitterOver',
  },
  {
    name: 'others hear choppy speech: jitter of 45 ms on the way up',
    network: { line: { jitterUpMs: 45 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'jitterOver',
  },
  {
    name: 'people interrupt each other: 400 ms there and back',
    network: { line: { roundTripMs: 400 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'delayOver',
  },
  {
    name: 'conversation is impossible: 1.6 s there and back',
    network: { line: { roundTripMs: 1600 } },
    verdict: 'not-ready',
    who: 'customer-network',
  },
  {
    name: 'one call works, five do not: the line is too narrow',
    network: { crowded: { lossUp: 0.1, lossDown: 0.1 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'severalWorse',
  },
  {
    name: 'one call works, five stutter: queues grow',
    network: { crowded: { jitterUpMs: 50, roundTripMs: 300 } },
    verdict: 'ready-with-limits',
    who: 'customer-network',
    says: 'severalWorse',
  },
  {
    name: 'only some of several calls get sound: the router drops streams',
    network: { mostStreams: 3 },
    verdict: 'not-ready',
  },
  {
    name: 'nobody can be called: WebSockets are not let through',
    network: { socket: 'nothing' },
    verdict: 'not-ready',
    who: 'customer-network',
    says: 'socketShut',
  },
  {
    name: 'nobody can be called: a proxy holds messages back',
    network: { socket: 'opened' },
    verdict: 'not-ready',
    who: 'customer-network',
    says: 'socketHeld',
  },
  {
    name: 'calls are impossible: the browser has no WebRTC',
    network: { webRtc: false },
    verdict: 'not-ready',
    who: 'endpoint',
    says: 'noWebRtc',
  },
  {
    name: 'calls are impossible: a policy forbids connections',
    network: { peersThrow: true, loop: false },
    verdict: 'not-proven',
    who: 'endpoint',
  },
  {
    name: 'nothing is proven: the browser cannot even reach itself',
    network: { udp: all('blocked'), relays: noRelay, stun: 'blocked', loop: false },
    verdict: 'not-proven',
    who: 'endpoint',
    says: 'browserMakesNoConnections',
  },
  {
    name: 'nothing is proven: a box on the way answers for ports where nobody is',
    network: { closedPortAnswers: true },
    verdict: 'not-proven',
    says: 'closedPortAnswered',
  },
  {
    name: 'nothing is proven: the service spares no port for the counter-check',
    network: { session: { closedPort: undefined as never } },
    verdict: 'not-proven',
    says: 'closedPortNotTried',
  },
  {
    name: 'the browser is too old for calls',
    network: {},
    options: { userAgent: 'Mozilla/5.0 Chrome/80.0.1 Safari/537.36' },
    verdict: 'not-ready',
    who: 'endpoint',
    says: 'browserTooOld',
  },
  {
    name: 'the browser has no sound: a version known to be bad',
    network: {},
    options: { userAgent: 'Mozilla/5.0 Chrome/117.0.1 Safari/537.36' },
    verdict: 'not-ready',
    who: 'endpoint',
    says: 'browserBad',
  },
  {
    name: 'nobody answers for this browser',
    network: {},
    options: { userAgent: 'Mozilla/5.0 Version/17.1 Safari/605.1' },
    verdict: 'ready-with-limits',
    who: 'endpoint',
    says: 'browserNotNamed',
  },
  {
    name: 'the name may not be found: the page was opened by its number',
    network: {},
    options: { page: { host: '198.51.100.7' } },
    verdict: 'not-proven',
    says: 'openedByAddress',
  },
  {
    name: 'no microphone is allowed: the page came without encryption',
    network: {},
    options: { page: { port: 80, isSecure: false } },
    verdict: 'not-proven',
    says: 'openedInsecurely',
  },
  { name: 'the service is full of calls', network: { refuses: { start: busy } }, verdict: 'refused' },
  {
    name: 'the service does not answer at all',
    network: { refuses: { start: { refused: { status: 0, code: 'UNREACHABLE', title: '' } } } },
    verdict: 'refused',
  },
  {
    name: 'the service fills up during the check',
    network: { refuses: { streams: (_, nth) => (nth > 4 ? busy : undefined) } },
    verdict: 'not-proven',
    who: 'service',
  },
  {
    name: 'the service opens no stream',
    network: { refuses: { streams: () => busy } },
    verdict: 'not-proven',
    who: 'service',
  },
  {
    name: 'the line breaks between check and server: no figures come',
    network: { refuses: { figures: true } },
    verdict: 'not-ready',
  },
  {
    name: 'the catalogue asks for nothing: nothing is proven of it',
    network: { requirements: [] },
    verdict: 'not-proven',
  },
]

const severity = ['pass', 'not-applicable', 'limit', 'not-tested', 'inconclusive', 'fail']

describe('a broken network is never called ready', () => {
  it('is tried forty times and more', () => assert.ok(networks.length >= 40))

  for (const { name, network, options, verdict, who, says } of networks)
    it(name, async () => {
      const { state, tookMs, leftOpen } = await checkNetwork(new VirtualClock(), network, options)
      if (verdict === 'refused') return assert.equal(state.name, 'refused')
      assert.ok(state.name === 'done', JSON.stringify(state).slice(0, 500))
      const { judgement, results } = state.report
      const worst = results
        .filter(({ requirementIds }) => requirementIds.length > 0)
        .sort((a, b) => severity.indexOf(b.outcome) - severity.indexOf(a.outcome))
      const told = worst
        .slice(0, 3)
        .map(({ outcome, finding, faultOwner }) => `${outcome} ${finding.key} ${faultOwner}`)
      assert.notEqual(judgement.verdict, 'ready')
      assert.equal(judgement.verdict, verdict, told.join('; '))
      if (who) assert.equal(judgement.losses[0]?.who, who, told.join('; '))
      if (says) {
        const hardest = worst.filter(({ outcome }) => outcome === worst[0]?.outcome)
        assert.ok(
          hardest.some(({ finding }) => finding.key === says),
          told.join('; '),
        )
      }
      assert.ok(tookMs < 30_000, `${tookMs} ms`)
      assert.equal(leftOpen, 0)
    })
})
