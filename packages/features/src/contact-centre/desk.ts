import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import {
  AgentLoggedOff,
  CentreAway,
  NoRoomForWork,
  NotAnAgent,
  OfferGone,
  QueueNotThere,
  ReasonNotThere,
  WorkGone,
  WrapUpCodeNeeded,
} from '@vaxel/contract'
import type {
  AgentDesk,
  AgentLine,
  AgentNow,
  CentreCommander,
  Channel,
  DispatcherEvent,
  OfferId,
  QueueId,
  WorkItem,
  WorkItemId,
} from '@vaxel/core'
import { isQueueOpen } from '@vaxel/core'
import { agentOf } from './agents-now.ts'
import type { CentreOwner } from './centre-owner.ts'
import type { Centres } from './centres.ts'

/** Work that somebody has, with its owner. */
interface Held {
  readonly owner: CentreOwner
  readonly item: WorkItem
  readonly agentId: UserId | undefined
}

/** What agents and supervisors tell the dispatcher, with a clear answer when it cannot be. */
export class Desk implements AgentDesk {
  readonly #centres: Centres
  readonly #finishing: (item: WorkItem, agentId: UserId) => Promise<void>

  /** @param finishing ends the conversation of an item at its channel, where there is one to end */
  constructor(centres: Centres, finishing: (item: WorkItem, agentId: UserId) => Promise<void>) {
    this.#centres = centres
    this.#finishing = finishing
  }

  agent(companyId: CompanyId, userId: UserId): AgentNow | undefined {
    const owner = this.#centres.owner(companyId)
    return owner && agentOf(companyId, owner.state, userId)
  }

  agents(companyId: CompanyId): readonly AgentNow[] {
    const state = this.#centres.owner(companyId)?.state
    return state ? [...state.agents.keys()].map((agentId) => agentOf(companyId, state, agentId)!) : []
  }

