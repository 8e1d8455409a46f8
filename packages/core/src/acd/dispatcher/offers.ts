import type { CallId } from '@vaxel/base'
import type { Offer, OfferOutcome } from '../offer.ts'
import type { OfferId } from '../work-item.ts'
import { settleAgent, slotFor } from './agent-states.ts'
import type { Chosen } from './choose-agent.ts'
import { abandon, takeOut } from './entering.ts'
import { countServed, countWait } from './pace.ts'
import { lacking } from './rank.ts'
import { type AgentRecord, type ItemRecord, type Pending, roomOf, waitingFor } from './state.ts'
import { type Step, tell, waitedMs } from './step.ts'
import { pushDue } from './time-heap.ts'
import { isAtWork, leaveGroup, skip, wait } from './waiting.ts'
import { whyThis } from './why.ts'
import { begin } from './work.ts'

/** A channel that rings says itself when it rang for long enough; so much later it is over without it. */
const graceMs = 2000

/** Whoever declines and is the only one is asked again, but not at once. */
const soonestAgainMs = 5000

/** Somebody is chosen: the database is asked first. */
export function propose(step: Step, record: ItemRecord, chosen: Chosen | { agent: AgentRecord; rule: 'taken' }): void {
  const { agent, rule } = chosen
  const queue = step.state.queues.get(record.item.queueId)!
  const why = whyThis(step, queue, record, agent, rule)
  leaveGroup(record)
  step.awake.delete(record)
  const untilMs = step.nowMs + queue.settings.offerSeconds * 1000
  const id = step.makeOfferId(step.nowMs)
  const offer: Offer = { id, item: record.item, agentId: agent.id, atMs: step.nowMs, untilMs, why }
  const slot = slotFor(agent, roomOf(record.item.channel))
  const isTaken = rule === 'taken'
  const pending: Pending = {
    id,
    offer,
    slot,
    record,
    agent,
    state: 'claiming',
    dead: undefined,
    askedMs: step.nowMs,
    isTaken,
  }
  record.state = 'claiming'
  record.pending = pending
  agent.pending.add(pending)
  step.state.pending.set(id, pending)
  const fact = { kind: 'work.offered', atMs: step.nowMs, ...ofOffer(pending), untilMs, why } as const
  step.effects.push({ kind: 'claim', offer, slot, fact })
  settleAgent(step, agent)
}

const ofOffer = ({ id, agent, offer: { item } }: Pending) => ({
  itemId: item.id,
  queueId: item.queueId,
  channel: item.channel,
  ...(item.callId === undefined ? {} : { callId: item.callId }),
  offerId: id,
  agentId: agent.id,
})

/** The database has said yes: the agent is asked, and has all the time for it. */
export function claimWon(step: Step, id: OfferId): void {
  const pending = step.state.pending.get(id)
  if (pending?.state !== 'claiming') return
  const { record, agent } = pending
  if (pending.dead) {
    tell(step, { kind: 'work.withdrawn', ...ofOffer(pending), askedMs: 0, why: pending.dead })
    free(step, pending)
    backToLine(step, record, pending)
    return
  }
  pending.state = 'offered'
  pending.askedMs = step.nowMs
  record.state = 'offered'
  record.lostClaims = 0
  if (pending.isTaken && roomOf(record.item.channel) !== 'spoken') {
    accept(step, pending)
    return
  }
  const { offerSeconds } = step.state.queues.get(record.item.queueId)!.settings
  pending.offer = { ...pending.offer, untilMs: step.nowMs + offerSeconds * 1000 }
  step.effects.push({ kind: 'offer', offer: pending.offer })
  const rings = roomOf(record.item.channel) === 'spoken'
  pushDue(step.state.timers, { atMs: pending.offer.untilMs + (rings ? graceMs : 0), kind: 'offer', id })
  step.changed.add(agent.id)
}

/** Somebody else has the item or the place: it is looked at again a little later, each time after a longer wait. */
export function claimLost(step: Step, id: OfferId): void {
  const pending = step.state.pending.get(id)
  if (pending?.state !== 'claiming') return
  const { record } = pending
  record.lostClaims++
  record.heldUntilMs = step.nowMs + Math.min(5000, 100 * 2 ** record.lostClaims)
  free(step, pending, true)
  backToLine(step, record, pending)
}

/** Nobody is asked for it any more; the agent has their place back. */
function free(step: Step, pending: Pending, isLost = false): void {
  const { record, agent, id } = pending
  step.state.pending.delete(id)
  agent.pending.delete(pending)
  if (record.pending === pending) record.pending = undefined
  if (!isLost) step.effects.push({ kind: 'release', offerId: id, itemId: record.item.id })
  settleAgent(step, agent)
}

