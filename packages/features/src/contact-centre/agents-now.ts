import type { CompanyId, UserId } from '@vaxel/base'
import type { AgentItem, AgentNow, DispatcherState, Offer } from '@vaxel/core'

type AgentRecord = DispatcherState['agents'] extends ReadonlyMap<UserId, infer Agent> ? Agent : never
type ItemRecord = DispatcherState['items'] extends ReadonlyMap<string, infer Item> ? Item : never

/** An agent as the dispatcher has them now. */
export function agentNow(companyId: CompanyId, agent: AgentRecord): AgentNow {
  const items = [...agent.open, ...agent.kept].map(agentItem).toSorted((a, b) => a.acceptedAtMs - b.acceptedAtMs)
  const offers: Offer[] = []
  for (const pending of agent.pending)
    if (pending.state === 'offered' && pending.dead === undefined) offers.push(pending.offer)
  const next = nextOf(agent)
  return {
    companyId,
    agentId: agent.id,
    state: agent.state,
    ...(agent.stateReason === undefined ? {} : { reason: agent.stateReason }),
    sinceMs: agent.stateSinceMs,
    ...(agent.stateBy === undefined ? {} : { by: agent.stateBy }),
    ...(next === undefined ? {} : { next }),
    line: agent.line ?? agent.settings.line,
    items,
    offers,
  }
}

/** What the agent, or somebody else, has asked for, while it cannot hold yet. */
function nextOf(agent: AgentRecord): AgentNow['next'] {
  if (agent.leaving)
    return {
      state: 'loggedOff',
      reason: agent.leaving.reason ?? 'supervisor',
      ...(agent.leaving.by === undefined ? {} : { by: agent.leaving.by }),
    }
  const isWorking = agent.state === 'busy' || agent.state === 'workingAfterCall'
  if (agent.wantsReady || !agent.isLoggedIn || !isWorking) return undefined
  return {
    state: 'notReady',
    reason: agent.reason ?? 'supervisor',
    ...(agent.reasonBy === undefined ? {} : { by: agent.reasonBy }),
  }
}

function agentItem(record: ItemRecord): AgentItem {
  const isNoting = record.state === 'wrappingUp'
  return {
    item: record.item,
    state: record.state === 'kept' ? 'kept' : isNoting ? 'wrappingUp' : 'assigned',
    acceptedAtMs: record.sinceMs,
    ...(isNoting ? { finishedAtMs: record.sinceMs } : {}),
    ...(isNoting && Number.isFinite(record.wrapUntilMs) ? { wrapUpUntilMs: record.wrapUntilMs } : {}),
  }
}
