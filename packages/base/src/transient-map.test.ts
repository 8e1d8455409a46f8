import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { OldestFirst } from './oldest-first.ts'
import { TransientMap } from './transient-map.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void

describe('TransientMap', () => {
  it('is what a Map is, whatever is done in whatever order', () => {
    const step = fc.tuple(fc.constantFrom('set', 'delete', 'clear'), fc.nat({ max: 8 }), fc.nat())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const map = new TransientMap<number, number>()
        const model = new Map<number, number>()
        for (const [what, key, value] of steps) {
          if (what === 'set') equal(map.set(key, value), map)
          if (what === 'set') model.set(key, value)
          if (what === 'delete') equal(map.delete(key), model.delete(key))
          if (what === 'clear' && value % 5 === 0) {
            map.clear()
            model.clear()
          }
          equal(map.size, model.size)
          equal(map.get(key), model.get(key))
          equal(map.has(key), model.has(key))
        }
        deepEqual([...map], [...model])
        deepEqual([...map.keys()], [...model.keys()])
        deepEqual([...map.values()], [...model.values()])
        const told: unknown[] = []
        map.forEach((value, key) => told.push([key, value]))
        deepEqual(told, [...model])
      }),
    )
  })

  it('lets an entry be deleted while it is given', () => {
    const map = new TransientMap<string, number>().set('a', 1).set('b', 2).set('c', 3)
    const given: number[] = []
    for (const [key, value] of map) {
      given.push(value)
      map.delete(key)
    }
    deepEqual(given, [1, 2, 3])
    equal(map.size, 0)
  })

  it('keeps nothing of what was deleted when only the young are collected, as a Map does', () => {
    const [map, plain] = [survivors(new TransientMap<number, object>()), survivors(new Map<number, object>())]
    ok(map < 1_000_000, `${map} bytes grew old in it`)
    const ordered = survivors(new OldestFirst<number, object>())
    ok(ordered < 1_000_000, `${ordered} bytes grew old in one that finds its oldest`)
    ok(plain > 1_500_000, `a Map kept ${plain} bytes only: it may do now`)
  })
})

/** Bytes that grow old while 3,000 things of some 4 KB come and go, five at a time, in a map that was made long before. */
function survivors(map: { set(key: number, value: object): unknown; delete(key: number): boolean }): number {
  const collectSome = (times: number): void => {
    for (let i = 0; i < times; i++) collect({ type: 'minor' })
  }
  collectSome(4)
  // Nothing that was there before may go meanwhile.
  collect({ type: 'major' })
  const before = oldBytes()
  for (let i = 0; i < 3_000; i++) {
    map.set(i, { made: new Array<number>(500).fill(i) })
    map.delete(i - 5)
    if (i % 100 === 99) collectSome(1)
  }
  collectSome(2)
  return oldBytes() - before
}

function oldBytes(): number {
  const old = getHeapSpaceStatistics().find((space) => space.space_name === 'old_space')
  return old?.space_used_size ?? 0
}
