import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { agentsFor, erlangB, erlangC, linesFor, mostServers, outcomeOf } from './erlang.ts'

const about = (actual: number, expected: number, tolerance = 0.0005): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not about ${expected}`)

describe('Erlang B', () => {
  it('gives the known figures', () => {
    about(erlangB(25, 30), 0.0526)
    // Published tables: 1 % of 5 lines at 1.361 E, of 10 at 4.461 E, of 100 at 84.06 E.
    about(erlangB(1.3608, 5), 0.01, 0.00005)
    about(erlangB(4.4612, 10), 0.01, 0.00005)
    about(erlangB(84.064, 100), 0.01, 0.00005)
    assert.equal(linesFor(84.06, 0.01), 100)
    assert.equal(linesFor(84.2, 0.01), 101)
  })

  it('agrees with the definition by factorials where those can be computed', () => {
    const byDefinition = (a: number, n: number): number => {
      let term = 1
      let sum = 1
      for (let k = 1; k <= n; k += 1) {
        term *= a / k
        sum += term
      }
      return term / sum
    }
    for (const [a, n] of [
      [0.5, 1],
      [3, 4],
      [20, 15],
      [60, 70],
    ] as const)
      about(erlangB(a, n), byDefinition(a, n), 1e-12)
  })

  it('stays a share for ten thousand lines, also far above and far below them', () => {
    for (const erlangs of [1e-9, 1, 9000, 9950, 10_000, 20_000, 1e9]) {
      const blocking = erlangB(erlangs, 10_000)
      assert.ok(blocking >= 0 && blocking <= 1, `${erlangs}: ${blocking}`)
    }
    about(erlangB(20_000, 10_000), 0.5, 0.001)
    about(erlangB(10_000, 10_000), 0.00789, 0.0001)
  })

  it('needs no line for no call, and names none above its limit', () => {
    assert.equal(linesFor(0, 0.01), 0)
    assert.equal(erlangB(0, 0), 0)
    assert.equal(linesFor(mostServers * 2, 0.01), undefined)
  })

  it('refuses nonsense', () => {
    for (const [erlangs, lines] of [
      [-1, 3],
      [Number.NaN, 3],
      [Infinity, 3],
      [3, -1],
      [3, 1.5],
      [3, Number.NaN],
    ] as const)
      assert.throws(() => erlangB(erlangs, lines), RangeError)
    for (const blocked of [0, -0.1, 1.1, Number.NaN]) assert.throws(() => linesFor(3, blocked), RangeError)
  })

  it('never needs fewer lines for more traffic', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (a, more) => linesFor(a + more, 0.01)! >= linesFor(a, 0.01)!,
      ),
    )
  })
})

describe('Erlang C', () => {
  const work = { erlangs: 25, handlingSeconds: 180, withinSeconds: 20 }

  it('gives the known figures', () => {
    about(erlangC(25, 30), 0.25)
    about(outcomeOf(work, 30).serviceLevel, 0.857)
    about(outcomeOf(work, 30).averageWaitSeconds!, 9.0, 0.05)
    about(outcomeOf(work, 30).occupancy, 25 / 30)
  })

  it('finds the fewest agents for a service level', () => {
    const agents = agentsFor(work, 0.8)!
    assert.equal(agents, 30)
    assert.ok(outcomeOf(work, agents).serviceLevel >= 0.8)
    assert.ok(outcomeOf(work, agents - 1).serviceLevel < 0.8)
  })

  it('says that everybody waits where the queue only grows', () => {
    assert.deepEqual(outcomeOf(work, 25), { agents: 25, serviceLevel: 0, waiting: 1, occupancy: 1 })
  })

  it('works for ten thousand agents, and for none', () => {
    const agents = agentsFor({ ...work, erlangs: 9900 }, 0.8)!
    assert.ok(agents > 9900 && agents < 10_100)
    assert.equal(agentsFor({ ...work, erlangs: 0 }, 0.8), 0)
  })

  it('refuses nonsense', () => {
    assert.throws(() => agentsFor(work, 1), RangeError)
    assert.throws(() => agentsFor({ ...work, erlangs: -1 }, 0.8), RangeError)
    assert.throws(() => agentsFor({ ...work, handlingSeconds: 0 }, 0.8), RangeError)
  })
})
