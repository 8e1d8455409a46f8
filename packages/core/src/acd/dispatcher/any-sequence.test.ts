import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Centre, Queue, QueueId, SkillId } from '../centre.ts'
import { type Channel, channels } from '../channel.ts'
import type { DispatcherEffect, DispatcherEvent } from '../dispatcher.ts'
import type { OfferId, WorkItemId } from '../work-item.ts'
import { faultsOf, untoldOlder } from './faults.test-support.ts'
import { openIn } from './room.ts'
import { roomOf } from './state.ts'
import { aCentre, aQueue, World } from './world.test-support.ts'

const names = ['a0', 'a1', 'a2', 'a3'] as const
const queueIds = ['q0', 'q1', 'q2'] as const
const skills = ['s0', 's1'] as const

/** A move of the world, by numbers that mean different things to each kind; some name what is not there. */
interface Move {
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
}

const move = fc.record({
  kind: fc.nat(99),
  a: fc.nat(9),
  b: fc.nat(9),
  c: fc.nat(9),
})

const target = fc.oneof(
  fc.constant({ kind: 'goodbye' as const }),
  fc.constant({ kind: 'message' as const }),
  fc.constantFrom(...queueIds).map((id) => ({ kind: 'queue' as const, queueId: id as QueueId })),
)

const aNeed = fc.record({
  skillId: fc.constantFrom(...skills).map((id) => id as SkillId),
  level: fc.integer({ min: 1, max: 5 }),
  relax: fc.constantFrom(
    [],
    [
      { afterSeconds: 30, level: 2 },
      { afterSeconds: 60, level: 0 },
    ],
  ),
})

const someQueue = (id: string): fc.Arbitrary<Queue> =>
  fc
    .record({
      selection: fc.constantFrom('longestIdle', 'leastOccupied', 'bestSkilled', 'inOrder'),
      needs: fc.array(aNeed, { maxLength: 1 }),
      agesEverySeconds: fc.constantFrom(undefined, 20),
      stickySeconds: fc.constantFrom(undefined, 40),
      missedMakesNotReady: fc.boolean(),
      wrapUp: fc.constantFrom(
        { seconds: 0, needsCode: false },
        { seconds: 15, needsCode: false },
        { seconds: 15, needsCode: true },
      ),
      mostWaiting: fc.constantFrom(undefined, 0, 2),
      scheduleId: fc.constantFrom(undefined, 'hours'),
      closed: target,
      full: target,
      noAgents: fc.option(target, { nil: undefined }),
      tooLong: fc.option(
        fc.record({ afterSeconds: fc.constantFrom(30, 90), estimateSeconds: fc.constant(60), to: target }),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ closed, full, noAgents, tooLong, ...rest }) => {
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      return aQueue(id, {
        ...given,
        overflow: { closed, full, ...(noAgents ? { noAgents } : {}), ...(tooLong ? { tooLong } : {}) },
      })
    })

const centre: fc.Arbitrary<Centre> = fc
  .record({
    queues: fc.tuple(...queueIds.map(someQueue)),
    dropped: fc.nat(5),
    agents: fc.tuple(
      ...names.map((id) =>
        fc.record({
          id: fc.constant(id),
          queues: fc.subarray([...queueIds]),
          skills: fc.dictionary(fc.constantFrom(...skills), fc.integer({ min: 1, max: 5 })),
          capacity: fc.record({ mail: fc.integer({ min: 1, max: 2 }), speaksBeside: fc.boolean() }),
        }),
      ),
    ),
  })
  .map(({ queues, agents, dropped }) =>
    aCentre({
      queues: queues.filter((_, at) => at !== dropped),
      agents: agents.filter((_, at) => at !== dropped),
      schedules: [{ id: 'hours', name: 'hours', open: [{ days: [1], from: '08:00', to: '10:03' }], ownDays: [] }],
    }),
  )

class AnyWorld extends World {
  arrived = 0
  /** Offers of which something was asked of an agent, by claims that were won. */
  readonly won = new Set<string>()

