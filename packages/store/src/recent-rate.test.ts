import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RecentRate } from './recent-rate.ts'

describe('how often something happens', () => {
  it('is often above so many times a second, and until a tenth of a second has passed with fewer', () => {
    const rate = new RecentRate(100)
    for (let at = 1000; at < 1100; at += 10) rate.count(at)
    assert.equal(rate.isBusy, false, 'a hundred a second')
    for (let at = 1100; at < 1200; at += 5) rate.count(at)
    assert.equal(rate.isBusy, true, 'two hundred')
    rate.count(1250)
    assert.equal(rate.isBusy, true, 'just before')
    rate.count(1310)
    rate.count(1420)
    assert.equal(rate.isBusy, false)
  })

  it('forgets a burst after a rest', () => {
    const rate = new RecentRate(100)
    for (let i = 0; i < 50; i++) rate.count(1000)
    assert.equal(rate.isBusy, true)
    rate.count(9000)
    assert.equal(rate.isBusy, false)
  })
})
