import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import { admitCall, costOf, pricePerMinute, UsageMeters } from './admit-call.ts'

const company = 'c' as CompanyId

describe('limits', () => {
  it('refuses one call too many at once, and admits again when one ends', () => {
    const meters = new UsageMeters()
    meters.callStarted(company, 0)
    meters.callStarted(company, 0)
    assert.equal(admitCall({ callsAtOnce: 2 }, meters.usage(company, 1), 1, false)?.code, 'LIMIT_CALLS_AT_ONCE')
    meters.callEnded(company)
    assert.equal(admitCall({ callsAtOnce: 2 }, meters.usage(company, 1), 1, false), undefined)
  })

  it('refuses too many starts a minute, and says when to try again', () => {
    const meters = new UsageMeters()
    for (let i = 0; i < 3; i++) meters.callStarted(company, i * 1000)
    const refusal = admitCall({ callsPerMinute: 3 }, meters.usage(company, 10_000), 10_000, false)
    assert.equal(refusal?.retryAfterSeconds, 50)
    assert.equal(admitCall({ callsPerMinute: 3 }, meters.usage(company, 60_001), 60_001, false), undefined)
  })

  it("refuses calls that cost money when the day's money is gone, free ones not; the next day is new", () => {
    const meters = new UsageMeters()
    meters.spent(company, 900, 1000)
    const usage = meters.usage(company, 1000, 100)
    assert.equal(admitCall({ spendPerDayMicros: 1000 }, usage, 1000, true)?.code, 'LIMIT_SPEND')
    assert.equal(admitCall({ spendPerDayMicros: 1000 }, usage, 1000, false), undefined)
    assert.equal(meters.usage(company, 86_400_000).spentTodayMicros, 0)
  })

  it('prices by the longest prefix, and by started second', () => {
    const prices = { '': 100_000, '+46': 20_000, '+4670': 30_000 }
    assert.equal(pricePerMinute(prices, '+46846500401'), 20_000)
    assert.equal(pricePerMinute(prices, '+46701740605'), 30_000)
    assert.equal(pricePerMinute(prices, '+15551234567'), 100_000)
    assert.equal(costOf(60_000, 1), 1000)
    assert.equal(costOf(60_000, 61_000), 61_000)
  })
})
