import type { RestoredAgent, RestoredItem } from '../dispatcher.ts'
import { settleAgent } from './agent-states.ts'
import { makeRecord, overflowTo, remove, settle } from './entering.ts'
import type { AgentRecord, ItemRecord } from './state.ts'
import { ofItem, release, type Step, tell } from './step.ts'
import { needsOf } from './waiting.ts'
import { beginWrapUp } from './work.ts'

/** What was before the server went away: nobody is asked, agents say themselves when they are ready again. */
export function restore(step: Step, items: readonly RestoredItem[], agents: readonly RestoredAgent[]): void {
  for (const restored of agents) {
    const agent = step.state.agents.get(restored.agentId)
    if (agent && !agent.isLoggedIn && restored.state !== 'loggedOff') restoreAgent(step, agent, restored)
  }
  for (const restored of items) if (!step.state.items.has(restored.item.id)) restoreItem(step, restored)
}

function restoreAgent(step: Step, agent: AgentRecord, { state, reason, sinceMs, line }: RestoredAgent): void {
  agent.isLoggedIn = true
  agent.line = line
  agent.wantsReady = false
  agent.reason = state === 'notReady' ? reason : 'restarted'
  agent.state = state
  agent.stateReason = reason
  agent.stateSinceMs = sinceMs
  for (const queueId of agent.places.keys()) step.state.queues.get(queueId)?.present.add(agent)
  settleAgent(step, agent)
}

function restoreItem(step: Step, restored: RestoredItem): void {
  const { item, state, agentId, acceptedAtMs = step.nowMs } = restored
  const record = makeRecord(step, item)
  const queue = step.state.queues.get(item.queueId)
  if (queue) record.needs = needsOf(queue, item.needs)
  record.claimId = restored.offerId
  record.slot = restored.slot
  const agent = agentId === undefined ? undefined : step.state.agents.get(agentId)
  if (state === 'waiting' || !agent || (!agent.isLoggedIn && state !== 'kept')) {
    if (state !== 'waiting' && agentId !== undefined) leaveAgent(step, record, { ...restored, agentId })
    if (!step.state.items.has(item.id)) return
    record.enteredMs = item.sinceMs
    if (queue) settle(step, queue, record)
    else overflowTo(step, record, { kind: 'goodbye' }, 'closed')
    return
  }
  record.agent = agent
  record.state = state
  record.sinceMs = acceptedAtMs
  record.acceptedMs = acceptedAtMs
  if (state === 'kept') agent.kept.add(record)
  else agent.open.add(record)
  if (state === 'wrappingUp') beginWrapUp(step, record)
  settleAgent(step, agent)
}

/** Whose agent is not there any more: unfinished work waits again, what was to be noted is over. */
function leaveAgent(
  step: Step,
  record: ItemRecord,
  { state, agentId, acceptedAtMs = step.nowMs }: RestoredItem & { readonly agentId: AgentRecord['id'] },
): void {
  const spentMs = Math.max(0, step.nowMs - acceptedAtMs)
  if (state === 'wrappingUp') {
    tell(step, { kind: 'work.wrappedUp', ...ofItem(record), agentId, wrapMs: 0, isForced: true })
    release(step, record)
    remove(step, record)
    return
  }
  tell(step, { kind: 'work.returned', ...ofItem(record), agentId, handledMs: spentMs, why: 'restarted' })
  release(step, record)
}
