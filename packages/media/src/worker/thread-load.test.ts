import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ThreadLoad } from './thread-load.ts'

/** Lets seconds pass, each with that much waiting and so many datagrams. @returns after which of them it was full */
function through(seconds: readonly (readonly [waitedMs: number, datagrams: number, shed?: number])[]): boolean[] {
  const load = new ThreadLoad(0)
  const work = { waitedMs: 0, datagrams: 0, shed: 0 }
  return seconds.map(([waitedMs, datagrams, shed = 0], second) => {
    work.waitedMs += waitedMs
    work.datagrams += datagrams
    work.shed += shed
    const before = load.isFull
    load.note(second * 1000 + 500, work)
    assert.equal(load.isFull, before, 'a second is looked at as a whole')
    const hasChanged = load.note(second * 1000 + 1000, work)
    assert.equal(hasChanged, load.isFull !== before)
    return load.isFull
  })
}

describe('a media thread', () => {
  it('is full after two seconds with nothing to spare, and no sooner', () => {
    assert.deepEqual(
      through([
        [200, 80_000],
        [10, 95_000],
        [200, 80_000],
        [10, 95_000],
        [0, 99_000],
      ]),
      [false, false, false, false, true],
    )
  })

  it('is full at once when packets had to be dropped', () => {
    assert.deepEqual(through([[100, 90_000, 1]]), [true])
  })

  it('has room again after three seconds with some to spare', () => {
    const full = [0, 99_000, 5] as const
    assert.deepEqual(
      through([full, [200, 80_000], [200, 80_000], [50, 90_000], [200, 80_000], [200, 80_000], [200, 80_000]]),
      [true, true, true, true, true, true, false],
    )
  })

  it('is not full because of a busy machine, with little audio', () => {
    assert.deepEqual(
      through([
        [0, 500],
        [0, 500],
        [0, 500],
      ]),
      [false, false, false],
    )
  })
})
