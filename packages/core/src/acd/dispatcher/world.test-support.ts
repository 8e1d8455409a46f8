import type { UserId } from '@vaxel/base'
import {
  type Agent,
  type Centre,
  defaultCapacity,
  emptyCentre,
  type Queue,
  type QueueId,
  type SkillId,
} from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { DispatcherEffect, DispatcherEvent } from '../dispatcher.ts'
import type { CentreFact } from '../fact.ts'
import type { OfferOutcome } from '../offer.ts'
import type { OfferId, WorkItem, WorkItemId } from '../work-item.ts'
import { createDispatcher } from './create-dispatcher.ts'
import type { DispatcherState } from './state.ts'
import { type AgentStanding, agentNow, itemNow } from './views.ts'

export const aQueue = (id: string, more: Partial<Queue> = {}): Queue => ({
  id: id as QueueId,
  name: id,
  channels: ['call', 'callBack', 'mail', 'chat', 'voicemail'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 10, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 30 },
  ...more,
})

interface AgentWish {
  readonly id: string
  readonly queues?: readonly string[]
  readonly places?: Readonly<Record<string, number>>
  readonly skills?: Readonly<Record<string, number>>
  readonly capacity?: Partial<Agent['capacity']>
}

export const anAgent = ({ id, queues = ['q'], places = {}, skills = {}, capacity = {} }: AgentWish): Agent => ({
  userId: id as UserId,
  skills: Object.entries(skills).map(([skillId, level]) => ({ skillId: skillId as SkillId, level })),
  queues: queues.map((queueId) => ({
    queueId: queueId as QueueId,
    ...(places[queueId] === undefined ? {} : { place: places[queueId] }),
  })),
  capacity: { ...defaultCapacity, ...capacity },
  line: { kind: 'devices' },
})

export const aCentre = ({
  queues = [aQueue('q')],
  agents,
  ...more
}: { readonly queues?: readonly Queue[]; readonly agents: readonly AgentWish[] } & Partial<
  Omit<Centre, 'queues' | 'agents'>
>): Centre => ({ ...emptyCentre, queues, agents: agents.map(anAgent), ...more })

export const monday = Date.UTC(2026, 10, 23, 9)

/** A dispatcher with a clock of its own and a database that says yes; what it was told and what it did is kept. */
export class World {
  nowMs = monday
  state: DispatcherState
  readonly effects: DispatcherEffect[] = []
  readonly facts: CentreFact[] = []
  private offers = 0
  private readonly answersClaims: boolean
  private readonly dispatcher = createDispatcher({ makeOfferId: () => `o${++this.offers}` as OfferId })

  constructor(centre: Centre, { answersClaims = true }: { readonly answersClaims?: boolean } = {}) {
    this.answersClaims = answersClaims
    this.state = this.dispatcher.begin(this.nowMs)
    this.send({ kind: 'configured', centre, timeZone: 'Europe/Stockholm' })
  }

  /** As an owner does: all effects of one event before the next event. */
  send(event: DispatcherEvent): void {
    const answers = this.take(event)
    for (const answer of answers) answers.push(...this.take(answer))
  }

  private take(event: DispatcherEvent): DispatcherEvent[] {
    const answers: DispatcherEvent[] = []
    const { state, effects } = this.dispatcher.advance(this.state, event, this.nowMs)
    this.state = state
    this.effects.push(...effects)
    this.look(effects)
    for (const effect of effects) {
      if (effect.kind === 'record') this.facts.push(effect.fact)
      if (effect.kind === 'claim') {
        if (!this.answersClaims) continue
        this.facts.push(effect.fact)
        answers.push({ kind: 'claimWon', offerId: effect.offer.id })
      }
    }
    return answers
  }

  /** At what is to be done; for tests that know more. */
  protected look(_effects: readonly DispatcherEffect[]): void {
    return
  }

  /** Time passes, with every wake that falls into it. */
  after(ms: number): void {
    const untilMs = this.nowMs + ms
    for (;;) {
      const next = this.state.timers[0]?.atMs ?? Infinity
      if (next > untilMs) break
      this.nowMs = Math.max(this.nowMs, next)
      this.send({ kind: 'timePassed' })
    }
    this.nowMs = untilMs
  }

  readonly itemId = (id: string) => id as WorkItemId
  readonly userId = (id: string) => id as UserId

  logIn(agent: string): void {
    this.send({ kind: 'agentLoggedIn', agentId: this.userId(agent), line: { kind: 'devices' } })
  }

  ready(agent: string): void {
    if (this.agent(agent).state === 'loggedOff') this.logIn(agent)
    this.send({ kind: 'agentReady', agentId: this.userId(agent) })
  }

  arrive(id: string, channel: Channel, more: Partial<WorkItem> = {}): void {
    const item: WorkItem = {
      id: this.itemId(id),
      queueId: 'q' as QueueId,
      channel,
      customer: {},
      sinceMs: this.nowMs,
      priority: 5,
      needs: [],
      ...more,
    }
    this.send({ kind: 'itemArrived', item })
  }

  call(id: string, more: Partial<WorkItem> = {}): void {
    this.arrive(id, 'call', more)
  }

  mail(id: string, more: Partial<WorkItem> = {}): void {
    this.arrive(id, 'mail', more)
  }

  pendingOf(id: string): OfferId {
    const pending = [...this.state.pending.values()].find(({ record }) => record.item.id === id)
    if (!pending) throw new Error(`nobody is asked for ${id}`)
    return pending.id
  }

  claim(id: string, kind: 'claimWon' | 'claimLost'): void {
    this.send({ kind, offerId: this.pendingOf(id) })
  }

  end(id: string, outcome: OfferOutcome): void {
    this.send({ kind: 'offerEnded', offerId: this.pendingOf(id), outcome })
  }

  accept(id: string): void {
    this.end(id, { kind: 'accepted' })
  }

  finish(id: string): void {
    this.send({ kind: 'itemFinished', itemId: this.itemId(id), by: 'agent' })
  }

  agent(id: string): AgentStanding {
    const agent = agentNow(this.state, this.userId(id))
    if (!agent) throw new Error(`there is no agent ${id}`)
    return agent
  }

  item(id: string) {
    return itemNow(this.state, this.itemId(id))
  }

  asked(): readonly { readonly item: string; readonly agent: string }[] {
    return [...this.state.pending.values()]
      .filter(({ state }) => state === 'offered')
      .map(({ record, agent }) => ({ item: record.item.id, agent: agent.id }))
  }

  kinds(prefix: string): readonly string[] {
    return this.facts.filter(({ kind }) => kind.startsWith(prefix)).map(({ kind }) => kind.slice(prefix.length))
  }

  /** The last of a kind. */
  fact<Kind extends CentreFact['kind']>(kind: Kind): Extract<CentreFact, { kind: Kind }> {
    const fact = this.facts.findLast((one) => one.kind === kind)
    if (!fact) throw new Error(`${kind} was never told`)
    return fact as Extract<CentreFact, { kind: Kind }>
  }
}
