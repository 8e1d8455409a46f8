import type { UserId } from '@vaxel/base'
import type { CallLeg, CallState } from '@vaxel/core'

/** The last connection of somebody in a call. */
export function agentLegOf({ call }: CallState, agentId: UserId): CallLeg | undefined {
  return [...call.legs.values()].findLast(
    ({ party, answeredAtMs }) => party.userId === agentId && answeredAtMs !== undefined,
  )
}

/** Whether somebody is in a call now, having answered. */
export const agentIsThere = ({ call }: CallState, agentId: UserId): boolean =>
  [...call.legs.values()].some(
    ({ party, answeredAtMs, endedAtMs }) =>
      party.userId === agentId && answeredAtMs !== undefined && endedAtMs === undefined,
  )

/** With whom the customer goes on, after the agent. */
export function otherThan(state: CallState, agentId: UserId): string {
  if (state.name === 'inService') return state.number
  const others = [...state.call.legs.values()].filter(
    ({ party, endedAtMs, role }) => endedAtMs === undefined && role === 'callee' && party.userId !== agentId,
  )
  return others.at(-1)?.party.number ?? state.call.called.number
}

/** Who ended a conversation. @param agentRole the agent's part in the call */
export function endedBy(
  state: Extract<CallState, { name: 'ended' }>,
  agentRole: CallLeg['role'],
): 'agent' | 'customer' | 'system' {
  const { reason } = state.termination
  if (reason === 'cleared') return 'agent'
  if (!reason.endsWith('-hung-up')) return 'system'
  return reason === `${agentRole}-hung-up` ? 'agent' : 'customer'
}
