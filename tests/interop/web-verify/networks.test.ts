import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SiteReport, Verdict } from '@vaxel/site'
import { HomeNetwork, type HomeOptions, type PlatformPorts, runTool } from '@vaxel/testkit'
import { inInternet } from './in-internet.ts'
import { figureOf, hostOf, lossesOfWays, resultOf, verifyIn } from './verify-in.ts'

/** A network of a customer, what its router drops, and what the page has to say of it. */
interface Network {
  readonly name: string
  readonly home: HomeOptions
  /** Rules of nftables; what fits one of them is dropped. */
  readonly drops: (ports: PlatformPorts) => readonly string[]
  readonly verdict: Verdict
  readonly holds: (report: SiteReport, ports: PlatformPorts) => void
}

const outcome = (report: SiteReport, check: Parameters<typeof resultOf>[1], target?: string): string => {
  const { outcome: is, finding } = resultOf(report, check, target)
  return `${is} ${finding.key}`
}
const shared = (report: SiteReport, { media }: PlatformPorts): string => outcome(report, 'udp-media', `:${media}`)
const range = (report: SiteReport, { mediaRange: [from, to] }: PlatformPorts): string =>
  outcome(report, 'udp-media', `:${from}-${to}`)

const networks: readonly Network[] = [
  {
    name: 'behind a plain router',
    home: { kind: 'port-restricted' },
    drops: () => [],
    verdict: 'ready',
    holds: (report, ports) => {
      assert.equal(shared(report, ports), 'pass portOpen')
      assert.equal(range(report, ports), 'pass rangeOpen')
      assert.equal(outcome(report, 'nat'), 'pass natSame')
      for (const way of ['UDP', 'TCP', 'TLS']) assert.equal(outcome(report, 'turn', way), 'pass relayWorks')
      assert.equal(outcome(report, 'web-socket'), 'pass socketAnswers')
      assert.equal(figureOf(report, 'calls-heard'), 5)
      assert.equal(resultOf(report, 'devices', 'Fake').outcome, 'pass')
    },
  },
  {
    name: 'behind a symmetric router',
    home: { kind: 'symmetric' },
    drops: () => [],
    verdict: 'ready',
    holds: (report, ports) => {
      assert.equal(shared(report, ports), 'pass portOpen')
      assert.equal(range(report, ports), 'pass rangeOpen')
      assert.equal(outcome(report, 'nat'), 'pass natPerTarget')
    },
  },
  {
    name: 'behind a firewall that drops all UDP',
    home: { kind: 'symmetric' },
    drops: () => ['ip protocol udp'],
    verdict: 'not-ready',
    holds: (report, ports) => {
      assert.equal(shared(report, ports), 'limit sharedRelayed')
      assert.equal(range(report, ports), 'fail rangeShut')
      assert.equal(outcome(report, 'turn', 'TCP'), 'pass relayWorks')
      assert.equal(outcome(report, 'turn', 'TLS'), 'pass relayWorks')
      assert.equal(resultOf(report, 'udp-media').faultOwner, 'customer-firewall')
    },
  },
  {
    name: 'behind a firewall that knows the web port alone',
    home: { kind: 'port-restricted' },
    drops: ({ https }) => ['ip protocol udp', `tcp dport != ${https}`],
    verdict: 'not-ready',
    holds: (report, ports) => {
      assert.equal(shared(report, ports), 'limit sharedRelayed')
      assert.equal(outcome(report, 'turn', 'TCP'), 'not-applicable relayNotNeeded')
      assert.equal(outcome(report, 'turn', 'TLS'), 'pass relayWorks')
    },
  },
  {
    name: "behind a firewall that lets the browsers' port through and no other UDP",
    home: { kind: 'full-cone' },
    drops: ({ media }) => [`udp dport != ${media}`],
    verdict: 'not-ready',
    holds: (report, ports) => {
      assert.equal(shared(report, ports), 'pass portOpen')
      assert.equal(range(report, ports), 'fail rangeShut')
    },
  },
  {
    name: 'behind a firewall that forgot the upper half of the range',
    home: { kind: 'address-restricted' },
    drops: ({ mediaRange: [from, to] }) => [`udp dport ${middle(from, to)}-${to}`],
    verdict: 'not-ready',
    holds: (report, ports) => {
      const [from, to] = ports.mediaRange
      assert.equal(shared(report, ports), 'pass portOpen')
      assert.equal(range(report, ports), 'fail rangePartly')
      for (const { target, outcome: is } of report.results) {
        const port = Number(/^UDP [\d.]+:(\d+)$/.exec(target)?.[1] ?? 0)
        if (port >= from && port <= to) assert.equal(is, port >= middle(from, to) ? 'fail' : 'pass', target)
      }
    },
  },
]

const middle = (from: number, to: number): number => Math.floor((from + to) / 2)

function drop(home: HomeNetwork, rules: readonly string[]): void {
  if (rules.length === 0) return
  const lines = rules.map((rule) => `oifname "wan" ${rule} drop`).join('\n')
  const table = `table ip shut {\nchain out { type filter hook forward priority -5;\n${lines}\n}\n}\n`
  runTool('ip', ['netns', 'exec', home.router, 'nft', '-f', '-'], table)
}

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`)

const whole = 'the verify page in networks of all kinds'

inInternet({ file: import.meta.filename, name: 'the verify page', whole }, (internet) => {
  describe('says what people would suffer', { concurrency: 3 }, () => {
    for (const { name, home: options, drops, verdict, holds } of networks)
      it(name, async () => {
        const { ports, pageUrl, note } = internet()
        const home = await HomeNetwork.make(options)
        drop(home, drops(ports))
        const { report, firstMs, tookMs, faults } = await verifyIn(pageUrl, await hostOf(home))
        holds(report, ports)
        assert.deepEqual(report.segments, ['office'])
        assert.deepEqual(faults, [])
        if (verdict === 'ready') assert.deepEqual(lossesOfWays(report), [])
        else assert.equal(report.judgement.verdict, verdict, JSON.stringify(report.judgement.losses))
        note([name, report.judgement.verdict, seconds(firstMs), seconds(tookMs)])
      })
  })
})
