import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Pace } from './pace.ts'

describe('how often something happens', () => {
  it('is often above so many times a second, and until a tenth of a second has passed with fewer', () => {
    const pace = new Pace(100)
    for (let at = 1000; at < 1100; at += 10) pace.count(at)
    assert.equal(pace.isBusy, false, 'a hundred a second')
    for (let at = 1100; at < 1200; at += 5) pace.count(at)
    assert.equal(pace.isBusy, true, 'two hundred')
    pace.count(1250)
    assert.equal(pace.isBusy, true, 'just before')
    pace.count(1310)
    pace.count(1420)
    assert.equal(pace.isBusy, false)
  })

  it('forgets a burst after a rest', () => {
    const pace = new Pace(100)
    for (let i = 0; i < 50; i++) pace.count(1000)
    assert.equal(pace.isBusy, true)
    pace.count(9000)
    assert.equal(pace.isBusy, false)
  })
})
