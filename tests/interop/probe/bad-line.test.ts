import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { SiteReport } from '@vaxel/site'
import {
  becomeInternet,
  hasOwnNetwork,
  HomeNetwork,
  LineFate,
  type LineImpairment,
  type Platform,
  runInOwnNetwork,
  SeededRandom,
  serverAddress,
  startPlatform,
  temporaryFolder,
  undisturbed,
} from '@vaxel/testkit'
import { meanJitterMs } from '../../../apps/probe/src/stream/stream-figures.ts'
import { probe } from './run-probe.ts'

/** What the line does to each direction, and the verdict on it. */
interface Line {
  readonly suffers: string
  readonly line: Omit<LineImpairment, 'seed'>
  /** Keys of the findings about the limits of the catalogue, 150 ms one way, 20 ms of jitter, 1 % of loss. */
  readonly finds: readonly string[]
}

const lines: readonly Line[] = [
  { suffers: 'nothing', line: {}, finds: ['line-delay-within', 'line-jitter-within', 'line-loss-within'] },
  {
    suffers: 'words go missing',
    line: { lossRatio: 0.03, delayMs: 20 },
    finds: ['line-delay-within', 'line-jitter-within', 'line-loss-over'],
  },
  {
    suffers: 'people interrupt each other',
    line: { delayMs: 180, jitterMs: 8 },
    finds: ['line-delay-over', 'line-jitter-within', 'line-loss-within'],
  },
  {
    suffers: 'speech is choppy',
    line: { delayMs: 60, jitterMs: 55, lossRatio: 0.01 },
    finds: ['line-delay-within', 'line-jitter-over'],
  },
]

/** Lines and probe are programs of a machine that does other things too: so much uneven time they add at most. */
const scheduleMs = 10

/** Seconds of the stream; so many packets keep chance within the tolerances below. */
const minutes = 0.35
const packetMs = 20

if (hasOwnNetwork())
  describe('what the probe measures on a line of known loss, delay and jitter', { concurrency: 4 }, () => {
    let platform: Platform
    let root: string
    before(async () => {
      becomeInternet()
      platform = await startPlatform({
        mediaPortCount: 300,
        environment: { VAXEL_BIND: '0.0.0.0', VAXEL_PUBLIC_ADDRESS: serverAddress },
        readyLimitMs: 60_000,
      })
      root = join(temporaryFolder('root'), 'root.pem')
      writeFileSync(root, await (await fetch(`${platform.url}/vaxel-root.crt`)).text())
    })
    after(async () => {
      await platform?.stop()
    })

    for (const [i, { suffers, line, finds }] of lines.entries())
      it(`${suffers}: ${JSON.stringify(line)} each way is what it reports`, (test) =>
        undisturbed(async () => {
          const home = await HomeNetwork.make({ kind: 'port-restricted', line: { seed: 100 + i, ...line } })
          try {
            const { namespace } = home.addHost()
            const target = `${serverAddress}:${platform.ports.https}`
            const { report, output } = await probe(
              [
                target,
                '--ca',
                root,
                '--minutes',
                String(minutes),
                '--segment',
                'VLAN 7',
                '--only',
                'stream-quality,turn,tls',
              ],
              {
                under: ['ip', 'netns', 'exec', namespace],
              },
            )
            assert.ok(report, output)
            const figure = figuresOf(report, output)
            const [delayMs, lossRatio] = [line.delayMs ?? 0, line.lossRatio ?? 0]
            const expectedJitterMs = jitterOf(line)
            const set = `delay ${delayMs} ms, jitter (RFC 3550) ${expectedJitterMs.toFixed(1)} ms, loss ${100 * lossRatio} % each way`
            const names = [
              'round-trip-time',
              'jitter-up',
              'jitter-down',
              'packet-loss-up',
              'packet-loss-down',
              'mos-up',
              'mos-down',
            ]
            test.diagnostic(`set: ${set}; measured: ${names.map((name) => `${name} ${figure(name)}`).join(', ')}`)

            // A loaded machine and user-space lines add some milliseconds; they take none away.
            const trip = figure('round-trip-time')
            const centre = 2 * delayMs + queueMs(line)
            assert.ok(trip > centre - 12 && trip < centre + 40, `${trip} ms for ${centre} ms`)
            for (const way of ['up', 'down']) {
              const loss = figure(`packet-loss-${way}`)
              // Three standard deviations of that many packets.
              const tolerance =
                100 * 3 * Math.sqrt(Math.max(0.0005, lossRatio * (1 - lossRatio)) / (minutes * 3000)) + 0.1
              assert.ok(
                Math.abs(loss - 100 * lossRatio) < tolerance,
                `${loss} % ${way} for ${100 * lossRatio} %, ± ${tolerance}`,
              )
              const jitter = figure(`jitter-${way}`)
              assert.ok(
                jitter > 0.75 * expectedJitterMs - 1 && jitter < 1.25 * expectedJitterMs + scheduleMs,
                `${jitter} ms ${way} for ${expectedJitterMs} ms`,
              )
            }
            const found = report.results
              .filter(({ check }) => check === 'stream-quality')
              .map(({ finding }) => finding.key)
            for (const key of finds) assert.ok(found.includes(key), `${key} is not among ${found.join(', ')}`)
            assert.notEqual(report.judgement.verdict, 'not-ready', output)
            if (finds.some((key) => key.endsWith('over'))) assert.notEqual(report.judgement.verdict, 'ready')
            assert.deepEqual(report.segments, ['VLAN 7'])
            // By UDP, TCP and TLS, with something through it and back.
            const relay = report.results.filter(({ check }) => check === 'turn').map(({ finding }) => finding.key)
            assert.deepEqual(relay, ['relayWorks', 'relayWorks', 'relayWorks'])
          } finally {
            await home.close()
          }
        }))
  })
else
  it('what the probe measures on lines of known loss, delay and jitter, in a network of its own', async (test) => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    for (const line of output.split('\n').filter((one) => one.includes('set: ')))
      test.diagnostic(line.replace(/^\s*# /, ''))
    assert.equal(code, 0, output)
  })

function figuresOf({ results }: SiteReport, output: string): (name: string) => number {
  const measured = results.find(({ finding }) => finding.key === 'line-measured')?.measured
  return (name) => {
    const found = measured?.find((one) => one.name === name)
    assert.ok(found, `no ${name}: ${output}`)
    return found.value
  }
}

/** Transit of a line's packets, by the very code that decides their fate. */
function transitsMs(line: Omit<LineImpairment, 'seed'>): readonly number[] {
  const fate = new LineFate({ seed: 5, ...line }, new SeededRandom(5))
  return Array.from({ length: 20_000 }, (_, i) =>
    fate.next(200, i * packetMs).map((atMs) => atMs - i * packetMs),
  ).flat()
}

/** Jitter of RFC 3550 that such a line makes of packets that come every 20 ms. */
const jitterOf = (line: Omit<LineImpairment, 'seed'>): number => meanJitterMs(transitsMs(line))

/** Order is kept: packets wait for those before them, so the median of two ways is above twice the delay. */
function queueMs(line: Omit<LineImpairment, 'seed'>): number {
  const sorted = transitsMs(line).toSorted((a, b) => a - b)
  return 2 * (sorted[Math.floor(sorted.length / 2)]! - (line.delayMs ?? 0))
}
