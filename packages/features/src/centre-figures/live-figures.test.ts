import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, isRefusal, silentLogger, type UserId } from '@vaxel/base'
import { type CentreFact, emptyCentre, type Notice, type NumberedEvent, type QueueId } from '@vaxel/core'
import { randomFacts, SeededRandom, VirtualClock } from '@vaxel/testkit'
import { LiveFigures } from './live-figures.ts'

const companyId = 'company' as CompanyId
const startMs = Date.UTC(2026, 10, 21, 9)
const queueIds = ['queue-0', 'queue-1', 'queue-2'] as QueueId[]
const agentIds = ['agent-0', 'agent-1', 'agent-2', 'agent-3'] as UserId[]

function factsOf(seed: number, steps: number): readonly NumberedEvent[] {
  const numbers = new SeededRandom(seed)
  const facts = [...randomFacts(() => numbers.next(), { fromMs: startMs, steps, stepMs: 2000 })]
  return facts.map(({ kind, atMs, ...data }: CentreFact, i) => ({ kind, atMs, companyId, data, number: i + 1 }))
}

/** A company whose past is read piece by piece, as slowly as a test wants. */
function world(past: () => readonly NumberedEvent[]) {
  const clock = new VirtualClock(startMs)
  const told: Notice[] = []
  let tell: (events: readonly NumberedEvent[]) => void = () => {}
  let goOn: () => void = () => {}
  let isSlow = false
  const centre = {
    ...emptyCentre,
    queues: queueIds.map((id) => ({ id, name: id, channels: ['call'], serviceLevel: { seconds: 20, percent: 80 } })),
    agents: agentIds.map((userId) => ({ userId, queues: [], skills: [] })),
  } as never
  const live = new LiveFigures({
    clock,
    log: silentLogger,
    directory: {
      version: 1,
      company: () => ({ id: companyId, name: 'C', country: 'SE', timeZone: 'UTC', limits: {}, emergencyNumbers: [] }),
      user: () => undefined,
      usersOf: () => [
        { id: 'boss', role: 'supervisor' },
        { id: 'agent-0', role: 'user' },
      ],
    } as never,
    centres: { published: () => ({ centre }), all: () => [{ companyId }] } as never,
    work: {
      facts: async (_, fromMs, toMs, take) => {
        const found = past().filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
        take(found)
        if (isSlow) await new Promise<void>((resolve) => (goOn = resolve))
      },
    },
    figures: { standing: async () => ({ items: [], agents: [] }) },
    feed: {
      subscribe: (listener) => {
        tell = listener
        return () => {}
      },
    },
    notices: { publish: (notice) => void told.push(notice) },
    desk: { queueState: () => ({ isOpen: true, isByHand: false }) },
  })
  return {
    clock,
    live,
    told,
    tell: (...events: NumberedEvent[]) => tell(events),
    slow: () => (isSlow = true),
    goOn: () => goOn(),
  }
}
const nowOf = async (live: LiveFigures) => {
  const now = await live.now(companyId)
  assert.ok(!isRefusal(now))
  return now
}
const state = async (live: LiveFigures) => {
  const { queues, agents, asOf } = await nowOf(live)
  return { queues, agents, asOf }
}

