import assert from 'node:assert/strict'
import test from 'node:test'
import type { UserId } from '@vaxel/base'
import { randomFacts, SeededRandom } from '@vaxel/testkit'
import type { QueueId } from '../centre.ts'
import type { CentreFact } from '../fact.ts'
import type { WorkItemId } from '../work-item.ts'
import { CentreFold } from './centre-fold.ts'
import { addCounts, type CountedItem, countsOf, noCounts } from './counts.ts'
import { figuresOf } from './definitions.ts'
import { recentMs } from './live-queue.ts'
import { faultsOf } from './reconcile.ts'

function seededRandom(seed: number): () => number {
  const numbers = new SeededRandom(seed)
  return () => numbers.next()
}

const nothing = { items: [], agents: [] }
const fromMs = Date.UTC(2026, 10, 21)

/** What a report finds: each item as it stands, found by looking at all its facts. */
function itemsOf(facts: readonly CentreFact[], afterMs: number) {
  const rows = new Map<
    string,
    { queueId: string; isCounted: boolean; agentId?: string; counted: CountedItem; before: number }
  >()
  for (const fact of facts) {
    if (!('itemId' in fact)) continue
    if (fact.kind === 'work.arrived')
      rows.set(fact.itemId, {
        queueId: fact.queueId,
        isCounted: fact.atMs >= afterMs,
        counted: { missedOffers: 0 },
        before: 0,
      })
    const row = rows.get(fact.itemId)!
    const { counted } = row
    if (fact.kind === 'work.missed' || fact.kind === 'work.offerFailed')
      row.counted = { ...counted, missedOffers: counted.missedOffers + 1 }
    if (fact.kind === 'work.accepted') {
      row.agentId = fact.agentId
      row.counted = { ...counted, outcome: 'answered', waitedMs: fact.waitedMs, isInLevel: fact.isInLevel }
    }
    if (fact.kind === 'work.returned') {
      delete row.agentId
      row.before += fact.handledMs
      row.counted = { missedOffers: counted.missedOffers }
    }
    if (fact.kind === 'work.finished') row.counted = { ...counted, handledMs: row.before + fact.handledMs }
    if (fact.kind === 'work.wrappedUp') row.counted = { ...counted, wrapMs: fact.wrapMs }
    const ended = /^work\.(abandoned|overflowed|messageLeft|moved|closed)$/.exec(fact.kind)
    if (ended && 'waitedMs' in fact)
      row.counted = {
        missedOffers: counted.missedOffers,
        outcome: ended[1] as 'abandoned',
        waitedMs: fact.waitedMs,
        isShort: 'isShort' in fact && fact.isShort,
      }
  }
  return [...rows.values()]
}

test('is the same as a report over the same facts, at every moment, and adds up', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed)
    const facts: CentreFact[] = []
    const fold = new CentreFold(fromMs, nothing)
    for (const fact of randomFacts(random, { fromMs, steps: 300 })) {
      facts.push(fact)
      fold.see(fact)
      if (random() > 0.1) continue
      const items = itemsOf(facts, fromMs)
      for (const queue of fold.queues.values()) {
        const counts = queue.total()
        assert.deepEqual(faultsOf(counts), [])
        const wanted = noCounts()
        for (const item of items) if (item.queueId === queue.id) addCounts(wanted, countsOf(item.counted))
        // Of an item that was given back and waits on, the longest wait is told sooner than by a report.
        assert.deepEqual({ ...counts, longestMs: 0 }, { ...wanted, longestMs: 0 }, `seed ${seed}`)
        assert.ok(counts.longestMs >= wanted.longestMs)
        const waiting = queue.waiting().reduce((sum, { count }) => sum + count, 0)
        assert.equal(waiting, counts.open)
      }
      for (const agent of fold.agents.values()) {
        const answered = items.filter(({ agentId }) => agentId === agent.id)
        assert.equal(agent.today.answered, answered.length)
        const handledMs = answered.reduce((sum, { counted }) => sum + (counted.handledMs ?? 0), 0)
        assert.equal(agent.today.handledMs, handledMs)
      }
    }
  }
})

