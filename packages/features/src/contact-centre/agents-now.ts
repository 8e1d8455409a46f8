import type { CompanyId, UserId } from '@vaxel/base'
import { type AgentItem, type AgentNow, agentNow, type AgentStanding, type DispatcherState } from '@vaxel/core'

/** An agent as the dispatcher has them now, and as screens are told. */
export function agentOf(companyId: CompanyId, state: DispatcherState, agentId: UserId): AgentNow | undefined {
  const standing = agentNow(state, agentId)
  if (!standing) return undefined
  const { items, next, line, ...more } = standing
  return {
    companyId,
    ...more,
    ...(next ? { next: { ...next, reason: next.reason ?? 'supervisor' } } : {}),
    line: line ?? state.agents.get(agentId)?.settings.line ?? { kind: 'devices' },
    items: items.map(agentItem).toSorted((a, b) => a.acceptedAtMs - b.acceptedAtMs),
  }
}

function agentItem({
  item,
  state,
  sinceMs = 0,
  acceptedMs = 0,
  wrapUntilMs,
}: AgentStanding['items'][number]): AgentItem {
  const isNoting = state === 'wrappingUp'
  return {
    item,
    state: state === 'kept' ? 'kept' : isNoting ? 'wrappingUp' : 'assigned',
    acceptedAtMs: acceptedMs,
    ...(isNoting ? { finishedAtMs: sinceMs } : {}),
    ...(isNoting && wrapUntilMs !== undefined && Number.isFinite(wrapUntilMs) ? { wrapUpUntilMs: wrapUntilMs } : {}),
  }
}
