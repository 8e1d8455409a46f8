import type { PassedOver } from '../offer.ts'
import { isIdler } from './rank.ts'
import { type AgentRecord, type ItemRecord, type Room, roomBit, roomOf, rooms } from './state.ts'
import { insertSorted, removeSorted } from './sorted.ts'
import type { Step } from './step.ts'

/** The item that takes an agent's ear and mouth, or the one of which they take notes. */
export function spokenOf({ open }: AgentRecord): ItemRecord | undefined {
  for (const record of open) if (roomOf(record.item.channel) === 'spoken') return record
  return undefined
}

/** How many of a kind are open. */
export function openIn({ open }: AgentRecord, room: Room): number {
  let count = 0
  for (const { item } of open) if (roomOf(item.channel) === room) count++
  return count
}

/** Why an agent is not asked for one more of a kind now, whatever their skills; undefined: can be. */
export function whyNoRoom(agent: AgentRecord, room: Room): PassedOver['why'] | undefined {
  if (!agent.isLoggedIn || agent.leaving) return 'notReady'
  const spoken = spokenOf(agent)
  if (spoken?.state === 'wrappingUp') return 'wrapUp'
  if (spoken || agent.hasOwnCall) return 'busy'
  if (!agent.wantsReady) return 'notReady'
  const { speaksBeside, ...most } = agent.settings.capacity
  for (const { record } of agent.pending)
    if (!speaksBeside || (roomOf(record.item.channel) === 'spoken') === (room === 'spoken')) return 'asked'
  if (room === 'spoken') return !speaksBeside && agent.open.size > 0 ? 'full' : undefined
  return openIn(agent, room) >= most[room] ? 'full' : undefined
}

/** For what an agent can be asked, as bits. */
function roomNow(agent: AgentRecord): number {
  let bits = 0
  for (const room of rooms) if (whyNoRoom(agent, room) === undefined) bits |= roomBit[room]
  return bits
}

/** Puts an agent into the lists of those who can be asked, or takes them out; to be called whenever something of theirs has changed. */
export function relist(step: Step, agent: AgentRecord): void {
  const room = roomNow(agent)
  const mustMove = agent.listedIdleMs !== undefined && agent.listedIdleMs !== agent.idleSinceMs
  if ((room & ~agent.room) !== 0) step.freed.add(agent)
  agent.room = room
  if (agent.listedIdleMs !== undefined && (room === 0 || mustMove)) unlist(step, agent)
  if (room === 0 || agent.listedIdleMs !== undefined) return
  agent.listedIdleMs = agent.idleSinceMs
  for (const queueId of agent.places.keys()) {
    const queue = step.state.queues.get(queueId)
    if (queue) insertSorted(queue.free, agent, isIdler)
  }
}

/** Out of the lists of all queues. */
export function unlist(step: Step, agent: AgentRecord): void {
  for (const queueId of agent.places.keys()) {
    const queue = step.state.queues.get(queueId)
    if (queue) removeSorted(queue.free, agent, isIdler)
  }
  agent.listedIdleMs = undefined
}
