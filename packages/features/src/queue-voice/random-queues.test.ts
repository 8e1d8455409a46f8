import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AgentLine, WorkItemId } from '@vaxel/core'
import { SeededRandom } from '@vaxel/testkit'
import { QueueWorld } from '@vaxel/testkit/calls/queue-world'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'

const mobile = '+46701740605'
const ends = ['finished', 'abandoned', 'overflowed', 'messageLeft', 'closed', 'moved']

/** People who do anything at any moment: customers, agents at telephones here and outside, a supervisor. */
class Anything {
  readonly world: QueueWorld
  readonly #random: SeededRandom
  readonly #calls: PhoneCall[] = []
  readonly #callers: readonly ServicePhone[]
  readonly #agents: readonly ServicePhone[]

  constructor(world: QueueWorld, seed: number) {
    this.world = world
    this.#random = new SeededRandom(seed)
    const { carrier } = world.trunk()
    world.ledger.delayMs = this.#of([0, 0, 5, 300])!
    const engineDelayMs = this.#of([0, 0, 3, 40])!
    if (engineDelayMs > 0)
      world.engine.before = () =>
        new Promise((resolve) => void world.clock.startTimer(this.#random.between(0, engineDelayMs), resolve))
    const later = (phone: ServicePhone): ServicePhone => {
      phone.onCall = (call) => call.ring()
      return phone
    }
    this.#callers = [world.phone('201'), world.phone('204')].map(later)
    this.#agents = [world.phone('202'), world.phone('203'), carrier].map(later)
  }

  #of<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.#random.next() * all.length)]
  }

  #by(name: string) {
    return { companyId: this.world.acme.id, userId: this.world.user(name).id }
  }

  async step(): Promise<void> {
    const { world } = this
    const { agentDesk } = world.centre
    const phones = [...this.#callers, ...this.#agents]
    const incoming = phones.flatMap(({ calls }) => calls.filter((call) => !call.isOver))
    const name = this.#of(['202', '203'])!
    const by = this.#by(name)
    const item = this.#of(agentDesk.waiting(by.companyId, { limit: 10 }))?.item
    const own = this.#of(agentDesk.agent(by.companyId, by.userId)?.items ?? [])?.item
    switch (Math.floor(this.#random.next() * 20)) {
      case 0:
      case 1:
        if (this.#calls.filter((call) => !call.isOver).length < 4)
          this.#calls.push(this.#of(this.#callers)!.call('300'))
        break
      case 2:
        this.#of(this.#calls.filter((call) => call.isUp))?.hangUp()
        break
      case 3:
      case 4:
        this.#of(incoming.filter(({ isUp }) => !isUp))?.answer()
        break
      case 5:
        this.#of(incoming.filter(({ isUp }) => !isUp))?.refuse(this.#of([486, 603, 480])!)
        break
      case 6:
        this.#of(incoming.filter(({ isUp }) => isUp))?.hangUp()
        break
      case 7:
      case 8:
      case 9: {
        const leg = this.#of([...world.engine.legs.keys()])
        if (leg)
          world.engine.tell({
            kind: 'digit',
            leg,
            digit: this.#of(['1', '1', '1', '2', '0', '#', '*'])!,
            durationMs: 90,
          })
        break
      }
      case 10:
      case 11:
        for (const [leg, { plays }] of world.engine.legs)
          if (plays?.kind === 'file') world.engine.tell({ kind: 'playEnded', leg })
        break
      case 12: {
        const line = this.#of<AgentLine>([
          { kind: 'devices' },
          { kind: 'number', number: mobile, isKept: false },
          { kind: 'number', number: mobile, isKept: true },
        ])!
        await world.during(agentDesk.logIn(by, by.userId, line))
        break
      }
      case 13:
        await world.during(agentDesk.ready(by, by.userId))
        break
      case 14:
        await world.during(
          this.#random.next() < 0.3 ? agentDesk.logOff(by, by.userId) : agentDesk.notReady(by, by.userId, 'lunch'),
        )
        break
      case 15:
        if (own)
          await world.during(
            this.#random.next() < 0.5 ? agentDesk.giveBack(by, own.id, 'x') : agentDesk.finish(by, own.id),
          )
        else if (item && this.#random.next() < 0.2)
          await world.during(agentDesk.close(this.#by('201'), item.id, 'spam'))
        break
      case 16: {
        const callId = this.#of([...world.service.states()].filter((call) => call.name === 'connected'))?.call.id
        const mode = this.#of(['listen', 'whisper', 'barge'] as const)!
        const { companyId, userId } = this.#by('204')
        if (callId) await world.during(world.queueVoice.monitor.monitor({ companyId, by: userId, callId, mode }))
        break
      }
      case 17:
        void this.#of(this.#agents.flatMap(({ calls }) => calls.filter(({ isUp }) => isUp)))?.transferTo(
          `sip:${this.#of(['201', '204', '300', '203'])!}@acme.test`,
        )
        break
      default:
        await world.pass(Math.floor(this.#random.next() * 25_000))
    }
    await world.pass(20)
  }

  /** Everybody goes home. */
  async end(): Promise<void> {
    const { world } = this
    const { agentDesk } = world.centre
    for (const name of ['202', '203']) await world.during(agentDesk.logOff(this.#by(name), world.user(name).id))
    for (let n = 0; n < 3; n++) {
      for (const { call } of [...world.service.states()])
        world.service.owner(call.id)?.clear({ blame: 'nobody', reason: 'cleared' })
      await world.pass(1000)
    }
  }
}

describe('a queue in which anybody does anything at any moment', () => {
  it('loses nobody, counts everybody once, and leaves no agent busy who talks with nobody', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const world = await QueueWorld.begin()
      if (seed % 2 === 0) await world.ready('202', '203')
      const people = new Anything(world, seed)
      try {
        for (let n = 0; n < 90; n++) await people.step()
        await people.end()
        const { agentDesk, workDesk } = world.centre
        for (const name of ['202', '203']) assert.match(world.agentState(name), /^loggedOff/)
        const arrived = world.facts.filter(({ kind }) => kind === 'work.arrived')
        for (const fact of arrived) {
          const itemId = (fact as { itemId: WorkItemId }).itemId
          const left = world.facts.filter(
            (one) => 'itemId' in one && one.itemId === itemId && ends.includes(one.kind.slice('work.'.length)),
          )
          const isOpen = workDesk.item(world.acme.id, itemId) !== undefined
          const told = left.map(({ kind }) => kind).join(' ')
          assert.equal(left.length + (isOpen ? 1 : 0), 1, `item ${itemId}: ${told}${isOpen ? ', open' : ''}`)
        }
        for (const { item } of agentDesk.waiting(world.acme.id, { limit: 100 }))
          assert.notEqual(item.channel, 'call', 'no call waits that is over')
        await world.finish()
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error })
      }
    }
  })
})
