import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { roundWait, sayChoices, sayStanding } from './spoken.ts'

const says = { saysPosition: true, saysWait: true }
const words = (spoken: readonly { kind: string; name?: string; value?: number }[]) =>
  spoken.map((one) => one.name ?? one.value)

describe('what a waiting caller is told', () => {
  it('is a wait in steps that a person can remember, never much shorter than what is expected', () => {
    const minutes = [0.2, 1, 1.1, 1.3, 2.2, 2.3, 9.9, 10.3, 11, 16, 29, 30, 31, 200]
    assert.deepEqual(
      minutes.map((each) => roundWait(each * 60_000)),
      [0, 0, 1, 2, 2, 3, 10, 15, 15, 20, 30, 30, 'long', 'long'],
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 60_000 }), (ms) => {
        const told = roundWait(ms)
        assert.ok(told !== 'long' && (told === 0 ? ms <= 60_000 : told * 60_000 >= ms - 15_000))
      }),
    )
  })

  it('says the place and the wait, and that it became longer', () => {
    const first = sayStanding(says, { position: 4, waiting: 9, expectedMs: 170_000 }, undefined)
    assert.deepEqual(words(first.spoken), ['queue-place', 4, 'queue-wait-3'])
    const shorter = sayStanding(says, { position: 2, waiting: 9, expectedMs: 110_000 }, first.told)
    assert.deepEqual(words(shorter.spoken), ['queue-place', 2, 'queue-wait-2'])
    const longer = sayStanding(says, { position: 2, waiting: 9, expectedMs: 240_000 }, shorter.told)
    assert.deepEqual(words(longer.spoken), ['queue-place', 2, 'queue-wait-longer', 'queue-wait-4'])
    const next = sayStanding(says, { position: 1, waiting: 9, expectedMs: 20_000 }, longer.told)
    assert.deepEqual(words(next.spoken), ['queue-next', 'queue-wait-0'])
  })

  it('says no wait that nobody knows, and nothing that the queue does not say', () => {
    const unknown = sayStanding(says, { position: 3, waiting: 3 }, 5)
    assert.deepEqual(words(unknown.spoken), ['queue-place', 3])
    assert.equal(unknown.told, 5)
    const quiet = { saysPosition: false, saysWait: false }
    assert.deepEqual(sayStanding(quiet, { position: 3, waiting: 3, expectedMs: 1 }, undefined).spoken, [])
    assert.deepEqual(sayStanding(says, undefined, undefined).spoken, [])
  })

  it('offers what is on offer by then', () => {
    const voice = { ...says, everySeconds: 30, callBackAfterSeconds: 60, messageAfterSeconds: 0 }
    assert.deepEqual(words(sayChoices(voice, 0, true)), ['queue-offer-message'])
    assert.deepEqual(words(sayChoices(voice, 60_000, true)), ['queue-offer-call-back', 'queue-offer-message'])
    assert.deepEqual(words(sayChoices(voice, 60_000, false)), ['queue-offer-call-back'])
    assert.deepEqual(sayChoices({ ...says, everySeconds: 30 }, 600_000, true), [])
  })
})
