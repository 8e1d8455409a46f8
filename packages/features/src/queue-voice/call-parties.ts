import type { UserId } from '@vaxel/base'
import {
  type CallLeg,
  type CallState,
  type Customer,
  type OfferOutcome,
  returnedNumber,
  type SentBack,
  type ServiceLine,
  withheldNumber,
} from '@vaxel/core'

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

/** Whether the line of an agent ended without anybody having moved the caller on. */
export function hasLost(state: CallState, agentId: UserId): boolean {
  const leg = agentLegOf(state, agentId)
  return leg?.endedAtMs !== undefined && leg.termination?.reason !== 'transferred'
}

/** Whether an agent has put the caller through to nobody, hung up, and is not to be had again either. */
export const isLeftBy = (state: CallState, agentId: UserId): boolean =>
  state.name === 'inService' && state.number === state.call.goesBackTo && !agentIsThere(state, agentId)

/** Whether somebody is put through who is with nobody else yet, or waits for whoever has put them through to nobody, and is called back. */
export function isPutThrough(state: CallState): boolean {
  if (state.name === 'inService') return state.number === returnedNumber || state.number === state.call.goesBackTo
  if (state.name !== 'routing' && state.name !== 'alerting') return false
  return state.transfer !== undefined || state.seat?.number === returnedNumber
}

/** With whom the customer goes on, after the agent. */
export function otherThan(state: CallState, agentId: UserId): string {
  if (state.name === 'inService') return isDialled(state.number) ? state.number : state.call.called.number
  const others = [...state.call.legs.values()].filter(
    ({ party, endedAtMs, role }) => endedAtMs === undefined && role === 'callee' && party.userId !== agentId,
  )
  return others.at(-1)?.party.number ?? state.call.called.number
}

/** Others are names of our own for where somebody waits. */
const isDialled = (number: string): boolean => !number.startsWith('!')

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

/** Whoever withholds their number is nobody that is known. */
export function customerOf({ caller, user }: ServiceLine): Customer {
  if (caller.number === withheldNumber) return {}
  return {
    number: caller.number,
    ...(caller.name === undefined ? {} : { name: caller.name }),
    ...(user ? { userId: user.id } : {}),
  }
}

/** What became of an offer whose call came back. */
export function outcomeOf({ kind, status, text }: SentBack): OfferOutcome {
  if (status === 487 || kind === 'noAnswer') return { kind: 'missed' }
  return kind === 'busy' ? { kind: 'declined' } : { kind: 'failed', why: text ?? kind }
}
