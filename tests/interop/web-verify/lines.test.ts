import assert from 'node:assert/strict'
import { it } from 'node:test'
import { HomeNetwork, type LineImpairment, undisturbed } from '@vaxel/testkit'
import { inInternet } from './in-internet.ts'
import { figureOf, hostOf, lossesOfWays, verifyIn } from './verify-in.ts'

/** A line of known faults, and how near the report has to come. */
interface Line {
  readonly name: string
  readonly line: LineImpairment
}

const lines: readonly Line[] = [
  { name: '3 % loss', line: { seed: 11, lossRatio: 0.03 } },
  {
    name: '60 ms of delay with 12 ms of jitter each way',
    line: { seed: 12, delayMs: 60, jitterMs: 12 },
  },
]

/**
 * Interarrival jitter (RFC 3550 A.8) of a delay that is even within ±j: neighbours differ by 2j/3 in the mean, which is what
 * the filter goes to; where a packet would overtake, it waits, so that it is somewhat less.
 */
const expectedJitterMs = (jitterMs: number): number => (2 * jitterMs) / 3

/** A busy machine adds jitter of its own, and takes none away. */
const tolerance = { loss: [-3, 3], jitter: [-3, 9], delay: [-5, 12] } as const

function near(what: keyof typeof tolerance, is: number | undefined, set: number): string {
  const [least, most] = tolerance[what]
  assert.ok(is !== undefined && is >= set + least && is <= set + most, `${what}: set ${set}, measured ${is}`)
  return `${set} / ${is}`
}

const whole = 'the verify page on lines of known loss, delay and jitter'

inInternet({ file: import.meta.filename, name: 'the verify page measures a line', whole }, (internet) => {
  for (const { name, line } of lines)
    it(`with ${name}`, () =>
      undisturbed(async () => {
        const home = await HomeNetwork.make({ kind: 'port-restricted', line })
        try {
          const { report } = await verifyIn(internet().pageUrl, await hostOf(home))
          const { lossRatio = 0, delayMs = 0, jitterMs = 0 } = line
          const set = { loss: lossRatio * 100, jitter: expectedJitterMs(jitterMs) }
          internet().note([
            name,
            near('loss', figureOf(report, 'packet-loss-up'), set.loss),
            near('loss', figureOf(report, 'packet-loss-down'), set.loss),
            near('jitter', figureOf(report, 'jitter-up'), set.jitter),
            near('jitter', figureOf(report, 'jitter-down'), set.jitter),
            near('delay', figureOf(report, 'one-way-delay'), delayMs),
            `${figureOf(report, 'mos-up')} / ${figureOf(report, 'mos-down')}`,
          ])
          const isLost = report.judgement.losses.some(({ requirementId }) => requirementId === 'vaxel-loss')
          assert.equal(isLost, lossRatio > 0, JSON.stringify(report.judgement.losses))
          assert.deepEqual(lossesOfWays(report), [])
        } finally {
          await home.close()
        }
      }))
})