function backToLine(step: Step, record: ItemRecord, pending: Pending): void {
  const isThere = step.state.items.get(record.item.id) === record && record.pending === undefined
  if (isThere && (record.state === 'claiming' || record.state === 'offered')) wait(step, record)
  else if (!isThere) step.changed.add(pending.agent.id)
}

/** What came of asking. */
export function offerEnded(step: Step, id: OfferId, outcome: OfferOutcome): void {
  const pending = step.state.pending.get(id)
  if (pending?.state !== 'offered') return
  const { record, agent } = pending
  const queue = step.state.queues.get(record.item.queueId)!
  const asked = { ...ofOffer(pending), askedMs: step.nowMs - pending.askedMs }
  const offerMs = queue.settings.offerSeconds * 1000
  switch (outcome.kind) {
    case 'accepted':
      accept(step, pending, outcome.callId)
      return
    case 'declined':
      tell(step, { kind: 'work.declined', ...asked })
      skip(record, agent, step.nowMs + (isAlone(step, record, agent) ? Math.min(soonestAgainMs, offerMs) : offerMs))
      break
    case 'missed':
      tell(step, { kind: 'work.missed', ...asked })
      if (queue.settings.missedMakesNotReady) putNotReady(agent, 'missedOffer')
      skip(record, agent, step.nowMs + offerMs)
      break
    case 'failed':
      tell(step, { kind: 'work.offerFailed', ...asked, why: outcome.why })
      if (!outcome.isOurs) putNotReady(agent, 'unreachable')
      skip(record, agent, step.nowMs + offerMs)
      break
    case 'gone':
      tell(step, { kind: 'work.withdrawn', ...asked, why: 'gone' })
      free(step, pending)
      abandon(step, record)
      return
  }
  if (outcome.kind !== 'declined') record.stickyUntilMs = 0
  free(step, pending)
  backToLine(step, record, pending)
}

/** Who wanted a break already has it for their own reason. */
function putNotReady(agent: AgentRecord, reason: string): void {
  if (!agent.wantsReady) return
  agent.wantsReady = false
  agent.reason = reason
  agent.reasonBy = undefined
}

/** Whether nobody else at work could take it. */
function isAlone(step: Step, record: ItemRecord, agent: AgentRecord): boolean {
  if (record.item.onlyAgentId === agent.id) return true
  const waited = waitedMs(record, step.nowMs)
  for (const other of step.state.queues.get(record.item.queueId)!.present)
    if (other !== agent && isAtWork(other) && !lacking(other, record.needs, waited)) return false
  return true
}

/** @param madeCallId of a call-back: the call about it */
function accept(step: Step, pending: Pending, madeCallId?: CallId): void {
  const { record, agent, id, slot } = pending
  const queue = step.state.queues.get(record.item.queueId)!
  const waited = waitedMs(record, step.nowMs)
  const isMade = madeCallId !== undefined && record.item.channel === 'callBack'
  if (isMade) record.item = { ...record.item, madeCallId }
  const isInLevel = waited <= queue.settings.serviceLevel.seconds * 1000
  tell(step, {
    kind: 'work.accepted',
    ...ofOffer(pending),
    ...(isMade ? { callId: madeCallId } : {}),
    waitedMs: waited,
    askedMs: step.nowMs - pending.askedMs,
    isInLevel,
  })
  step.state.pending.delete(id)
  agent.pending.delete(pending)
  record.pending = undefined
  record.claimId = id
  record.slot = slot
  takeOut(step, record)
  const room = roomOf(record.item.channel)
  countServed(queue.pace[room], step.nowMs, queue.atWork, waitingFor(queue, room) > 0)
  countWait(queue.pace[room], waited, false)
  begin(step, record, agent)
  // Who speaks is not asked for anything else.
  if (room === 'spoken') for (const other of [...agent.pending]) withdraw(step, other, 'busy')
}

/** The agent is not asked any more; an item that is still there waits again. */
export function withdraw(step: Step, pending: Pending, why: 'gone' | 'loggedOff' | 'moved' | 'busy'): void {
  const { record, id } = pending
  if (pending.state === 'claiming') {
    pending.dead ??= why
    return
  }
  step.effects.push({ kind: 'withdraw', offerId: id, itemId: record.item.id, why })
  tell(step, { kind: 'work.withdrawn', ...ofOffer(pending), askedMs: step.nowMs - pending.askedMs, why })
  free(step, pending)
  backToLine(step, record, pending)
}

/** Time is over for an offer that nobody has answered. */
export function offerTimedOut(step: Step, id: string): void {
  const pending = step.state.pending.get(id as OfferId)
  if (pending?.state !== 'offered' || pending.offer.untilMs > step.nowMs) return
  step.effects.push({ kind: 'withdraw', offerId: pending.id, itemId: pending.record.item.id, why: 'missed' })
  offerEnded(step, pending.id, { kind: 'missed' })
}
