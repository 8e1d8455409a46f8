import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Metric, Requirement } from '@vaxel/site'
import { thresholdsOf } from './thresholds.ts'

const quality = (metric: Metric, value: number): Requirement => ({
  id: `q-${metric}-${value}`,
  title: metric,
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: '',
  responsible: 'customer',
  provenance: [],
  checks: [],
  body: {
    kind: 'quality',
    metric,
    operator: '<=',
    value,
    unit: metric === 'packet-loss' ? '%' : 'ms',
    segment: ['a', 'b'],
  },
})

describe('what a call may at most have', () => {
  it('is the strictest that the catalogue asks, a round trip counted as two ways', () => {
    const requirements = [
      quality('one-way-delay', 150),
      quality('round-trip-time', 200),
      quality('jitter', 30),
      quality('jitter', 20),
      quality('packet-loss', 0.5),
    ]
    assert.deepEqual(thresholdsOf({ requirements }), { oneWayDelayMs: 100, jitterMs: 20, packetLossPercent: 0.5 })
  })

  it('is what is usual where it asks nothing', () => {
    const usual = { oneWayDelayMs: 150, jitterMs: 20, packetLossPercent: 1 }
    assert.deepEqual(thresholdsOf(undefined), usual)
    assert.deepEqual(thresholdsOf({ requirements: [] }), usual)
  })
})