  async logIn(by: CentreCommander, agentId: UserId, line?: AgentLine): Promise<Refusal | undefined> {
    const agent = this.#agent(by, agentId)
    if (!agent) return NotAnAgent()
    return this.#take(by, {
      kind: 'agentLoggedIn',
      agentId,
      line: line ?? agent.owner.state.agents.get(agentId)?.settings.line ?? { kind: 'devices' },
      ...forced(by, agentId),
    })
  }

  async logOff(by: CentreCommander, agentId: UserId, reason?: string): Promise<Refusal | undefined> {
    return (
      this.#mustBeIn(by, agentId) ??
      this.#take(by, {
        kind: 'agentLoggedOff',
        agentId,
        ...(reason === undefined ? {} : { reason }),
        ...forced(by, agentId),
      })
    )
  }

  async ready(by: CentreCommander, agentId: UserId): Promise<Refusal | undefined> {
    return this.#mustBeIn(by, agentId) ?? this.#take(by, { kind: 'agentReady', agentId, ...forced(by, agentId) })
  }

  async notReady(by: CentreCommander, agentId: UserId, reason: string): Promise<Refusal | undefined> {
    const refused = this.#mustBeIn(by, agentId)
    if (refused) return refused
    const reasons = this.#centres.owner(by.companyId)?.state.centre.reasons ?? []
    const isOurs = reason === 'supervisor' || reason === 'unreachable'
    if (!isOurs && !reasons.some(({ id }) => id === reason)) return ReasonNotThere()
    return this.#take(by, { kind: 'agentNotReady', agentId, reason, ...forced(by, agentId) })
  }

  async answerOffer(by: CentreCommander, offerId: OfferId, isAccepted: boolean): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    const pending = owner?.state.pending.get(offerId)
    if (!owner || !pending || pending.agent.id !== by.userId || pending.state !== 'offered') return OfferGone()
    if (isAccepted && this.#centres.hands(pending.offer.item.channel)?.offer) return OfferGone()
    return kept(await owner.answer(offerId, isAccepted))
  }

  async take(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined> {
    const refused = this.#mustBeIn(by, by.userId)
    if (refused) return refused
    const owner = this.#centres.owner(by.companyId)
    const record = owner?.state.items.get(itemId)
    const agent = owner?.state.agents.get(by.userId)
    if (!owner || !record || !agent || record.state !== 'waiting' || !agent.places.has(record.item.queueId))
      return WorkGone()
    const done = await owner.take({ kind: 'itemTaken', itemId, agentId: by.userId })
    return owner.state.items.get(itemId)?.state === 'waiting' ? NoRoomForWork() : kept(done)
  }

  async finish(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'assigned')
    if (!held?.agentId) return WorkGone()
    await this.#finishing(held.item, held.agentId)
    // Of a call, whoever carries it has told it by then.
    if (held.owner.state.items.get(itemId)?.state !== 'assigned') return undefined
    return kept(await held.owner.take({ kind: 'itemFinished', itemId, by: 'agent' }))
  }

  async wrapUp(
    by: CentreCommander,
    itemId: WorkItemId,
    { codeId, note }: { codeId?: string; note?: string },
  ): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'wrappingUp')
    if (!held) return WorkGone()
    const { centre, queues } = held.owner.state
    const rule = queues.get(held.item.queueId)?.settings.wrapUp
    const isKnown = codeId === undefined || centre.wrapUpCodes.some(({ id }) => id === codeId)
    if (!isKnown || (codeId === undefined && rule?.needsCode)) return WrapUpCodeNeeded()
    return kept(
      await held.owner.take({
        kind: 'wrappedUp',
        itemId,
        ...(codeId === undefined ? {} : { codeId }),
        ...(note === undefined || note === '' ? {} : { note }),
        ...(held.agentId === by.userId ? {} : { isForced: true }),
      }),
    )
  }

  async extendWrapUp(by: CentreCommander, itemId: WorkItemId, seconds: number): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'wrappingUp')
    return held ? kept(await held.owner.take({ kind: 'wrapUpExtended', itemId, seconds })) : WorkGone()
  }

  async giveBack(by: CentreCommander, itemId: WorkItemId, why: string): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'assigned', 'kept')
    return held ? kept(await held.owner.take({ kind: 'itemReturned', itemId, why })) : WorkGone()
  }

  async keepAside(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'assigned')
    if (!held || held.item.channel === 'call') return WorkGone()
    return kept(await held.owner.take({ kind: 'itemKeptAside', itemId }))
  }

  async resume(by: CentreCommander, itemId: WorkItemId): Promise<Refusal | undefined> {
    const held = this.#held(by, itemId, 'kept')
    if (!held) return WorkGone()
    const done = await held.owner.take({ kind: 'itemResumed', itemId })
    return held.owner.state.items.get(itemId)?.state === 'kept' ? NoRoomForWork() : kept(done)
  }

  async move(
    by: CentreCommander,
    itemId: WorkItemId,
    toQueueId: QueueId,
    onlyAgentId?: UserId,
  ): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    const record = owner?.state.items.get(itemId)
    if (!owner || !record) return WorkGone()
    const queue = owner.state.queues.get(toQueueId)
    if (!queue?.settings.channels.includes(record.item.channel)) return QueueNotThere()
    if (onlyAgentId !== undefined && !owner.state.agents.has(onlyAgentId)) return NotAnAgent()
    const only = onlyAgentId === undefined ? {} : { onlyAgentId }
    return kept(await owner.take({ kind: 'itemMoved', itemId, toQueueId, by: by.userId, ...only }))
  }

  async close(by: CentreCommander, itemId: WorkItemId, why: string): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    if (!owner?.state.items.has(itemId)) return WorkGone()
    return kept(await owner.take({ kind: 'itemClosed', itemId, by: by.userId, why }))
  }

  async setPriority(by: CentreCommander, itemId: WorkItemId, priority: number): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    if (!owner?.state.items.has(itemId)) return WorkGone()
    return kept(await owner.take({ kind: 'priorityChanged', itemId, priority, by: by.userId }))
  }

  async setQueue(
    by: CentreCommander,
    queueId: QueueId,
    to: 'open' | 'closed' | 'schedule',
  ): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    if (!owner?.state.queues.has(queueId)) return QueueNotThere()
    return kept(await owner.take({ kind: 'queueSet', queueId, to, by: by.userId }))
  }

  waiting(
    companyId: CompanyId,
    {
      queueIds,
      channel,
      limit,
    }: { readonly queueIds?: readonly QueueId[]; readonly channel?: Channel; readonly limit: number },
  ): ReturnType<AgentDesk['waiting']> {
    const owner = this.#centres.owner(companyId)
    if (!owner) return []
    const wanted = queueIds && new Set(queueIds)
    const waiting = [...owner.state.items.values()].filter(
      ({ item, state }) =>
        (state === 'waiting' || state === 'claiming' || state === 'offered') &&
        (wanted?.has(item.queueId) ?? true) &&
        (channel === undefined || item.channel === channel),
    )
    return waiting
      .toSorted((a, b) => b.item.priority - a.item.priority || a.item.sinceMs - b.item.sinceMs || a.order - b.order)
      .slice(0, limit)
      .map(({ item, state, pending }) => ({ item, state, ...(pending ? { agentId: pending.agent.id } : {}) }))
  }

  queueState(companyId: CompanyId, queueId: QueueId): { readonly isOpen: boolean; readonly isByHand: boolean } {
    const owner = this.#centres.owner(companyId)
    const queue = owner?.state.queues.get(queueId)
    return {
      isOpen: owner !== undefined && isQueueOpen(owner.state, queueId),
      isByHand: queue?.override !== undefined,
    }
  }

  onAgentChanged(listener: (agent: AgentNow) => void): void {
    this.#centres.onAgents((companyId, agents) => {
      for (const agentId of agents) listener(this.agent(companyId, agentId) ?? this.#gone(companyId, agentId))
    })
  }

  /** No agent any more: whoever keeps something for them (a line, a presence) hears it once. */
  #gone(companyId: CompanyId, agentId: UserId): AgentNow {
    const sinceMs = this.#centres.owner(companyId)?.state.nowMs ?? 0
    return { companyId, agentId, state: 'loggedOff', sinceMs, line: { kind: 'devices' }, items: [], offers: [] }
  }

  #agent(by: CentreCommander, agentId: UserId): { readonly owner: CentreOwner } | undefined {
    const owner = this.#centres.owner(by.companyId)
    const agent = owner?.state.agents.get(agentId)
    return owner && agent && !agent.isRemoved ? { owner } : undefined
  }

  #mustBeIn(by: CentreCommander, agentId: UserId): Refusal | undefined {
    const agent = this.#centres.owner(by.companyId)?.state.agents.get(agentId)
    if (!agent) return NotAnAgent()
    return agent.isLoggedIn ? undefined : AgentLoggedOff()
  }

  #held(by: CentreCommander, itemId: WorkItemId, ...states: readonly string[]): Held | undefined {
    const owner = this.#centres.owner(by.companyId)
    const record = owner?.state.items.get(itemId)
    if (!owner || !record || !states.includes(record.state)) return undefined
    return { owner, item: record.item, agentId: record.agent?.id }
  }

  async #take(by: CentreCommander, event: DispatcherEvent): Promise<Refusal | undefined> {
    const owner = this.#centres.owner(by.companyId)
    return owner ? kept(await owner.take(event)) : NotAnAgent()
  }
}

/** Who did it, where it was not the agent. */
const forced = (by: CentreCommander, agentId: UserId) => (by.userId === agentId ? {} : { by: by.userId })

const kept = (isKept: boolean): Refusal | undefined => (isKept ? undefined : CentreAway())
