import type { AgentState } from '../agent-state.ts'
import { openIn, relist, spokenOf, whyNoRoom } from './room.ts'
import { type AgentRecord, roomBit, rooms } from './state.ts'
import { type Step, tell } from './step.ts'
import { turnHour } from './worked-hour.ts'

interface Shown {
  readonly state: AgentState
  readonly reason?: string | undefined
  readonly by?: AgentRecord['reasonBy']
}

/** In which state an agent is, by what they do and what they want. */
function stateOf(agent: AgentRecord): Shown {
  if (!agent.isLoggedIn) return { state: 'loggedOff', reason: agent.reason, by: agent.reasonBy }
  const spoken = spokenOf(agent)
  if (spoken) return { state: spoken.state === 'wrappingUp' ? 'workingAfterCall' : 'busy' }
  // Whoever is asked already still may take it: what they want holds from the end of that.
  const stays = agent.state === 'ready' && agent.pending.size > 0
  if (!agent.wantsReady && !stays) return { state: 'notReady', reason: agent.reason, by: agent.reasonBy }
  if (agent.hasOwnCall) return { state: 'busy', reason: 'ownCall' }
  if (agent.pending.size > 0 || agent.serves === 0) return { state: 'ready' }
  const isFull = rooms.every((room) => (agent.serves & roomBit[room]) === 0 || whyNoRoom(agent, room) !== undefined)
  return { state: isFull && agent.open.size > 0 ? 'busy' : 'ready' }
}

/** Tells the state that follows from what has changed, and lists the agent accordingly. */
export function settleAgent(
  step: Step,
  agent: AgentRecord,
  by?: AgentRecord['reasonBy'],
  line?: AgentRecord['line'],
): void {
  const { state, reason, by: forcedBy = by } = stateOf(agent)
  if (state !== agent.state || reason !== agent.stateReason) {
    tell(step, {
      kind: 'agent.stateChanged',
      agentId: agent.id,
      from: agent.state,
      ...(agent.stateReason === undefined ? {} : { fromReason: agent.stateReason }),
      forMs: Math.max(0, step.nowMs - agent.stateSinceMs),
      to: state,
      ...(reason === undefined ? {} : { reason }),
      ...(forcedBy === undefined ? {} : { by: forcedBy }),
      ...(line === undefined ? {} : { line }),
    })
    agent.state = state
    agent.stateReason = reason
    agent.stateBy = forcedBy
    agent.stateSinceMs = step.nowMs
  }
  const isWorking = state === 'busy' || state === 'workingAfterCall' || agent.open.size > 0
  turnHour(agent.work, step.nowMs, isWorking, agent.isLoggedIn)
  step.changed.add(agent.id)
  countAtWork(step, agent, agent.isLoggedIn && !agent.leaving && agent.wantsReady)
  relist(step, agent)
}

/** Agents who take work, now or when they have finished what they do, are counted in their queues. */
export function countAtWork(step: Step, agent: AgentRecord, isAtWork: boolean): void {
  if (agent.isAtWork === isAtWork) return
  agent.isAtWork = isAtWork
  for (const queueId of agent.places.keys()) {
    const queue = step.state.queues.get(queueId)
    if (queue) queue.atWork += isAtWork ? 1 : -1
  }
}

/** A place of the agent that no other claim has: `spoken`, or the lowest number that is free of a kind. */
export function slotFor(agent: AgentRecord, room: (typeof rooms)[number]): string {
  if (room === 'spoken') return `${agent.id}/spoken`
  const taken = new Set<string | undefined>()
  for (const { slot } of agent.open) taken.add(slot)
  for (const { slot } of agent.pending) taken.add(slot)
  for (let number = 1; number <= openIn(agent, room) + agent.pending.size + 1; number++) {
    const slot = `${agent.id}/${room}/${number}`
    if (!taken.has(slot)) return slot
  }
  return `${agent.id}/${room}/${taken.size + 1}`
}
