import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Asked, hasRoom, IdleMeter } from './room.ts'

const asked: Asked = {
  running: 2,
  isCareful: false,
  isMeasuring: false,
  isAlone: false,
  idleRatio: 0.6,
  usual: 2,
  most: 4,
}

describe('room for one more test file', () => {
  it('is always there below the usual number', () => {
    assert.equal(hasRoom({ ...asked, running: 1, isCareful: true, idleRatio: 0 }), true)
  })
  it('is beyond it only where processors are idle, up to the most', () => {
    const rooms = [2, 3, 4].map((running) => [0.1, 0.4].map((idleRatio) => hasRoom({ ...asked, running, idleRatio })))
    assert.deepEqual(rooms, [
      [false, true],
      [false, true],
      [false, false],
    ])
  })
  it('is for one more only when something careful runs', () => {
    assert.deepEqual(
      [2, 3].map((running) => hasRoom({ ...asked, running, isCareful: true })),
      [true, false],
    )
    assert.equal(hasRoom({ ...asked, isCareful: true, idleRatio: 0.35 }), false)
  })
  it('is none beyond the usual number when something measures', () => {
    assert.equal(hasRoom({ ...asked, isMeasuring: true, idleRatio: 1 }), false)
    assert.equal(hasRoom({ ...asked, running: 1, isMeasuring: true, idleRatio: 0 }), true)
  })
  it('is for nothing beside what bears no neighbour', () => {
    assert.deepEqual(
      [0, 1].map((running) => hasRoom({ ...asked, running, isAlone: true, idleRatio: 1 })),
      [true, false],
    )
  })
  it('is none beyond the usual number where that is the most', () => {
    assert.equal(hasRoom({ ...asked, most: 2, idleRatio: 1 }), false)
  })
  it('reads idleness between 0 and 1', () => {
    const ratio = new IdleMeter().read()
    assert.ok(ratio >= 0 && ratio <= 1, String(ratio))
  })
})
