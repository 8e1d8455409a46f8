import { chooseAgent, isSkipped } from './choose-agent.ts'
import { propose } from './offers.ts'
import { isBefore, lacking, priorityOf, type Ranked } from './rank.ts'
import type { AgentRecord, Group, ItemRecord } from './state.ts'
import { type Step, waitedMs } from './step.ts'

/**
 * Brings together who can be asked and what waits, until nobody is left who could take anything. Before each step that holds already, so only
 * those are looked at for whom something has changed: agents with more room, items that somebody else may take now.
 */
export function match(step: Step): void {
  while (step.freed.size > 0 || step.awake.size > 0) {
    if (step.awake.size === 0 && step.freed.size === 1) matchAgent(step)
    else if (step.freed.size === 0 && step.awake.size === 1) matchItem(step)
    else matchAll(step)
  }
}

/** One agent has more room than before. */
function matchAgent(step: Step): void {
  const [agent] = step.freed
  step.freed.clear()
  const best = agent && bestFor(step, agent)
  if (!best) return
  propose(step, best, chosenFor(step, best) ?? { agent, rule: best.group!.queue.settings.selection })
  step.freed.add(agent)
}

/** The item that comes first of those that an agent can take. */
function bestFor(step: Step, agent: AgentRecord): ItemRecord | undefined {
  if (agent.room === 0) return undefined
  let best: Ranked | undefined
  const look = (group: Group): void => {
    if ((agent.room & group.bit) === 0 || group.isHeld) return
    const record = firstFor(step, group, agent)
    if (!record) return
    const ranked = { record, priority: priorityOf(record, group.queue.settings.agesEverySeconds, step.nowMs) }
    if (!best || isBefore(ranked, best)) best = ranked
  }
  for (const queueId of agent.places.keys())
    for (const group of step.state.queues.get(queueId)?.groups.values() ?? []) if (!group.forAgent) look(group)
  for (const group of agent.ownGroups) look(group)
  return best?.record
}

/** Of one group: the first that the agent may have. Skills are asked less of the older, so the first lack ends it. */
function firstFor(step: Step, group: Group, agent: AgentRecord): ItemRecord | undefined {
  for (const record of group.items) {
    if (group.why !== 'only' && lacking(agent, group.needs, waitedMs(record, step.nowMs))) return undefined
    if (!isSkipped(record, agent, step.nowMs)) return record
  }
  return undefined
}

/** One item may be taken by somebody who could not before. */
function matchItem(step: Step): void {
  const [record] = step.awake
  step.awake.clear()
  const chosen = record && chosenFor(step, record)
  if (chosen) propose(step, record, chosen)
}

const chosenFor = (step: Step, record: ItemRecord) => {
  const queue = record.group?.queue
  return queue && chooseAgent(step, queue, record)
}

/** Several at once: the item that comes first of all chooses first. */
function matchAll(step: Step): void {
  const groups = new Map<Group, number>()
  for (const agent of step.freed) {
    for (const queueId of agent.places.keys())
      for (const group of step.state.queues.get(queueId)?.groups.values() ?? []) groups.set(group, 0)
    for (const group of agent.ownGroups) groups.set(group, 0)
  }
  for (const { group } of step.awake) if (group) groups.set(group, 0)
  step.freed.clear()
  step.awake.clear()
  for (;;) {
    const first = firstOf(step, groups)
    if (!first) return
    const { record, group } = first
    const chosen = chooseAgent(step, group.queue, record)
    if (chosen) propose(step, record, chosen)
    // What was declined by somebody stands in nobody else's way; otherwise all behind it are as it is.
    else if (record.skipped || group.why === 'only') groups.set(group, groups.get(group)! + 1)
    else groups.delete(group)
  }
}

function firstOf(step: Step, groups: Map<Group, number>): (Ranked & { readonly group: Group }) | undefined {
  let first: (Ranked & { readonly group: Group }) | undefined
  for (const [group, at] of groups) {
    const record = group.isHeld ? undefined : group.items[at]
    if (!record) {
      groups.delete(group)
      continue
    }
    const priority = priorityOf(record, group.queue.settings.agesEverySeconds, step.nowMs)
    const ranked = { record, priority, group }
    if (!first || isBefore(ranked, first)) first = ranked
  }
  return first
}