test('counts a new day from its midnight, and keeps who waits and who works', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const facts = [...randomFacts(seededRandom(seed), { fromMs, steps: 400 })]
    const dayFromMs = facts[Math.floor(facts.length / 2)]!.atMs
    const fold = new CentreFold(fromMs, nothing)
    for (const fact of facts) {
      if (fact.atMs >= dayFromMs && fold.dayFromMs !== dayFromMs) fold.newDay(dayFromMs)
      fold.see(fact)
    }
    const items = itemsOf(facts, dayFromMs)
    for (const queue of fold.queues.values()) {
      const wanted = noCounts()
      for (const item of items)
        if (item.isCounted && item.queueId === queue.id) addCounts(wanted, countsOf(item.counted))
      assert.deepEqual({ ...queue.total(), longestMs: 0 }, { ...wanted, longestMs: 0 })
      const all = items.filter((item) => item.queueId === queue.id && item.counted.outcome === undefined)
      assert.equal(
        queue.waiting().reduce((sum, { count }) => sum + count, 0),
        all.length,
      )
    }
  }
})

test('gives each agent all of the day, in states that add up to it', () => {
  const facts = [...randomFacts(seededRandom(7), { fromMs, steps: 500 })]
  const fold = new CentreFold(fromMs, nothing)
  for (const fact of facts) fold.see(fact)
  const nowMs = facts.at(-1)!.atMs + 5000
  for (const agent of fold.agents.values()) {
    const sum = agent.times(nowMs, fromMs).reduce((ms, time) => ms + time.ms, 0)
    assert.equal(sum, nowMs - fromMs)
  }
})

const queueId = 'queue' as QueueId
const of = (itemId: string, atMs: number) => ({ itemId: itemId as WorkItemId, queueId, channel: 'call' as const, atMs })
const arrived = (itemId: string, atMs: number): CentreFact => ({
  kind: 'work.arrived',
  ...of(itemId, atMs),
  customer: {},
  priority: 5,
  sinceMs: atMs,
  needs: [],
})
const accepted = (itemId: string, atMs: number, waitedMs: number, isInLevel: boolean): CentreFact => ({
  kind: 'work.accepted',
  ...of(itemId, atMs),
  agentId: 'agent' as UserId,
  offerId: 'offer' as never,
  waitedMs,
  askedMs: 0,
  isInLevel,
})

test('tells since when the longest one waits, also after it has gone', () => {
  const fold = new CentreFold(0, nothing)
  fold.see(arrived('a', 1000))
  fold.see(arrived('b', 2000))
  assert.deepEqual(fold.queue(queueId).waiting(), [
    { channel: 'call', count: 2, oldestSinceMs: 1000, oldestItemId: 'a' },
  ])
  fold.see(accepted('a', 3000, 2000, true))
  assert.deepEqual(fold.queue(queueId).waiting(), [
    { channel: 'call', count: 1, oldestSinceMs: 2000, oldestItemId: 'b' },
  ])
})

test('has a service level of now that forgets what is a quarter of an hour ago', () => {
  const fold = new CentreFold(0, nothing)
  fold.see(arrived('a', 0))
  fold.see(arrived('b', 0))
  fold.see(accepted('a', 1000, 1000, true))
  fold.see(accepted('b', 61_000, 61_000, false))
  assert.deepEqual(fold.queue(queueId).recent(), { inLevel: 1, counted: 2 })
  fold.takeChanges()
  fold.timePassed(1000 + recentMs)
  assert.deepEqual(fold.queue(queueId).recent(), { inLevel: 0, counted: 1 })
  assert.deepEqual(fold.takeChanges().queues, [queueId])
  fold.timePassed(1001 + recentMs)
  assert.deepEqual(fold.takeChanges().queues, [])
})

test('leaves who left at once out of the service level, and says nothing of nothing', () => {
  const counts = { ...noCounts(), arrived: 10, answered: 6, inLevel: 4, abandoned: 4, short: 2, waitedMs: 60_000 }
  assert.deepEqual(figuresOf(counts), {
    serviceLevel: 0.5,
    answeredShare: 0.75,
    averageWaitMs: 10_000,
    averageHandlingMs: undefined,
    averageWrapMs: undefined,
  })
  assert.equal(figuresOf(noCounts()).serviceLevel, undefined)
})

test('says what does not add up', () => {
  assert.deepEqual(faultsOf({ ...noCounts(), arrived: 2, answered: 1, inLevel: 2 }), [
    '2 arrived, but 1 became something',
    '2 were answered in time, but only 1 at all',
  ])
})
