import { channels } from '../channel.ts'
import type { CentreFact } from '../fact.ts'
import { chooseAgent } from './choose-agent.ts'
import { isBefore, isIdler, priorityOf } from './rank.ts'
import { spokenOf, whyNoRoom } from './room.ts'
import { type AgentRecord, type DispatcherState, type ItemRecord, roomOf, rooms } from './state.ts'
import type { Step } from './step.ts'

/** What must never be, whatever a dispatcher was told; empty when all is well. */
export function faultsOf(state: DispatcherState, facts: readonly CentreFact[]): readonly string[] {
  return [
    ...[...state.items.values()].flatMap((record) => itemFaults(state, record)),
    ...[...state.agents.values()].flatMap((agent) => agentFaults(state, agent)),
    ...queueFaults(state),
    ...wakeFaults(state),
    ...sumFaults(state, facts),
  ]
}

function itemFaults(state: DispatcherState, record: ItemRecord): readonly string[] {
  const faults: string[] = []
  const { item, group, pending, agent } = record
  const is = (isWell: boolean, what: string): void =>
    void (isWell || faults.push(`${item.id} (${record.state}): ${what}`))
  switch (record.state) {
    case 'waiting': {
      is(group !== undefined && group.items.filter((one) => one === record).length === 1, 'stands once in its group')
      is(group?.queue === state.queues.get(item.queueId), 'stands in its own queue')
      is(group !== undefined && state.queues.get(item.queueId)?.groups.get(group.key) === group, 'its group is known')
      is(!pending && !agent, 'is nobody’s')
      is(record.isCounted, 'is counted')
      const queue = state.queues.get(item.queueId)
      is(
        !queue || chooseAgent({ state, nowMs: state.nowMs } as Step, queue, record) === undefined,
        'nobody free can take it',
      )
      break
    }
    case 'claiming':
    case 'offered':
      is(pending?.record === record && state.pending.get(pending.id) === pending, 'is asked for')
      is(!group && !agent && record.isCounted, 'is between the line and an agent')
      break
    case 'assigned':
    case 'wrappingUp':
      is(agent?.open.has(record) ?? false, 'is open at its agent')
      is(!group && !pending && !record.isCounted, 'waits no more')
      is(agent?.isLoggedIn ?? false, 'its agent is there')
      break
    case 'kept':
      is(agent?.kept.has(record) ?? false, 'is kept by its agent')
      is(!group && !pending && !record.isCounted && record.claimId === undefined, 'waits no more')
  }
  return faults
}

function agentFaults(state: DispatcherState, agent: AgentRecord): readonly string[] {
  const faults: string[] = []
  const is = (isWell: boolean, what: string): void =>
    void (isWell || faults.push(`${agent.id} (${agent.state}): ${what}`))
  const spokenAsked = [...agent.pending].filter(
    ({ record, offer }) => roomOf(offer.item.channel) === 'spoken' && record,
  )
  is(spokenAsked.length <= 1, 'is asked for one call at a time')
  is(agent.pending.size - spokenAsked.length <= 1, 'is asked for one other thing at a time')
  const spoken = [...agent.open].filter(({ item }) => roomOf(item.channel) === 'spoken')
  is(spoken.length <= 1, 'speaks once')
  is(spoken.length === 0 || [...agent.pending].every(({ dead }) => dead), 'is not asked while speaking')
  for (const record of agent.open)
    is(state.items.get(record.item.id) === record, `has ${record.item.id} that is no more`)
  for (const pending of agent.pending) is(state.pending.get(pending.id) === pending, 'is asked for what nobody asks')
  is(agent.isLoggedIn || (agent.open.size === 0 && agent.state === 'loggedOff'), 'is gone with all that was open')
  is(agent.isLoggedIn === (agent.state !== 'loggedOff'), 'is shown as there')
  is(agent.state !== 'busy' || agent.open.size > 0 || agent.hasOwnCall, 'is busy with something')
  is(agent.state !== 'workingAfterCall' || spokenOf(agent)?.state === 'wrappingUp', 'notes something')
  is(agent.room === 0 || agent.state === 'ready', 'is ready when there is room')
  is(!agent.leaving || agent.open.size > 0 || agent.pending.size > 0, 'leaves when nothing is left')
  let room = 0
  rooms.forEach((one, at) => {
    if (whyNoRoom(agent, one) === undefined) room |= 1 << at
  })
  is(room === agent.room, 'is listed for what there is room for')
  for (const queueId of agent.places.keys()) {
    const queue = state.queues.get(queueId)
    is(!queue || queue.free.includes(agent) === (room !== 0), `is listed in ${queueId}`)
    is(!queue || queue.present.has(agent) === agent.isLoggedIn, `is present in ${queueId}`)
  }
  return faults
}

