import type { UserId } from '@vaxel/base'
import type { AgentState, CentreFact, Channel, OfferId, QueueId, WorkItemId } from '@vaxel/core'

const usualAgents = ['agent-0', 'agent-1', 'agent-2', 'agent-3'] as UserId[]

interface Going {
  readonly itemId: WorkItemId
  readonly queueId: QueueId
  channel: Channel
  sinceMs: number
  state: 'waiting' | 'offered' | 'working' | 'wrapping'
  agentId?: UserId
  offerId?: OfferId
  offeredAtMs: number
  acceptedAtMs: number
  finishedAtMs: number
}

/**
 * Facts of a contact centre as they could come, by chance: for tests that hold for every stream. Only their order within an item means something;
 * agents take more than they could.
 * @param random 0 to below 1, the next number of a seed
 */
export function* randomFacts(
  random: () => number,
  {
    fromMs,
    steps,
    queues = 3,
    agentIds = usualAgents,
    stepMs = 60_000,
  }: { fromMs: number; steps: number; queues?: number; agentIds?: readonly UserId[]; stepMs?: number },
): Generator<CentreFact> {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const queueIds = Array.from({ length: queues }, (_, i) => `queue-${i}` as QueueId)
  const states = new Map<UserId, { state: AgentState; reason?: string | undefined; sinceMs: number }>()
  const going: Going[] = []
  let [atMs, count] = [fromMs, 0]
  for (let step = 0; step < steps; step++) {
    atMs += Math.floor(random() * stepMs)
    if (going.length === 0 || random() < 0.25) {
      const item: Going = {
        itemId: `item-${++count}` as WorkItemId,
        queueId: pick(queueIds),
        channel: pick<Channel>(['call', 'mail', 'chat']),
        sinceMs: atMs,
        state: 'waiting',
        offeredAtMs: 0,
        acceptedAtMs: 0,
        finishedAtMs: 0,
      }
      going.push(item)
      const { itemId, queueId, channel } = item
      yield {
        kind: 'work.arrived',
        atMs,
        itemId,
        queueId,
        channel,
        customer: {},
        priority: 5,
        sinceMs: atMs,
        needs: [],
      }
      continue
    }
    if (random() < 0.15) {
      const agentId = pick(agentIds)
      const before = states.get(agentId) ?? { state: 'loggedOff' as const, sinceMs: fromMs }
      const to = pick<AgentState>(['loggedOff', 'notReady', 'ready', 'busy', 'workingAfterCall'])
      const reason = to === 'notReady' ? pick(['break', 'missedOffer']) : undefined
      states.set(agentId, { state: to, reason, sinceMs: atMs })
      yield {
        kind: 'agent.stateChanged',
        atMs,
        agentId,
        from: before.state,
        ...('reason' in before && before.reason !== undefined ? { fromReason: before.reason } : {}),
        forMs: atMs - before.sinceMs,
        to,
        ...(reason === undefined ? {} : { reason }),
      }
      continue
    }
    const item = pick(going)
    const facts = next(item, atMs, random, pick, queueIds, agentIds)
    for (const fact of facts) yield fact
    if (facts.some(({ kind }) => over.has(kind))) going.splice(going.indexOf(item), 1)
  }
}

const over = new Set<CentreFact['kind']>([
  'work.wrappedUp',
  'work.abandoned',
  'work.overflowed',
  'work.messageLeft',
  'work.moved',
  'work.closed',
])

function next(
  item: Going,
  atMs: number,
  random: () => number,
  pick: <T>(of: readonly T[]) => T,
  queueIds: readonly QueueId[],
  agentIds: readonly UserId[],
): CentreFact[] {
  const of = { atMs, itemId: item.itemId, queueId: item.queueId, channel: item.channel }
  const waitedMs = atMs - item.sinceMs
  const { agentId = 'agent-0' as UserId, offerId = 'offer' as OfferId } = item
  const askedMs = atMs - item.offeredAtMs
  switch (item.state) {
    case 'waiting': {
      const chance = random()
      if (chance < 0.6) {
        item.state = 'offered'
        item.agentId = pick(agentIds)
        item.offerId = `offer-${item.itemId}-${atMs}-${Math.floor(random() * 1e9)}` as OfferId
        item.offeredAtMs = atMs
        const why = {
          rule: 'longestIdle',
          waitedMs,
          priority: 5,
          idleMs: 0,
          needs: [],
          others: [],
          more: 0,
          olderItems: [],
        } as const
        return [
          { kind: 'work.offered', ...of, agentId: item.agentId, offerId: item.offerId, untilMs: atMs + 20_000, why },
        ]
      }
      if (chance < 0.7) return [{ kind: 'work.abandoned', ...of, waitedMs, isShort: waitedMs < 30_000 }]
      if (chance < 0.75) return [{ kind: 'work.overflowed', ...of, waitedMs, why: 'tooLong', to: { kind: 'goodbye' } }]
      if (chance < 0.8) return [{ kind: 'work.messageLeft', ...of, waitedMs, box: 'box' }]
      if (chance < 0.85) return [{ kind: 'work.moved', ...of, waitedMs, toQueueId: pick(queueIds), by: agentId }]
      if (chance < 0.9) return [{ kind: 'work.closed', ...of, waitedMs, why: 'spam' }]
      if (item.channel !== 'call') return []
      item.channel = 'callBack'
      return [{ kind: 'work.callBackWished', ...of, channel: 'callBack', waitedMs, number: '+46701234567' }]
    }
    case 'offered': {
      const offer = { ...of, agentId, offerId, askedMs }
      const chance = random()
      item.state = 'waiting'
      if (chance < 0.7) {
        item.state = 'working'
        item.acceptedAtMs = atMs
        return [{ kind: 'work.accepted', ...offer, waitedMs, isInLevel: waitedMs < 60_000 }]
      }
      if (chance < 0.8) return [{ kind: 'work.missed', ...offer }]
      if (chance < 0.9) return [{ kind: 'work.declined', ...offer }]
      return [{ kind: 'work.offerFailed', ...offer, why: 'unreachable' }]
    }
    case 'working': {
      const handledMs = atMs - item.acceptedAtMs
      const chance = random()
      if (chance < 0.75) {
        item.state = 'wrapping'
        item.finishedAtMs = atMs
        return [{ kind: 'work.finished', ...of, agentId, handledMs, by: 'customer' }]
      }
      if (chance < 0.85) {
        item.state = 'waiting'
        return [{ kind: 'work.returned', ...of, agentId, handledMs, why: 'lunch' }]
      }
      return [{ kind: chance < 0.92 ? 'work.keptAside' : 'work.resumed', ...of, agentId }]
    }
    case 'wrapping':
      return [{ kind: 'work.wrappedUp', ...of, agentId, wrapMs: atMs - item.finishedAtMs, isForced: false }]
  }
}
