import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Asked, type FileKind, hasRoom, LoadMeter } from './room.ts'

const asked: Asked = {
  kind: 'easy',
  running: ['easy', 'easy'],
  lately: { idleRatio: 0.6, easyRatio: 0 },
  usual: 2,
  most: 4,
}
const busy = { idleRatio: 0, easyRatio: 0 }
const kinds: readonly FileKind[] = ['easy', 'careful', 'measuring', 'alone']

describe('room for one more test file', () => {
  it('is always there below the usual number', () => {
    for (const kind of ['easy', 'careful', 'measuring'] as const)
      assert.equal(hasRoom({ ...asked, kind, running: ['careful'], lately: busy }), true)
  })
  it('is for what gives way where processors are idle, up to the most', () => {
    const running: readonly FileKind[] = ['careful', 'careful', 'easy', 'easy']
    const rooms = [2, 3, 4].map((count) =>
      [0.1, 0.4].map((idleRatio) =>
        hasRoom({ ...asked, running: running.slice(0, count), lately: { idleRatio, easyRatio: 0.3 } }),
      ),
    )
    assert.deepEqual(rooms, [
      [false, true],
      [false, true],
      [false, false],
    ])
  })
  it('is for what does not give way also on processors that only others keep busy that do', () => {
    const room = (running: readonly FileKind[], easyRatio: number) =>
      hasRoom({ ...asked, kind: 'careful', running, lately: { idleRatio: 0.1, easyRatio } })
    assert.equal(room(['careful', 'easy', 'easy'], 0), true)
    assert.equal(room(['careful', 'careful', 'easy'], 0.4), true)
    assert.equal(room(['careful', 'careful', 'easy'], 0.2), false)
    assert.equal(room(['careful', 'careful', 'careful'], 0.9), false)
    assert.equal(room(['careful', 'easy', 'easy', 'easy'], 0.9), false)
  })
  it('is none beyond the usual number when something measures', () => {
    assert.equal(hasRoom({ ...asked, kind: 'measuring' }), false)
    assert.equal(hasRoom({ ...asked, running: ['measuring', 'easy'] }), false)
    assert.equal(hasRoom({ ...asked, running: ['measuring'], lately: busy }), true)
  })
  it('is for nothing beside what bears no neighbour', () => {
    for (const kind of kinds) assert.equal(hasRoom({ ...asked, kind, running: ['alone'] }), false)
    assert.deepEqual(
      [[], ['easy'] as const].map((running) => hasRoom({ ...asked, kind: 'alone', running })),
      [true, false],
    )
  })
  it('is none beyond the usual number where that is the most', () => {
    assert.equal(hasRoom({ ...asked, most: 2 }), false)
  })
  it('reads what the processors did as parts between 0 and 1', () => {
    const { idleRatio, easyRatio } = new LoadMeter().read()
    for (const ratio of [idleRatio, easyRatio]) assert.ok(ratio >= 0 && ratio <= 1, String(ratio))
  })
})