function queueFaults(state: DispatcherState): readonly string[] {
  const faults: string[] = []
  for (const [id, queue] of state.queues) {
    const counted = [...state.items.values()].filter(({ item, isCounted }) => isCounted && item.queueId === id)
    for (const channel of channels) {
      const wait = counted.filter(({ item }) => item.channel === channel).length
      if (wait !== queue.waiting[channel])
        faults.push(`${id}: ${queue.waiting[channel]} of ${channel}, and it is ${wait}`)
    }
    const working = [...queue.present].filter((agent) => agent.wantsReady && !agent.leaving).length
    if (working !== queue.atWork) faults.push(`${id}: ${queue.atWork} work, and it is ${working}`)
    queue.free.forEach((agent, at) => {
      const next = queue.free[at + 1]
      if (next && !isIdler(agent, next)) faults.push(`${id}: ${agent.id} is not idle for longer than ${next.id}`)
    })
    for (const group of queue.groups.values()) if (group.items.length === 0) faults.push(`${id}: an empty group stays`)
  }
  return faults
}

/** Every promise of time has somebody who wakes it. */
function wakeFaults(state: DispatcherState): readonly string[] {
  const faults: string[] = []
  const isDue = (kind: string, id: string, atMs: number): boolean =>
    state.timers.some((due) => due.kind === kind && due.id === id && due.atMs === atMs)
  for (const record of state.items.values()) {
    if (record.state === 'waiting' && record.timerMs < Infinity && !isDue('item', record.item.id, record.timerMs))
      faults.push(`${record.item.id}: nobody wakes it`)
    if (record.group?.isHeld && record.timerMs === Infinity) faults.push(`${record.item.id}: is held for ever`)
    const ends = record.state === 'wrappingUp' && record.wrapUntilMs > state.nowMs
    if (ends && !isDue('wrapUp', record.item.id, record.wrapUntilMs))
      faults.push(`${record.item.id}: noting never ends`)
  }
  for (const pending of state.pending.values())
    if (pending.state === 'offered' && !state.timers.some(({ kind, id }) => kind === 'offer' && id === pending.id))
      faults.push(`${pending.id}: asking never ends`)
  const first = state.timers[0]?.atMs ?? Infinity
  if (first < state.wakeMs) faults.push(`woken at ${state.wakeMs}, and due at ${first}`)
  return faults
}

/** Of each queue: what has arrived is somewhere. Of all: every offer has ended, or goes on. */
function sumFaults(state: DispatcherState, facts: readonly CentreFact[]): readonly string[] {
  const faults: string[] = []
  const count = (kinds: readonly string[], queueId?: string): number =>
    facts.filter((fact) => kinds.includes(fact.kind) && (!queueId || ('queueId' in fact && fact.queueId === queueId)))
      .length
  for (const queueId of new Set(facts.flatMap((fact) => ('queueId' in fact ? [fact.queueId] : [])))) {
    const arrived = count(['work.arrived', 'work.returned'], queueId)
    const gone = ['accepted', 'abandoned', 'overflowed', 'messageLeft', 'moved', 'closed'].map((kind) => `work.${kind}`)
    const open = [...state.items.values()].filter(({ item, isCounted }) => isCounted && item.queueId === queueId).length
    const left = count(gone, queueId)
    if (arrived !== left + open) faults.push(`${queueId}: ${arrived} arrived, ${left} left, ${open} wait`)
    const accepted = count(['work.accepted'], queueId)
    const over = count(['work.finished', 'work.returned'], queueId)
    const held = [...state.items.values()].filter(
      ({ item, state: is }) => item.queueId === queueId && (is === 'assigned' || is === 'kept'),
    ).length
    if (accepted !== over + held) faults.push(`${queueId}: ${accepted} accepted, ${over} over, ${held} worked on`)
  }
  const offered = count(['work.offered'])
  const ended = count(['accepted', 'declined', 'missed', 'offerFailed', 'withdrawn'].map((kind) => `work.${kind}`))
  const asked = [...state.pending.values()].filter(({ id, state: is }) => is === 'offered' && id).length
  if (offered !== ended + asked) faults.push(`${offered} offered, ${ended} ended, ${asked} asked`)
  return faults
}

/** Items of an agent's queues that come before one that they are asked for, and that are not told of. */
export function untoldOlder(
  state: DispatcherState,
  agent: AgentRecord,
  record: ItemRecord,
  told: ReadonlySet<string>,
): readonly string[] {
  const rankOf = (one: ItemRecord) => ({
    record: one,
    priority: priorityOf(one, state.queues.get(one.item.queueId)?.settings.agesEverySeconds, state.nowMs),
  })
  const own = rankOf(record)
  return [...state.items.values()]
    .filter((other) => other.state === 'waiting' && agent.places.has(other.item.queueId))
    .filter((other) => isBefore(rankOf(other), own) && !told.has(other.item.id))
    .map(({ item }) => item.id)
}
