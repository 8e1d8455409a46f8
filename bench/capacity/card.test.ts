import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Capacity, type Knee, notMeasured, propose } from './capacity.ts'
import { cardText } from './card.ts'

const knee = (kind: Knee['kind'], clean: number, broken?: number): Knee => ({
  kind,
  clean,
  broken,
  why: broken === undefined ? 'the time was up' : '1.2 % of the packets were lost',
  processorsUsed: 0.9,
  busiest: { thread: 'vaxel-media', part: 0.97 },
  others: 0,
  p99Ms: 3,
})

describe('the capacity card', () => {
  it('proposes a fifth less than the kind of call that reached least', () => {
    const knees = [knee('calls', 10), knee('relayed', 1000, 1400), knee('srtp', 700), knee('recorded', 500, 700)]
    assert.deepEqual(propose(knees), { setting: 'maxCalls', value: 400, from: 'recorded', marginPercent: 20 })
  })

  it('proposes nothing where no call with audio was clean', () => {
    assert.equal(propose([knee('registrations', 900), knee('relayed', 0, 25)]), undefined)
  })

  it('says what was reached, what broke, what limits first, and how to set the limit', () => {
    const knees = [knee('relayed', 1000, 1400)]
    const capacity: Capacity = {
      machine: {
        processor: 'A processor',
        cores: 2,
        memoryGib: 8,
        kernel: '6.1',
        node: 'v24.0.0',
        peers: {},
      },
      at: '2026-11-21T06:00:00.000Z',
      seconds: 118,
      serverProcessors: 1,
      hasOwnProcessorForLoad: true,
      knees,
      proposal: propose(knees)!,
      warnings: ['other programs took up to 0.5 processors meanwhile: the figures are too low'],
      notMeasured,
    }
    const text = cardText(capacity)
    assert.match(text, /G\.711 calls relayed +1,000 at once +at 1,400: 1\.2 % of the packets were lost/)
    assert.match(text, /at 1,400 the busiest thread was vaxel-media with 97 % of one/)
    assert.match(text, /VAXEL_MAX_CALLS=800/)
    assert.match(text, /Warning: other programs/)
    assert.match(text, /Not measured:/)
  })
})