describe('figures of now', () => {
  it('are the same after a restart at any moment, with entries that come while the past is read', async () => {
    for (let seed = 1; seed <= 15; seed++) {
      const events = factsOf(seed, 200)
      const whole = world(() => [])
      await whole.live.start()
      whole.tell(...events)
      const cut = Math.floor((events.length * seed) / 16)
      const anew = world(() => events.slice(0, cut))
      anew.slow()
      const started = anew.live.start()
      await new Promise((resolve) => setImmediate(resolve))
      // The last ones of the past are told again by the feed: each counts once.
      anew.tell(...events.slice(Math.max(0, cut - 5), cut + 10))
      anew.goOn()
      await started
      anew.tell(...events.slice(cut + 10))
      whole.clock.advance(0)
      assert.deepEqual(await state(anew.live), await state(whole.live), `seed ${seed}`)
      whole.live.close()
      anew.live.close()
    }
  })

  it('are told at once, then gathered, and what was told last is what a new screen gets', async () => {
    const { live, told, tell, clock } = world(() => [])
    await live.start()
    const events = factsOf(3, 300)
    tell(events[0]!)
    assert.equal(told.length, 1)
    assert.deepEqual(told[0]!.to, ['boss'])
    for (const event of events.slice(1, 50)) tell(event)
    assert.equal(told.length, 1)
    clock.advance(99)
    assert.equal(told.length, 1)
    clock.advance(1)
    assert.equal(told.length, 2)
    tell(...events.slice(50))
    clock.advance(100)
    const last = new Map<string, unknown>()
    for (const { data } of told)
      for (const one of [...(data.queues as { queueId: string }[]), ...(data.agents as { agentId: string }[])])
        last.set('queueId' in one ? one.queueId : (one as { agentId: string }).agentId, one)
    const { queues, agents } = await nowOf(live)
    for (const { id, now } of queues) assert.deepEqual(last.get(id), now)
    for (const { id, now } of agents) if (last.has(id)) assert.deepEqual(last.get(id), now)
    assert.equal(told.at(-1)!.data.asOf, events.at(-1)!.number)
    live.close()
    assert.equal(clock.waiting, 0)
  })

  for (const byMs of [3_600_000, -3_600_000])
    it(`go on as they run when somebody sets the clock ${byMs > 0 ? 'forward' : 'back'} by an hour`, async () => {
      const { live, told, tell, clock } = world(() => [])
      await live.start()
      const arrived = (number: number, itemId: string): NumberedEvent => ({
        kind: 'work.arrived',
        number,
        companyId,
        atMs: clock.now(),
        data: {
          itemId,
          queueId: 'queue-0',
          channel: 'call',
          sinceMs: clock.now(),
          customer: {},
          priority: 5,
          needs: [],
        },
      })
      const spell = { agentId: 'agent-0', from: 'notReady', to: 'ready', forMs: 0 }
      tell(arrived(1, 'first'), { kind: 'agent.stateChanged', number: 2, companyId, atMs: clock.now(), data: spell })
      clock.advance(60_000)
      const before = told.length
      clock.setWallClock(byMs)
      clock.advance(1000)
      assert.ok(told.length > before, 'screens are told without being asked')
      const waits = async () => {
        const { at, queues, agents } = await nowOf(live)
        const since = queues[0]!.now.waiting[0]!.oldestSince
        return [since, agents[0]!.now.since].map((text) => Math.round((Date.parse(at) - Date.parse(text)) / 1000))
      }
      assert.deepEqual(await waits(), [61, 61])
      tell(arrived(3, 'second'))
      clock.advance(9000)
      assert.deepEqual(await waits(), [70, 70])
      const { queues } = await nowOf(live)
      assert.equal(queues[0]!.now.waiting[0]!.count, 2)
      assert.equal(queues[0]!.now.waiting[0]!.oldestItemId, 'first')
      // At once, too: a screen that begins in the very moment.
      clock.setWallClock(byMs)
      assert.deepEqual(await waits(), [70, 70])
      live.close()
    })

  it('turn to the next day by the clock, and tell of it', async () => {
    const { live, told, tell, clock } = world(() => [])
    await live.start()
    tell(...factsOf(4, 100))
    clock.advance(15 * 3_600_000)
    const { day, queues } = await nowOf(live)
    assert.equal(day, '2026-11-22')
    assert.ok(queues.every(({ now }) => now.counts.arrived === 0))
    assert.equal(told.at(-1)!.data.day, '2026-11-22')
    live.close()
  })

  it('are read anew when the wall clock is set back to another day', async () => {
    const events = factsOf(5, 100)
    const { live, tell, clock } = world(() => events)
    await live.start()
    clock.setWallClock(24 * 3_600_000)
    clock.advance(2000)
    assert.equal((await nowOf(live)).queues[0]!.now.counts.arrived, 0)
    clock.setWallClock(-24 * 3_600_000)
    clock.advance(2000)
    await new Promise((resolve) => setImmediate(resolve))
    const whole = world(() => [])
    await whole.live.start()
    whole.tell(...events)
    tell()
    assert.deepEqual((await state(live)).queues, (await state(whole.live)).queues)
    live.close()
    whole.live.close()
  })

  it('are refused while the database does not say what today has brought', async () => {
    let isAway = true
    const { live, clock } = world(() => {
      if (isAway) throw new Error('the database is away')
      return []
    })
    await live.start()
    const now = await live.now(companyId)
    assert.ok(isRefusal(now) && now.code === 'CENTRE_AWAY')
    isAway = false
    clock.advance(5000)
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal((await nowOf(live)).day, '2026-11-21')
    live.close()
  })
})
