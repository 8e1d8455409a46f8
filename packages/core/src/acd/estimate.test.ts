import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { QueueId } from './centre.ts'
import { aCentre, aQueue, monday, World } from './dispatcher/world.test-support.ts'
import { estimate, estimateOf } from './estimate.ts'
import { makeDay } from './simulator/make-day.ts'
import { simulateDay } from './simulator/simulate-day.ts'
import type { WorkItemId } from './work-item.ts'

const q = (id: string) => id as QueueId
const queue = (id: string) => aQueue(id, { wrapUp: { seconds: 60, needsCode: false } })
const people = (count: number, queues: (n: number) => readonly string[]) =>
  Array.from({ length: count }, (_, n) => ({ id: `a${n}`, queues: queues(n) }))

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** What was told at the door of a busy day, beside what was then waited. */
function toldAndWaited(plan: Parameters<typeof simulateDay>[0]) {
  const told = new Map<WorkItemId, number | undefined>()
  const pairs: { readonly toldMs: number; readonly waitedMs: number }[] = []
  let newest: WorkItemId | undefined
  const day = simulateDay(plan, {
    fact: (fact) => {
      if (fact.kind === 'work.arrived') newest = fact.itemId
      if (fact.kind !== 'work.accepted') return
      const toldMs = told.get(fact.itemId)
      if (toldMs !== undefined) pairs.push({ toldMs, waitedMs: fact.waitedMs })
    },
    step: (state, nowMs) => {
      if (newest && state.items.get(newest)?.state === 'waiting')
        told.set(newest, estimate(state, newest, nowMs)?.expectedMs)
      newest = undefined
    },
  })
  for (; !day.next().done; );
  return pairs
}

describe('the estimated wait', () => {
  it('of a caller counts no mails, however old they are', () => {
    const world = new World(aCentre({ queues: [aQueue('q', { mostWaiting: 2 })], agents: [{ id: 'anna' }] }))
    for (const id of ['m1', 'm2', 'm3']) world.mail(id)
    world.call('c1')
    assert.deepEqual(estimate(world.state, world.itemId('c1'), world.nowMs), { position: 1, waiting: 1 })
    assert.deepEqual(estimateOf(world.state, q('q'), world.nowMs, 'mail'), { position: 4, waiting: 3 })
  })

  it('is off by less than two fifths for half of the callers of a day with too few agents', () => {
    const days = [
      {
        agents: people(12, () => ['a']),
        traffic: [{ queueId: q('a'), perHour: 270, handlingSeconds: 180, wrapSeconds: 15, patienceSeconds: 240 }],
      },
      {
        agents: people(20, (n) => (n < 5 ? ['a'] : n < 10 ? ['b'] : ['a', 'b'])),
        traffic: [
          { queueId: q('a'), perHour: 200, handlingSeconds: 180, wrapSeconds: 15, patienceSeconds: 300 },
          { queueId: q('b'), perHour: 150, handlingSeconds: 240, patienceSeconds: 300 },
        ],
      },
    ]
    for (const { agents, traffic } of days) {
      const centre = aCentre({ queues: [queue('a'), queue('b')], agents })
      const plan = makeDay({ seed: 3, centre, traffic, fromMs: monday, hours: 12, answerMs: 3000 })
      const pairs = toldAndWaited(plan)
      assert.ok(pairs.length > 1000, `${pairs.length} waited`)
      const off = middle(pairs.map(({ toldMs, waitedMs }) => Math.abs(toldMs - waitedMs) / Math.max(waitedMs, 10_000)))
      assert.ok(off < 0.4, `off by ${off}`)
      const mean = (of: (pair: (typeof pairs)[number]) => number) =>
        pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
      const lean = mean(({ toldMs }) => toldMs) / mean(({ waitedMs }) => waitedMs)
      assert.ok(lean > 0.85 && lean < 1.15, `says ${lean} of what is waited`)
    }
  })

  it('is not told when nobody can know: no agent at work, nobody served yet', () => {
    const world = new World(aCentre({ queues: [queue('q')], agents: [{ id: 'anna' }] }))
    world.call('c1')
    world.call('c2')
    assert.deepEqual(estimate(world.state, world.itemId('c2'), world.nowMs), { position: 2, waiting: 2 })
    world.ready('anna')
    world.accept('c1')
    assert.deepEqual(estimateOf(world.state, q('q'), world.nowMs), { position: 2, waiting: 1 })
    world.after(100_000)
    world.finish('c1')
    world.after(60_000)
    world.accept('c2')
    assert.deepEqual(estimateOf(world.state, q('q'), world.nowMs), { position: 1, waiting: 0, expectedMs: 160_000 })
    world.after(25 * 3_600_000)
    assert.equal(estimateOf(world.state, q('q'), world.nowMs).expectedMs, undefined, 'yesterday says nothing')
    assert.equal(estimate(world.state, world.itemId('c2'), world.nowMs), undefined, 'who does not wait')
  })

  it('knows a place by priority and age, and sends away whom it would keep for too long', () => {
    const to = { kind: 'message' as const }
    const overflow = { closed: to, full: to, tooLong: { estimateSeconds: 120, to } }
    const world = new World(aCentre({ queues: [aQueue('q', { overflow })], agents: [{ id: 'anna' }] }))
    world.ready('anna')
    for (const id of ['c1', 'c2']) {
      world.call(id)
      world.accept(id)
      world.after(90_000)
      world.finish(id)
      world.after(10_000)
    }
    world.call('c3')
    world.accept('c3')
    world.call('c4', { priority: 3 })
    world.send({ kind: 'priorityChanged', itemId: world.itemId('c4'), priority: 7, by: world.userId('boss') })
    assert.equal(estimate(world.state, world.itemId('c4'), world.nowMs)?.position, 1)
    world.call('c5')
    assert.equal(world.fact('work.overflowed').why, 'estimate')
    assert.equal(world.item('c5'), undefined)
  })
})
