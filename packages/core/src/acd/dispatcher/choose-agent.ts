import type { Selection } from '../centre.ts'
import { isIdler, lacking } from './rank.ts'
import { type AgentRecord, type ItemRecord, type QueueRecord, roomBit, roomOf } from './state.ts'
import { type Step, waitedMs } from './step.ts'
import { occupancyOf } from './worked-hour.ts'

export interface Chosen {
  readonly agent: AgentRecord
  readonly rule: Selection | 'sticky' | 'only'
}

/** Who of those who can be asked now is asked for an item; undefined: nobody. */
export function chooseAgent(step: Step, queue: QueueRecord, record: ItemRecord): Chosen | undefined {
  const { item, group } = record
  if (group?.isHeld) return undefined
  const bit = roomBit[roomOf(item.channel)]
  const waited = waitedMs(record, step.nowMs)
  const canTake = (agent: AgentRecord): boolean =>
    (agent.room & bit) !== 0 && !isSkipped(record, agent, step.nowMs) && !lacking(agent, record.needs, waited)
  const only = item.onlyAgentId === undefined ? undefined : step.state.agents.get(item.onlyAgentId)
  if (only) {
    const isFree = (only.room & bit) !== 0 && !isSkipped(record, only, step.nowMs)
    return isFree ? { agent: only, rule: 'only' } : undefined
  }
  const sticky = item.stickyAgentId === undefined ? undefined : step.state.agents.get(item.stickyAgentId)
  const isKnown = (queue.settings.stickySeconds ?? 0) > 0 && sticky?.places.has(queue.settings.id)
  if (sticky && isKnown && canTake(sticky)) return { agent: sticky, rule: 'sticky' }
  if (group?.forAgent) return undefined
  const rule = queue.settings.selection
  const agent =
    rule === 'longestIdle' ? queue.free.find(canTake) : bestOf(queue.free.filter(canTake), scoreBy(step, queue, record))
  return agent && { agent, rule }
}

export const isSkipped = (record: ItemRecord, agent: AgentRecord, nowMs: number): boolean =>
  (record.skipped?.get(agent.id) ?? 0) > nowMs

type Score = (agent: AgentRecord) => number

/** The lower, the sooner. */
export function scoreBy(step: Step, queue: QueueRecord, record: ItemRecord): Score {
  switch (queue.settings.selection) {
    case 'longestIdle':
      return () => 0
    case 'leastOccupied':
      return (agent) => occupancyOf(agent.work, step.nowMs)
    case 'bestSkilled':
      return (agent) => -record.needs.reduce((sum, need) => sum + (agent.skills.get(need.skillId) ?? 0), 0)
    case 'inOrder':
      return (agent) => agent.places.get(queue.settings.id) ?? Infinity
  }
}

function bestOf(agents: readonly AgentRecord[], score: Score): AgentRecord | undefined {
  let [best, least] = [agents[0], Infinity]
  for (const agent of agents) {
    const own = score(agent)
    if (own < least || (own === least && best && isIdler(agent, best))) [best, least] = [agent, own]
  }
  return best
}