  protected override look(effects: readonly DispatcherEffect[]): void {
    for (const [at, effect] of effects.entries()) {
      if (effect.kind === 'offer') assert.ok(this.won.has(effect.offer.id), 'asks after the claim was won')
      if (effect.kind !== 'claim') continue
      const { why, item, agentId } = effect.offer
      assert.ok(why.others.length <= 10 && why.olderItems.length <= 10)
      const [agent, record] = [this.state.agents.get(agentId), this.state.items.get(item.id)]
      if (!agent || !record || why.rule === 'taken') continue
      const room = roomOf(item.channel)
      if (room !== 'spoken') assert.ok(openIn(agent, room) < agent.settings.capacity[room], 'has room for one more')
      const told = new Set(why.olderItems.map(({ itemId }) => itemId))
      // What came into the queue after the agent was chosen, in the same moment, could not be told of.
      const later = new Set(effects.slice(at).flatMap((one) => (one.kind === 'requeued' ? [one.item.id] : [])))
      const untold = untoldOlder(this.state, agent, record, told).filter((id) => !later.has(id as WorkItemId))
      assert.ok(untold.length <= (why.moreOlder ?? 0), `older ones are told of: ${untold.join(' ')}`)
    }
  }

  override send(event: DispatcherEvent): void {
    if (event.kind === 'claimWon') this.won.add(event.offerId)
    super.send(event)
    assert.deepEqual(faultsOf(this.state, this.facts), [], `after ${JSON.stringify(event)}`)
  }

  item_(at: number) {
    const ids = [...this.state.items.keys()]
    return ids[at % Math.max(1, ids.length)] ?? this.itemId('nobody')
  }

  /** Of those that an agent has; sometimes of all. */
  held_(at: number) {
    const ids = [...this.state.items.values()].filter(({ agent }) => agent).map(({ item }) => item.id)
    return at === 9 ? this.item_(at) : (ids[at % Math.max(1, ids.length)] ?? this.item_(at))
  }

  offer_(at: number, state: 'claiming' | 'offered'): OfferId {
    const ids = [...this.state.pending.values()].filter((one) => one.state === state).map(({ id }) => id)
    return ids[at % Math.max(1, ids.length)] ?? ('none' as OfferId)
  }

  answer(offerId: OfferId, isWon: boolean): void {
    const pending = this.state.pending.get(offerId)
    if (isWon && pending?.state === 'claiming') {
      const { offer } = pending
      const { item } = offer
      const of = { itemId: item.id, queueId: item.queueId, channel: item.channel, offerId, agentId: offer.agentId }
      this.facts.push({ kind: 'work.offered', atMs: this.nowMs, untilMs: offer.untilMs, why: offer.why, ...of })
    }
    this.send({ kind: isWon ? 'claimWon' : 'claimLost', offerId })
  }

