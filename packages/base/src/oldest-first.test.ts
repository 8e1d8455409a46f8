import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { OldestFirst } from './oldest-first.ts'

describe('OldestFirst', () => {
  it('is what a Map is, whatever is done in whatever order', () => {
    const step = fc.tuple(fc.constantFrom('set', 'renew', 'delete', 'forget'), fc.nat({ max: 8 }), fc.nat())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const map = new OldestFirst<number, number>()
        const model = new Map<number, number>()
        for (const [what, key, value] of steps) {
          const oldest = model.keys().next().value
          if (what === 'renew') model.delete(key)
          if (what === 'set') map.set(key, value)
          if (what === 'renew') map.renew(key, value)
          if (what === 'set' || what === 'renew') model.set(key, value)
          if (what === 'delete') equal(map.delete(key), model.delete(key))
          if (what === 'forget' && oldest !== undefined) equal(map.delete(map.oldest!), model.delete(oldest))
          deepEqual([...map.entries()], [...model])
          equal(map.oldest, model.keys().next().value)
          equal(map.size, model.size)
          equal(map.get(key), model.get(key))
        }
      }),
    )
  })

  it('lets an entry be deleted while it is given', () => {
    const map = new OldestFirst<string, number>()
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    const given: string[] = []
    for (const [key] of map.entries()) {
      given.push(key)
      map.delete(key)
    }
    deepEqual(given, ['a', 'b', 'c'])
    equal(map.size, 0)
  })
})
