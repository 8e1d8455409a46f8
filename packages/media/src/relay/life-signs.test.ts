import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LifeSigns } from './life-signs.ts'

describe('the signs of life of a peer', () => {
  it('tells nothing of a peer that was never heard', () => {
    assert.equal(new LifeSigns().pass(60_000, true), 0)
  })

  it('tells silence after a second and after three, once each', () => {
    const signs = new LifeSigns()
    assert.equal(signs.heard(500), false)
    const told = []
    for (let nowMs = 500; nowMs <= 20_500; nowMs += 20) {
      const quietMs = signs.pass(nowMs, true)
      if (quietMs > 0) told.push(quietMs)
    }
    assert.deepEqual(told, [1000, 3000])
  })

  it('says that it is back, once, and begins anew', () => {
    const signs = new LifeSigns()
    signs.heard(0)
    signs.pass(1000, true)
    assert.equal(signs.heard(1500), true)
    assert.equal(signs.heard(1520), false)
    assert.equal(signs.pass(2000, true), 0)
    assert.equal(signs.pass(2520, true), 1000)
  })

  it('waits for several ICE checks where no audio is due', () => {
    const signs = new LifeSigns()
    signs.heard(0)
    assert.equal(signs.pass(7900, false), 0)
    assert.equal(signs.pass(8000, false), 8000)
  })
})