  move({ kind, a, b, c }: Move, other: Centre): void {
    const agentId = this.userId(names[a % 5] ?? 'stranger')
    const queueId = (queueIds[b % 4] ?? 'nowhere') as QueueId
    const itemId = this.item_(a)
    const by = this.userId('boss')
    if (kind < 18) {
      const channel: Channel = channels[c % 5]!
      const more = {
        queueId,
        priority: a,
        ...(a === 1 ? { stickyAgentId: this.userId(names[c % 4]!) } : {}),
        ...(a === 2 ? { onlyAgentId: this.userId(names[c % 4]!) } : {}),
        ...(a === 3 ? { notBeforeMs: this.nowMs + 20_000 } : {}),
        ...(a === 4 ? { needs: [{ skillId: skills[c % 2]! as SkillId, level: 3 }] } : {}),
        ...(a === 5 ? { sinceMs: this.nowMs - 100_000 } : {}),
      }
      this.arrive(c === 9 && this.arrived > 0 ? `i${this.arrived}` : `i${++this.arrived}`, channel, more)
    } else if (kind < 32) this.answer(this.offer_(a, 'claiming'), b < 8)
    else if (kind < 46) {
      const outcomes = [
        'accepted',
        'accepted',
        'accepted',
        'accepted',
        'accepted',
        'declined',
        'missed',
        'gone',
      ] as const
      const found = outcomes[b]
      const outcome = found === undefined ? { kind: 'failed' as const, why: 'network' } : { kind: found }
      this.send({ kind: 'offerEnded', offerId: this.offer_(a, c === 9 ? 'claiming' : 'offered'), outcome })
    } else if (kind < 54) this.send({ kind: 'agentReady', agentId })
    else if (kind < 58) this.logIn(agentId)
    else if (kind < 64) this.send({ kind: 'itemFinished', itemId, by: 'agent' })
    else if (kind < 68)
      this.send({ kind: 'wrappedUp', itemId, ...(b < 5 ? { codeId: 'sold' } : {}), isForced: c === 1 })
    else if (kind < 71) this.send({ kind: 'itemLeft', itemId })
    else if (kind < 79) this.after((1 + b) * (1 + c) * 1000)
    else if (kind < 81) this.send({ kind: 'agentLoggedOff', agentId })
    else if (kind < 84) this.send({ kind: 'agentNotReady', agentId, reason: 'lunch' })
    else if (kind < 85)
      this.send({ kind: 'itemMoved', itemId, toQueueId: queueId, by, ...(c === 1 ? { onlyAgentId: agentId } : {}) })
    else if (kind < 87) this.send({ kind: 'itemReturned', itemId: this.held_(a), why: 'cannot' })
    else if (kind < 88) this.send({ kind: 'itemClosed', itemId, by, why: 'spam' })
    else if (kind < 89) this.send({ kind: 'priorityChanged', itemId, priority: c, by })
    else if (kind < 91) this.send({ kind: b < 5 ? 'itemKeptAside' : 'itemResumed', itemId: this.held_(a) })
    else if (kind < 93) this.send({ kind: 'itemTaken', itemId: this.item_(b), agentId })
    else if (kind < 94) this.send({ kind: 'ownCall', agentId, isOn: b < 5 })
    else if (kind < 95)
      this.send({ kind: 'queueSet', queueId, to: (['open', 'closed', 'schedule'] as const)[c % 3]!, by })
    else if (kind < 96)
      this.send({
        kind: 'callBackWished',
        itemId,
        number: '+4670123',
        ...(b < 3 ? { notBeforeMs: this.nowMs + 30_000 } : {}),
      })
    else if (kind < 97) this.send({ kind: 'messageLeft', itemId, box: 'box' })
    else if (kind < 98)
      this.send({
        kind: 'itemOverflowed',
        itemId,
        to: b < 5 ? { kind: 'queue', queueId } : { kind: 'message' },
        why: 'key',
      })
    else if (kind < 99) this.send({ kind: 'configured', centre: other, timeZone: 'Europe/Stockholm' })
    else if (c < 6) this.send({ kind: 'wrapUpExtended', itemId, seconds: b })
    else {
      this.nowMs += (b - 5) * 3_000_000
      this.send({ kind: 'timePassed' })
    }
  }

  /** Everybody does what they have to, and goes home. */
  closeDown(): void {
    for (let round = 0; round < 60; round++) {
      for (const { id, state } of [...this.state.pending.values()])
        if (state === 'claiming') this.answer(id, true)
        else this.send({ kind: 'offerEnded', offerId: id, outcome: { kind: 'accepted' } })
      for (const itemId of [...this.state.items.keys()]) {
        this.send({ kind: 'itemFinished', itemId, by: 'agent' })
        this.send({ kind: 'wrappedUp', itemId, codeId: 'done' })
      }
      if (round < 20) continue
      for (const agentId of [...this.state.agents.keys()]) this.send({ kind: 'agentLoggedOff', agentId })
      for (const { item, state } of [...this.state.items.values()])
        if (state === 'waiting') this.send({ kind: 'itemLeft', itemId: item.id })
    }
  }
}

describe('the dispatcher, whatever it is told', () => {
  it('loses nothing, asks nobody twice, and lets nobody wait whom somebody free could take', () => {
    fc.assert(
      fc.property(centre, centre, fc.array(move, { minLength: 20, maxLength: 120 }), (first, second, moves) => {
        const world = new AnyWorld(first, { answersClaims: false })
        for (const name of names) if (first.agents.some(({ userId }) => userId === name)) world.ready(name)
        for (const one of moves) world.move(one, second)
        world.closeDown()
        assert.deepEqual([...world.state.items.keys()], [], 'everything is done')
        assert.equal(world.state.pending.size, 0, 'nobody is asked any more')
        for (const agent of world.state.agents.values()) assert.equal(agent.state, 'loggedOff')
      }),
      { numRuns: 200 },
    )
  })

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(centre, fc.array(move, { maxLength: 60 }), (first, moves) => {
        const [one, other] = [1, 2].map(() => {
          const world = new AnyWorld(first, { answersClaims: false })
          for (const at of moves) world.move(at, first)
          return world.effects
        })
        assert.deepEqual(one, other)
      }),
      { numRuns: 30 },
    )
  })
})
