import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeLine } from './line-quality.ts'
import { readFigures } from './read-figures.ts'

const fine = { lossRatio: 0, jitterMs: 4, roundTripMs: 30, isEncrypted: true }

describe('how the line is', () => {
  it('is good when nothing is known against it', () => {
    assert.deepEqual(judgeLine(undefined, undefined), { verdict: 'good', troubles: [] })
    assert.deepEqual(judgeLine(fine, { up: { lossRatio: 0.002, jitterMs: 8 } }), { verdict: 'good', troubles: [] })
  })

  it('names what ails it, worst first', () => {
    assert.deepEqual(judgeLine({ ...fine, lossRatio: 0.02 }, { up: { lossRatio: 0.1, jitterMs: 40 } }), {
      verdict: 'poor',
      troubles: ['lossUp', 'jitterUp', 'lossDown'],
    })
    assert.deepEqual(judgeLine({ ...fine, roundTripMs: 350 }, undefined), { verdict: 'fair', troubles: ['slow'] })
  })
})

describe('the figures of a line', () => {
  const report = (packetsReceived: number, packetsLost: number) => [
    {
      id: 'in',
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived,
      packetsLost,
      jitter: 0.012,
      codecId: 'c',
      audioLevel: 0.5,
    },
    { id: 'c', type: 'codec', mimeType: 'audio/opus' },
    { id: 't', type: 'transport', selectedCandidatePairId: 'p', dtlsState: 'connected' },
    { id: 'p', type: 'candidate-pair', localCandidateId: 'l', currentRoundTripTime: 0.05 },
    { id: 'l', type: 'local-candidate', candidateType: 'relay' },
  ]

  it('count loss since the look before', () => {
    const first = readFigures(report(100, 0), undefined)
    const { figures } = readFigures(report(190, 10), first.before)
    assert.deepEqual(figures, {
      lossRatio: 0.1,
      jitterMs: 12,
      roundTripMs: 50,
      codec: 'opus',
      path: 'relay',
      isEncrypted: true,
      level: 0.5,
    })
  })

  it('are not there before something came', () => {
    assert.equal(readFigures([{ id: 't', type: 'transport' }], undefined).figures, undefined)
  })
})
