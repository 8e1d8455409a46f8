import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CentreFold, faultsOf, type WorkItemId } from '@vaxel/core'
import { SeededRandom } from '@vaxel/testkit/seeded-random'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { anna, begin, bo, boss, centre, companyId, makeStore, own, queueId } from './centre.test-support.ts'
import { centreFaultsOf } from './ledger-faults.test-support.ts'

const seeds = 60
const steps = 150

type World = Awaited<ReturnType<typeof begin<VirtualClock>>>

/** A day in which everything goes wrong: a database that comes and goes, a server that is killed, a clock that is set. */
class BadDay {
  readonly #random: SeededRandom
  readonly #clock = new VirtualClock()
  readonly work = makeStore()
  world!: World

  constructor(seed: number) {
    this.#random = new SeededRandom(seed)
  }

  async begin(): Promise<void> {
    this.world = await begin(this.#clock, { work: this.work })
    const { works, clock } = this.world
    works.provide('call', {
      offer: (_offer, signal) =>
        new Promise((resolve) => {
          const kind = this.#pick(['accepted', 'accepted', 'missed', 'failed', 'gone'] as const)
          const timer = clock.startTimer(this.#random.between(0, 25_000), () =>
            resolve(kind === 'failed' ? { kind, why: 'unreachable' } : { kind }),
          )
          signal.addEventListener('abort', () => timer.stop())
        }),
    })
  }

  async step(): Promise<void> {
    const { desk, works, clock } = this.world
    const userId = this.#pick([anna, bo])
    const itemId = this.#pick([...this.#items(), 'none' as WorkItemId])
    const acts: readonly (() => unknown)[] = [
      () => works.add({ companyId, queueId, channel: 'call', customer: { number: '+46701' } }),
      () =>
        works.add({ companyId, queueId, channel: 'mail', customer: {}, reference: `m${this.#random.between(1, 9)}` }),
      () => desk.logIn(own(userId), userId),
      () => desk.ready(own(userId), userId),
      () => desk.notReady(own(userId), userId, 'lunch'),
      () => desk.logOff(own(userId), userId),
      () => {
        const [offer] = desk.agent(companyId, userId)?.offers ?? []
        return offer && desk.answerOffer(own(userId), offer.id, this.#random.next() < 0.7)
      },
      () => works.left(companyId, itemId),
      () => works.finished(companyId, itemId, 'agent'),
      () => works.returned(companyId, itemId, 'lineLost'),
      () => works.wishCallBack(companyId, itemId, '+46709'),
      () => desk.keepAside(own(userId), itemId),
      () => desk.resume(own(userId), itemId),
      () => desk.wrapUp(own(userId), itemId, {}),
      () => desk.move(boss, itemId, queueId),
      () => desk.take(own(userId), itemId),
      () => void (this.work.isAway = this.#random.next() < 0.4),
      () => void (this.work.losesAnswers = this.#random.next() < 0.4),
      () => clock.setWallClock(this.#pick([3_600_000, -3_600_000, 500])),
      () => this.#random.next() < 0.3 && this.#kill(),
    ]
    void this.#pick(acts)()
    await clock.advanceAsync(this.#pick([0, 0, 50, 1000, 5000, 30_000]))
  }

  /** As a crash: what is in memory alone is lost. */
  async #kill(): Promise<void> {
    this.world.centres.close()
    this.work.isAway = false
    await this.begin()
  }

  /** The database is well, everybody goes home, and what waits is closed. */
  async end(): Promise<void> {
    this.work.isAway = false
    this.work.losesAnswers = false
    const { desk, works, clock } = this.world
    await clock.advanceAsync(60_000)
    for (let round = 0; round < 4; round++) {
      for (const userId of [anna, bo]) await desk.logOff(boss, userId)
      for (const itemId of this.#items()) {
        await works.returned(companyId, itemId, 'test')
        await works.closeItem(companyId, itemId, 'closed')
      }
      await clock.advanceAsync(60_000)
    }
  }

  #items(): WorkItemId[] {
    return [...(this.world.centres.owner(companyId)?.state.items.keys() ?? [])]
  }

  #pick<T>(of: readonly T[]): T {
    return of[this.#random.between(0, of.length - 1)]!
  }
}

describe('a contact centre on bad days', () => {
  it(`loses nothing, does nothing twice, and lets nobody be stuck: ${seeds} days by chance`, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const day = new BadDay(seed)
      await day.begin()
      for (let step = 0; step < steps; step++) await day.step()
      await day.end()
      const { state } = day.world.centres.owner(companyId)!
      const of = `seed ${seed}`
      assert.deepEqual([state.items.size, state.pending.size, day.work.claims.size], [0, 0, 0], of)
      assert.deepEqual(
        day.world.desk.agents(companyId).map((agent) => agent.state),
        centre.agents.map(() => 'loggedOff'),
        of,
      )
      assert.deepEqual(centreFaultsOf(day.work.facts), [], of)
      const fold = new CentreFold(0, { items: [], agents: [] })
      for (const fact of day.work.facts) fold.see(fact)
      for (const counts of fold.queue(queueId).today.values()) assert.deepEqual(faultsOf(counts), [], of)
      for (const agent of fold.agents.values()) assert.deepEqual([agent.asked, agent.items.size], [0, 0], of)
    }
  })
})
