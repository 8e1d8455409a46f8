import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Places } from './places.ts'

/** Connections `192.0.2.n`, each of which notes its number when it is given up. */
function opened(limits: { connections: number; connectionsPerSource: number }) {
  const places = new Places(limits)
  const givenUp: number[] = []
  const admit = (n: number) => places.admit(`192.0.2.${n}`, () => givenUp.push(n))
  return { places, givenUp, admit }
}

describe('the places of connections', () => {
  it('go from the stranger that was quiet longest to the newcomer, who is never refused for strangers', () => {
    const { places, givenUp, admit } = opened({ connections: 3, connectionsPerSource: 3 })
    const [one, two] = [admit(1)!, admit(2)!]
    admit(3)
    one.renew()
    for (const n of [4, 5]) assert.ok(admit(n))
    assert.deepEqual(givenUp, [2, 3])
    assert.equal(places.open, 3)
    // Whoever has no place any more changes nothing.
    two.renew()
    two.leave()
    assert.ok(admit(6))
    assert.deepEqual(givenUp, [2, 3, 1])
    assert.equal(places.open, 3)
  })

  it('are never taken from those who proved something; when all did, the newcomer is refused', () => {
    const { givenUp, admit } = opened({ connections: 2, connectionsPerSource: 2 })
    const [one, two] = [admit(1)!, admit(2)!]
    one.keep()
    one.renew()
    assert.ok(admit(3))
    assert.deepEqual(givenUp, [2])
    const last = admit(4)!
    assert.deepEqual(givenUp, [2, 3])
    last.keep()
    assert.equal(admit(5), undefined)
    two.leave()
    one.leave()
    assert.ok(admit(5))
    assert.deepEqual(givenUp, [2, 3])
  })

  it('are so many of one source, who gets no further one by another being given up', () => {
    const { givenUp, admit } = opened({ connections: 3, connectionsPerSource: 2 })
    assert.ok(admit(1) && admit(1) && admit(2))
    assert.equal(admit(1), undefined)
    assert.deepEqual(givenUp, [])
    assert.ok(admit(2))
    assert.deepEqual(givenUp, [1])
  })

  it('cost the same however many there are: 20,000 newcomers for 20,000 strangers, each in its turn', () => {
    let next = 0
    const places = new Places({ connections: 20_000, connectionsPerSource: 30_000 })
    for (let i = 0; i < 40_000; i++) places.admit(`10.0.${i % 2}.1`, () => assert.equal(next++, i))
    assert.deepEqual([next, places.open], [20_000, 20_000])
  })
})
