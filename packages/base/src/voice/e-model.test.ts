import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { meanOpinionScore } from './e-model.ts'

describe('meanOpinionScore (ITU-T G.107)', () => {
  it('gives G.711 its 4.41 on a clean network', () => {
    assert.equal(meanOpinionScore({ codec: 'PCMA', lossRatio: 0, jitterMs: 0 }), 4.41)
  })

  it('falls with loss, delay and jitter, and stays between 1 and 4.5', () => {
    const clean = meanOpinionScore({ codec: 'PCMU', lossRatio: 0, jitterMs: 1, roundTripMs: 20 })
    const lossy = meanOpinionScore({ codec: 'PCMU', lossRatio: 0.03, jitterMs: 1, roundTripMs: 20 })
    const late = meanOpinionScore({ codec: 'PCMU', lossRatio: 0, jitterMs: 1, roundTripMs: 800 })
    const uneven = meanOpinionScore({ codec: 'PCMU', lossRatio: 0, jitterMs: 120, roundTripMs: 20 })
    for (const worse of [lossy, late, uneven]) assert.ok(worse < clean, `${worse} < ${clean}`)
    assert.equal(meanOpinionScore({ codec: 'PCMU', lossRatio: 1, jitterMs: 500, roundTripMs: 5000 }), 1)
  })

  it('is what the standard gives for 3 % loss and for 400 ms one way', () => {
    assert.equal(meanOpinionScore({ codec: 'PCMA', lossRatio: 0.03, jitterMs: 0 }), 4.13)
    assert.equal(meanOpinionScore({ codec: 'PCMA', lossRatio: 0, jitterMs: 0, roundTripMs: 750 }), 3.56)
  })
})
