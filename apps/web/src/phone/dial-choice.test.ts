import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { choose, isDialable } from './dial-choice.ts'

const found = [
  { number: '201', name: 'Anna Lindqvist' },
  { number: '+46980319258', name: 'Annika Lööf' },
]

describe('what Enter calls', () => {
  it('is the number or the address that was typed', () => {
    assert.deepEqual(choose('201', found, undefined), { number: '201' })
    assert.deepEqual(choose(' anna@demo.vaxel.test ', [], undefined), { number: 'anna@demo.vaxel.test' })
    assert.ok(isDialable('+46 (0)8-465 004.01'))
  })

  it('is the first person for a name, and the one that the arrow keys chose', () => {
    assert.deepEqual(choose('ann', found, undefined), { number: '201', name: 'Anna Lindqvist' })
    assert.deepEqual(choose('ann', found, 1), { number: '+46980319258', name: 'Annika Lööf' })
  })

  it('is nobody for a name that nobody has', () => {
    assert.equal(choose('xyz', [], undefined), undefined)
  })
})
