import type { UserId } from '@vaxel/base'
import {
  type Centre,
  createDispatcher,
  defaultCapacity,
  type DispatcherEvent,
  emptyCentre,
  type OfferId,
  type Queue,
  type QueueId,
  type Selection,
  type SkillId,
  type WorkItem,
  type WorkItemId,
} from '@vaxel/core'
import type { Figure, Measurement } from './figure.ts'

const agents = 1000
const waiting = 10_000
const queues = 40
const skills = 20

const rules: readonly Selection[] = ['longestIdle', 'longestIdle', 'leastOccupied', 'bestSkilled']

/** Forty queues, each asks for a skill that relaxes; every agent is in five of them, and in half of them good enough at once. */
function makeCentre(): Centre {
  const queue = (n: number): Queue => ({
    id: `q${n}` as QueueId,
    name: `queue ${n}`,
    channels: ['call'],
    selection: rules[n % rules.length]!,
    needs: [{ skillId: `s${n % skills}` as SkillId, level: 6, relax: [{ afterSeconds: 3600, level: 1 }] }],
    priority: 5,
    agesEverySeconds: 120,
    offerSeconds: 20,
    missedMakesNotReady: true,
    wrapUp: { seconds: 20, needsCode: false },
    serviceLevel: { seconds: 20, percent: 80 },
    shortAbandonSeconds: 5,
    overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
    voice: { saysPosition: true, saysWait: true, everySeconds: 30 },
  })
  return {
    ...emptyCentre,
    skills: Array.from({ length: skills }, (_, n) => ({ id: `s${n}` as SkillId, name: `skill ${n}` })),
    queues: Array.from({ length: queues }, (_, n) => queue(n)),
    agents: Array.from({ length: agents }, (_, n) => ({
      userId: `a${n}` as UserId,
      skills: [0, 1, 2, 3, 4].map((k) => ({
        skillId: `s${((n + k * 7) % queues) % skills}` as SkillId,
        level: 4 + ((n + k) % 6),
      })),
      queues: [0, 1, 2, 3, 4].map((k) => ({ queueId: `q${(n + k * 7) % queues}` as QueueId })),
      capacity: defaultCapacity,
      line: { kind: 'devices' as const },
    })),
  }
}

interface Measured {
  readonly decisions: number
  readonly events: number
  readonly ms: number
  readonly publicationMs: number
}

/** A whole centre at work: each decision is claimed, asked, accepted, finished and noted, and another customer comes. */
function run(forMs: number): Measured {
  let [offers, arrived, nowMs, events] = [0, 0, Date.UTC(2026, 10, 23, 9), 0]
  const dispatcher = createDispatcher({ makeOfferId: () => `o${++offers}` as OfferId })
  let state = dispatcher.begin(nowMs)
  const claims: OfferId[] = []
  const busy: { readonly offerId: OfferId; readonly itemId: WorkItemId }[] = []
  const give = (event: DispatcherEvent): void => {
    events++
    const step = dispatcher.advance(state, event, nowMs)
    state = step.state
    for (const effect of step.effects)
      if (effect.kind === 'claim') claims.push(effect.offer.id)
      else if (effect.kind === 'offer') busy.push({ offerId: effect.offer.id, itemId: effect.offer.item.id })
  }
  const arrive = (): void => {
    const item: WorkItem = {
      id: `i${++arrived}` as WorkItemId,
      queueId: `q${arrived % queues}` as QueueId,
      channel: 'call',
      customer: {},
      sinceMs: nowMs,
      priority: 3 + (arrived % 3),
      needs: [],
    }
    give({ kind: 'itemArrived', item })
  }
  const answerClaims = (): void => {
    for (let id = claims.pop(); id !== undefined; id = claims.pop()) give({ kind: 'claimWon', offerId: id })
  }
  give({ kind: 'configured', centre: makeCentre(), timeZone: 'Europe/Stockholm' })
  for (let n = 0; n < waiting + agents; n++) {
    nowMs += 10
    arrive()
  }
  for (let n = 0; n < agents; n++) {
    const agentId = `a${n}` as UserId
    give({ kind: 'agentLoggedIn', agentId, line: { kind: 'devices' } })
    give({ kind: 'agentReady', agentId })
    answerClaims()
  }
  const publishedMs = performance.now()
  give({ kind: 'configured', centre: makeCentre(), timeZone: 'Europe/Stockholm' })
  answerClaims()
  const publicationMs = performance.now() - publishedMs
  const before = offers
  const startedMs = performance.now()
  events = 0
  while (performance.now() - startedMs < forMs)
    for (let k = 0; k < 20; k++) {
      nowMs += 10
      const next = busy.shift()
      if (next) {
        give({ kind: 'offerEnded', offerId: next.offerId, outcome: { kind: 'accepted' } })
        give({ kind: 'itemFinished', itemId: next.itemId, by: 'customer' })
        give({ kind: 'wrappedUp', itemId: next.itemId })
      }
      arrive()
      answerClaims()
    }
  return { decisions: offers - before, events, ms: performance.now() - startedMs, publicationMs }
}

/** Who gets which customer, in one process on one core. */
export const acd: Measurement = {
  name: 'acd',
  async run(progress, { isQuick }) {
    run(isQuick ? 100 : 500)
    const { decisions, events, ms, publicationMs } = run(isQuick ? 300 : 2000)
    const perSecond = Math.round((1000 * decisions) / ms)
    progress(`${perSecond} decisions a second`)
    const figure = (id: string, what: string, value: number, note: string): Figure => ({
      id: `acd.${id}`,
      what,
      system: 'vaxel',
      value,
      unit: '/s',
      note,
    })
    const size = `${agents} agents, ${waiting} waiting in ${queues} queues, by skill`
    return [
      {
        ...figure(
          'decisions',
          'customers given to agents',
          perSecond,
          `${size}; each with reasons, accepted and noted`,
        ),
        ...(!isQuick && { aim: { least: 10_000 } }),
      },
      {
        ...figure('publication', 'a configuration published while all this goes on', Math.round(publicationMs), size),
        unit: 'ms',
      },
      figure('events', 'events of a contact centre', Math.round((1000 * events) / ms), size),
    ]
  },
}
