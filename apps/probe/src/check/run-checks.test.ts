import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { beginCheck } from '../path/check-sheet.ts'
import { pause } from '../path/exchange.ts'
import type { Check, ProbeContext } from './check.ts'
import { runChecks } from './run-checks.ts'

/** One port is silent before anybody stops the probe, another is given up because of that, a third has answered by then. */
const ports: Check = {
  title: 'ports',
  makes: ['udp-media'],
  limitMs: () => 10_000,
  async run(context, signal) {
    const { clock } = context
    const fail = { outcome: 'fail', faultOwner: 'customer-firewall' } as const
    const finding = { key: 'udp-blocked', values: { ports: '1', count: 1, of: 1 } }
    const [first, second, third] = ['first', 'second', 'third'].map((one) => beginCheck(context, 'udp-media', one))
    const before = first!({ ...fail, finding })
    await pause(clock, 60_000, signal)
    return [
      before,
      second!({ ...fail, finding, measured: [{ name: 'ports-open', value: 0, unit: 'count' }] }),
      third!({ outcome: 'pass', finding: { key: 'udp-open', values: { count: 1 } } }),
    ]
  },
}

async function found(stop: (clock: VirtualClock, end: AbortController) => Promise<void>) {
  const clock = new VirtualClock()
  const end = new AbortController()
  const context = { clock, segment: '', requirementIds: () => ['udp'], tell() {} } as unknown as ProbeContext
  const running = runChecks([ports], context, end.signal)
  await stop(clock, end)
  return (await running).map(({ target, outcome, finding, faultOwner, measured, requirementIds }) => ({
    told: [target, outcome, finding.key, faultOwner, measured?.length],
    requirementIds,
  }))
}

const expected = [
  { told: ['first', 'fail', 'udp-blocked', 'customer-firewall', undefined], requirementIds: ['udp'] },
  { told: ['second', 'inconclusive', 'ended-early', undefined, undefined], requirementIds: ['udp'] },
  { told: ['third', 'pass', 'udp-open', undefined, undefined], requirementIds: ['udp'] },
  // For what it did not come to.
  { told: ['ports', 'inconclusive', 'ended-early', undefined, undefined], requirementIds: ['udp'] },
]

describe('checks that are stopped', () => {
  it('blame nobody for what was given up because of that', async () => {
    const results = await found(async (clock, end) => {
      await clock.advanceAsync(1_000)
      end.abort()
    })
    assert.deepEqual(results, expected)
  })

  it('do so too when their own time was over', async () => {
    assert.deepEqual(await found((clock) => clock.advanceAsync(10_000)), expected)
  })
})
