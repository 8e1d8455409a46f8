import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { QueueId } from '../centre.ts'
import { aCentre, aQueue, monday } from '../dispatcher/world.test-support.ts'
import type { CentreFact } from '../fact.ts'
import { figuresOf } from '../figures/definitions.ts'
import { makeChance } from '../simulator/chance.ts'
import { DayFigures } from '../simulator/day-figures.ts'
import { makeDay } from '../simulator/make-day.ts'
import { simulateDay } from '../simulator/simulate-day.ts'
import { PastDay } from './past-day.ts'
import { Patience } from './patience.ts'
import { replayDay, type ReplayChanges } from './replay-day.ts'

const q = (id: string) => id as QueueId
const intervalMs = 1_800_000
const queues = [aQueue('a', { wrapUp: { seconds: 60, needsCode: false } }), aQueue('b')]
const centre = aCentre({
  queues,
  agents: Array.from({ length: 16 }, (_, n) => ({ id: `a${n}`, queues: n < 12 ? ['a'] : ['a', 'b'] })),
})
const traffic = [
  { queueId: q('a'), perHour: 270, handlingSeconds: 180, wrapSeconds: 20, patienceSeconds: 180 },
  { queueId: q('b'), perHour: 20, handlingSeconds: 120, patienceSeconds: 180 },
]

function ended<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Facts of a day, made by the simulator: the ledger of a centre that never was. */
function pastFacts(): readonly CentreFact[] {
  const facts: CentreFact[] = []
  const plan = makeDay({ seed: 8, centre, traffic, fromMs: monday, hours: 5, answerMs: 4000 })
  ended(simulateDay(plan, { fact: (fact) => facts.push(fact) }))
  return facts
}

const past = pastFacts()

function replay(changes: ReplayChanges) {
  const bounds = { fromMs: monday, toMs: monday + 5 * 3_600_000 }
  const day = new PastDay(bounds)
  const was = new DayFigures({ ...bounds, intervalMs })
  for (const fact of past) {
    day.see(fact)
    was.see(fact)
  }
  return ended(replayDay({ day, was, centre, timeZone: 'UTC', intervalMs, changes }))
}

describe('a day once more', () => {
  it('comes out as it was when nothing is changed', () => {
    const { queues: replayed, agentsThen, agentsNow } = replay({})
    assert.deepEqual([agentsThen, agentsNow], [16, 16])
    const [a] = replayed
    assert.equal(a?.queueId, 'a')
    assert.equal(a.simulated.arrived, a.was.arrived)
    const [was, simulated] = [figuresOf(a.was), figuresOf(a.simulated)]
    assert.ok(
      Math.abs(was.serviceLevel! - simulated.serviceLevel!) < 0.05,
      `${was.serviceLevel} ${simulated.serviceLevel}`,
    )
    assert.ok(
      Math.abs(was.averageWaitMs! - simulated.averageWaitMs!) < 5000,
      `${was.averageWaitMs} ${simulated.averageWaitMs}`,
    )
    assert.equal(a.intervals.length, 10)
    assert.ok(a.intervals[4]!.erlang!.load > 10)
  })

  it('lets fewer wait with two agents more, and more with four fewer', () => {
    const before = figuresOf(replay({}).queues[0]!.simulated).serviceLevel!
    const more = replay({ agents: 2, queueId: q('a') })
    const fewer = replay({ agents: -4 })
    assert.equal(more.agentsNow, 18)
    assert.equal(fewer.agentsNow, 12)
    assert.deepEqual(
      more.queues.map(({ queueId }) => queueId),
      ['a'],
    )
    assert.ok(figuresOf(more.queues[0]!.simulated).serviceLevel! > before + 0.05)
    assert.ok(figuresOf(fewer.queues[0]!.simulated).serviceLevel! < before - 0.1)
    assert.deepEqual(more.queues[0]!.was, fewer.queues[0]!.was, 'what was stays what was')
  })

  it('measures by another promise, and in another centre', () => {
    const strict = replay({ level: { seconds: 5, percent: 90 } }).queues[0]!
    const lax = replay({ level: { seconds: 120, percent: 90 } }).queues[0]!
    assert.ok(strict.simulated.inLevel < lax.simulated.inLevel)
    assert.deepEqual(strict.level, { seconds: 5, percent: 90 })
    const draft = { ...centre, queues: [aQueue('a', { mostWaiting: 0 }), aQueue('b')] }
    const full = replay({ centre: draft }).queues[0]!
    assert.ok(full.simulated.overflowed > 60, `${full.simulated.overflowed} heard that all lines are busy`)
    assert.equal(full.unchanged.overflowed, 0)
  })
})

describe('patience', () => {
  it('is longer than that of those who were seen to leave, by those who were answered first', () => {
    const chance = makeChance(1)
    const wanted = Array.from({ length: 4000 }, () => chance.exponential(100))
    const answered = Array.from({ length: 4000 }, () => chance.exponential(60))
    const left = wanted.filter((ms, at) => ms <= answered[at]!)
    const served = answered.filter((ms, at) => ms < wanted[at]!)
    const patience = new Patience(left, served)
    const drawn = Array.from({ length: 4000 }, () => patience.beyond(0, chance)).toSorted((a, b) => a - b)
    const [median] = drawn.slice(2000)
    assert.ok(Math.abs(median! - 100 * Math.log(2)) < 8, `${median}`)
    assert.ok(patience.beyond(50, chance) >= 50)
  })

  it('has no end where nobody left', () => {
    assert.equal(new Patience([], [1, 2]).beyond(0, makeChance(1)), Infinity)
  })
})
