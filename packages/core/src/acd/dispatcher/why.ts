import type { SkillId } from '../centre.ts'
import type { ItemPassedOver, OfferWhy, PassedOver } from '../offer.ts'
import { scoreBy } from './choose-agent.ts'
import { cameBefore, isIdler, lacking, levelAfter, priorityOf } from './rank.ts'
import { whyNoRoom } from './room.ts'
import { countBefore } from './sorted.ts'
import { type AgentRecord, type Group, type ItemRecord, type QueueRecord, roomBit, roomOf } from './state.ts'
import { type Step, waitedMs } from './step.ts'
import { occupancyOf } from './worked-hour.ts'

const mostTold = 10
/** Agents that are looked at for their reasons, at most: a queue may have thousands. */
const mostLookedAt = 40

/** Why this agent has been chosen for this item, and who and what was passed over. To be asked before either is taken out of its list. */
export function whyThis(
  step: Step,
  queue: QueueRecord,
  record: ItemRecord,
  agent: AgentRecord,
  rule: OfferWhy['rule'],
): OfferWhy {
  const waited = waitedMs(record, step.nowMs)
  const priority = priorityOf(record, queue.settings.agesEverySeconds, step.nowMs)
  const others = rule === 'only' ? [] : passedOver(step, queue, record, agent)
  const more = rule === 'only' ? 0 : queue.present.size - (queue.present.has(agent) ? 1 : 0) - others.length
  return {
    rule,
    waitedMs: waited,
    priority,
    idleMs: Math.max(0, step.nowMs - agent.idleSinceMs),
    ...(rule === 'leastOccupied' ? { occupancy: occupancyOf(agent.work, step.nowMs) } : {}),
    needs: record.needs.map((need) => ({
      skillId: need.skillId,
      level: levelAfter(need, waited),
      has: agent.skills.get(need.skillId) ?? 0,
    })),
    others,
    more: Math.max(0, more),
    ...(rule === 'taken' ? { olderItems: [] } : olderItems(step, queue, record, agent, priority)),
  }
}

/** The next best first, then those who could not, with why. */
function passedOver(step: Step, queue: QueueRecord, record: ItemRecord, chosen: AgentRecord): readonly PassedOver[] {
  const score = scoreBy(step, queue, record)
  const able: { readonly agent: AgentRecord; readonly score: number }[] = []
  const told: PassedOver[] = []
  const unable: PassedOver[] = []
  // In the order of idleness the next ones are the first ones; other rules must look at all who are free.
  const isSorted = queue.settings.selection === 'longestIdle'
  let looked = 0
  for (const agent of queue.free) {
    if (agent === chosen) continue
    if (isSorted && (able.length === mostTold || ++looked > mostLookedAt)) break
    const why = whyNot(step, record, agent)
    if (why.why === 'next') able.push({ agent, score: score(agent) })
    else if (unable.length < mostTold) unable.push(why)
  }
  if (!isSorted) able.sort((a, b) => a.score - b.score || (isIdler(a.agent, b.agent) ? -1 : 1))
  for (const { agent } of able.slice(0, mostTold)) told.push({ agentId: agent.id, why: 'next' })
  for (const one of unable) if (told.length < mostTold) told.push(one)
  looked = 0
  for (const agent of queue.present) {
    if (told.length === mostTold || ++looked > mostLookedAt) break
    if (agent !== chosen && agent.listedIdleMs === undefined) told.push(whyNot(step, record, agent))
  }
  return told
}

function whyNot(step: Step, record: ItemRecord, agent: AgentRecord): PassedOver {
  const agentId = agent.id
  const room = whyNoRoom(agent, roomOf(record.item.channel))
  if (room) return { agentId, why: room }
  const need = lacking(agent, record.needs, waitedMs(record, step.nowMs))
  if (need) return { agentId, why: 'skill', skillId: need.skillId satisfies SkillId }
  if ((record.skipped?.get(agent.id) ?? 0) > step.nowMs) return { agentId, why: 'askedAlready' }
  return { agentId, why: record.group?.forAgent ? 'waitsForSticky' : 'next' }
}

type Older = Pick<OfferWhy, 'olderItems' | 'moreOlder'>

/** Items that would have come first: of the agent's own queues all are counted, of the others some are named where there is room. */
function olderItems(step: Step, own: QueueRecord, record: ItemRecord, agent: AgentRecord, priority: number): Older {
  const olderItems: { itemId: string; why: ItemPassedOver }[] = []
  let moreOlder = 0
  const look = (queue: QueueRecord, isOwn: boolean): void => {
    for (const group of queue.groups.values()) {
      const count = countOlder(step, queue, group, record, priority)
      for (let at = 0; at < count && olderItems.length < mostTold; at++) {
        const other = group.items[at]!
        if (other === record) continue
        olderItems.push({ itemId: other.item.id, why: isOwn ? whyNotItem(step, group, other, agent) : 'otherQueue' })
      }
      if (isOwn) moreOlder += count
      if (!isOwn && olderItems.length === mostTold) return
    }
  }
  look(own, true)
  for (const queueId of agent.places.keys()) {
    const queue = step.state.queues.get(queueId)
    if (queue && queue !== own) look(queue, true)
  }
  moreOlder = Math.max(0, moreOlder - olderItems.length)
  if (olderItems.length < mostTold)
    for (const queue of step.state.queues.values()) {
      if (olderItems.length === mostTold) break
      if (queue !== own && !agent.places.has(queue.settings.id)) look(queue, false)
    }
  return { olderItems, ...(moreOlder === 0 ? {} : { moreOlder }) }
}

/** How many of a group rank before the item: they stand at its beginning. */
function countOlder(step: Step, queue: QueueRecord, group: Group, record: ItemRecord, priority: number): number {
  const ages = queue.settings.agesEverySeconds
  const isOlder = (other: ItemRecord): boolean => {
    const own = priorityOf(other, ages, step.nowMs)
    return own === priority ? cameBefore(other, record) : own > priority
  }
  const first = group.items[0]
  return first && isOlder(first) ? countBefore(group.items, isOlder) : 0
}

function whyNotItem(step: Step, group: Group, other: ItemRecord, agent: AgentRecord): ItemPassedOver {
  if (group.isHeld) return 'notYet'
  if (group.forAgent && group.forAgent !== agent) return group.why === 'sticky' ? 'waitsForSticky' : 'onlyOther'
  if ((agent.room & group.bit) === 0 || group.bit !== roomBit[roomOf(other.item.channel)]) return 'otherChannel'
  if ((other.skipped?.get(agent.id) ?? 0) > step.nowMs) return 'declinedByAgent'
  return lacking(agent, other.needs, waitedMs(other, step.nowMs)) ? 'skill' : 'otherQueue'
}
