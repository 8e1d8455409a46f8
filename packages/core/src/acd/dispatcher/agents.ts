import type { UserId } from '@vaxel/base'
import type { Agent, AgentLine } from '../centre.ts'
import { countAtWork, settleAgent } from './agent-states.ts'
import { leaveWithoutAgents } from './entering.ts'
import { withdraw } from './offers.ts'
import { spokenOf, unlist } from './room.ts'
import { type AgentRecord, roomBit, roomOf } from './state.ts'
import type { Step } from './step.ts'
import { wait } from './waiting.ts'
import { emptyHour } from './worked-hour.ts'
import { giveBack, needsCode, wrapUp } from './work.ts'

export function makeAgent(step: Step, settings: Agent): AgentRecord {
  const agent: AgentRecord = {
    id: settings.userId,
    order: step.state.nextOrder++,
    settings,
    skills: new Map(),
    places: new Map(),
    serves: 0,
    isLoggedIn: false,
    line: undefined,
    leaving: undefined,
    isRemoved: false,
    wantsReady: false,
    isAtWork: false,
    reason: undefined,
    reasonBy: undefined,
    state: 'loggedOff',
    stateReason: undefined,
    stateBy: undefined,
    stateSinceMs: step.nowMs,
    idleSinceMs: step.nowMs,
    hasOwnCall: false,
    open: new Set(),
    kept: new Set(),
    pending: new Set(),
    ownGroups: new Set(),
    room: 0,
    listedIdleMs: undefined,
    work: emptyHour(step.nowMs),
  }
  setAgent(step, agent, settings)
  step.state.agents.set(agent.id, agent)
  return agent
}

/** What an administrator has said of an agent; holds from now on. */
export function setAgent(step: Step, agent: AgentRecord, settings: Agent): void {
  leaveQueues(step, agent)
  agent.settings = settings
  agent.isRemoved = false
  agent.skills = new Map(settings.skills.map(({ skillId, level }) => [skillId, level]))
  agent.places = new Map(settings.queues.map(({ queueId, place }) => [queueId, place ?? Infinity]))
  agent.serves = 0
  for (const queueId of agent.places.keys()) {
    const queue = step.state.queues.get(queueId)
    if (!queue) continue
    for (const channel of queue.settings.channels) agent.serves |= roomBit[roomOf(channel)]
    if (agent.isLoggedIn) queue.present.add(agent)
  }
}

export function leaveQueues(step: Step, agent: AgentRecord): void {
  unlist(step, agent)
  countAtWork(step, agent, false)
  for (const queueId of agent.places.keys()) step.state.queues.get(queueId)?.present.delete(agent)
}

/** Logged in, and not ready until they say so. Who was about to leave stays. */
export function logIn(step: Step, agent: AgentRecord, line: AgentLine, by: UserId | undefined): void {
  agent.line = line
  agent.leaving = undefined
  if (agent.isLoggedIn) {
    settleAgent(step, agent, by)
    return
  }
  agent.isLoggedIn = true
  agent.wantsReady = false
  agent.hasOwnCall = false
  agent.reason = 'loggedIn'
  agent.reasonBy = by
  for (const queueId of agent.places.keys()) step.state.queues.get(queueId)?.present.add(agent)
  settleAgent(step, agent, by, line)
}

/**
 * At once, or when they have finished with who they speak to, and noted it where a code is needed (not when somebody else logs them off). Their other
 * open work goes back to its queues.
 */
export function logOff(step: Step, agent: AgentRecord, by: UserId | undefined, reason: string | undefined): void {
  if (!agent.isLoggedIn) return
  agent.leaving = { ...(by === undefined ? {} : { by }), ...(reason === undefined ? {} : { reason }) }
  for (const pending of [...agent.pending]) withdraw(step, pending, 'loggedOff')
  for (const record of [...agent.open]) {
    const isSpoken = roomOf(record.item.channel) === 'spoken'
    const isForced = by !== undefined && by !== agent.id
    if (isSpoken && (record.state === 'assigned' || (needsCode(step, record) && !isForced))) continue
    if (record.state === 'wrappingUp') wrapUp(step, record, { isForced: true })
    else giveBack(step, record, 'loggedOff')
  }
  settleAgent(step, agent)
  leaveIfDone(step, agent)
}

/** Whoever is to leave leaves with the end of what they speak. */
export function leaveIfDone(step: Step, agent: AgentRecord): void {
  const { leaving } = agent
  if (!leaving || agent.open.size > 0 || agent.pending.size > 0) return
  agent.isLoggedIn = false
  agent.leaving = undefined
  agent.wantsReady = false
  agent.hasOwnCall = false
  agent.reason = leaving.reason
  agent.reasonBy = leaving.by
  settleAgent(step, agent, leaving.by)
  agent.line = undefined
  const queues = [...agent.places.keys()]
  for (const queueId of queues) step.state.queues.get(queueId)?.present.delete(agent)
  loosen(step, agent)
  for (const queueId of queues) askWithoutAgents(step, queueId)
  if (agent.isRemoved) forget(step, agent)
}

/** Not in the centre any more: what waited for them, or was put aside by them, is for the others. */
export function forget(step: Step, agent: AgentRecord): void {
  for (const record of [...agent.kept]) giveBack(step, record, 'loggedOff')
  unlist(step, agent)
  step.state.agents.delete(agent.id)
  step.freed.delete(agent)
  for (const group of [...agent.ownGroups]) for (const record of [...group.items]) wait(step, record)
}

/** Items that waited for an agent who is not at work now wait for anybody. */
function loosen(step: Step, agent: AgentRecord): void {
  for (const group of [...agent.ownGroups])
    if (group.why === 'sticky') for (const record of [...group.items]) wait(step, record)
}

/** When an agent has left a queue, its items may have nobody any more. */
function askWithoutAgents(step: Step, queueId: Parameters<Step['state']['queues']['get']>[0]): void {
  const queue = step.state.queues.get(queueId)
  if (!queue?.settings.overflow.noAgents) return
  for (const group of [...queue.groups.values()])
    for (const record of [...group.items]) if (!leaveWithoutAgents(step, record)) break
}

/** Takes work from now on; what is noted is noted, unless a code is missing. */
export function makeReady(step: Step, agent: AgentRecord, by: UserId | undefined): void {
  if (!agent.isLoggedIn || agent.leaving) return
  const wasReady = agent.wantsReady
  agent.wantsReady = true
  agent.reason = undefined
  agent.reasonBy = undefined
  for (const record of [...agent.open])
    if (record.state === 'wrappingUp' && roomOf(record.item.channel) === 'spoken') wrapUp(step, record, {})
  if (!wasReady && !spokenOf(agent)) agent.idleSinceMs = step.nowMs
  settleAgent(step, agent, by)
}

/** Holds from the end of what the agent does now. */
export function makeNotReady(step: Step, agent: AgentRecord, reason: string, by: UserId | undefined): void {
  if (!agent.isLoggedIn) return
  agent.wantsReady = false
  agent.reason = reason
  agent.reasonBy = by
  settleAgent(step, agent, by)
  loosen(step, agent)
}

/** Speaks in a call that is no work. */
export function setOwnCall(step: Step, agent: AgentRecord, isOn: boolean): void {
  if (!agent.isLoggedIn || agent.hasOwnCall === isOn) return
  agent.hasOwnCall = isOn
  if (!isOn) agent.idleSinceMs = step.nowMs
  settleAgent(step, agent)
}
