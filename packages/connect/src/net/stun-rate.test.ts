import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StunRate, stunRates } from './stun-rate.ts'

const admitted = (rate: StunRate, tries: number, nowMs: number, from: (i: number) => string): number =>
  Array.from({ length: tries }, (_, i) => rate.admits(from(i), nowMs)).filter(Boolean).length

describe('the rate of STUN answers', () => {
  it('lets the phones behind one NAT start together, then twenty a second', () => {
    const rate = new StunRate()
    assert.equal(
      admitted(rate, 10_000, 0, () => '192.0.2.1'),
      300,
    )
    assert.equal(
      admitted(rate, 10_000, 1000, () => '192.0.2.1'),
      20,
    )
    assert.equal(
      admitted(rate, 10, 1000, () => '192.0.2.2'),
      10,
    )
  })

  it('takes a /64 of IPv6 for one source', () => {
    const rate = new StunRate()
    assert.equal(
      admitted(rate, 1000, 0, (i) => `2001:db8:1:2::${i.toString(16)}`),
      300,
    )
  })

  it('is bounded over all sources, which are remembered up to a bound', () => {
    const rate = new StunRate()
    const spread = (i: number): string => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`
    assert.equal(admitted(rate, stunRates.sources + 1, 0, spread), stunRates.eachSecond)
    assert.equal(rate.size, stunRates.sources)
  })

  it('does not hold for this machine', () => {
    assert.equal(
      admitted(new StunRate(), 10_000, 0, () => '127.0.0.1'),
      10_000,
    )
  })
})
