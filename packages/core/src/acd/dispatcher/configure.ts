import type { Centre } from '../centre.ts'
import { settleAgent } from './agent-states.ts'
import { forget, leaveQueues, logOff, makeAgent, setAgent } from './agents.ts'
import { leaveWithoutAgents, overflowTo } from './entering.ts'
import { lookAtSchedule } from './opening.ts'
import { emptyPace } from './pace.ts'
import { withdraw } from './offers.ts'
import type { Step } from './step.ts'
import { leaveGroup, needsOf, wait } from './waiting.ts'

/** A centre as it holds from now on. Who waits, is asked or talks goes on under the new rules. */
export function configure(step: Step, centre: Centre, timeZone: string): void {
  const { state } = step
  state.centre = centre
  state.timeZone = timeZone
  state.schedules.clear()
  for (const schedule of centre.schedules) {
    state.schedules.set(schedule.id, { schedule, isOpen: true, nextMs: 0 })
    lookAtSchedule(state, schedule.id, step.nowMs)
  }
  // Nobody is in any queue until it is known again who is in which.
  for (const agent of state.agents.values()) leaveQueues(step, agent)
  setQueues(step, centre)
  setAgents(step, centre)
  dropQueues(step, centre)
  // A group is of alike: all leave before the first comes back, by what is asked of it now.
  for (const record of state.items.values()) leaveGroup(record)
  for (const record of state.items.values()) {
    const queue = state.queues.get(record.item.queueId)
    if (queue) record.needs = needsOf(queue, record.item.needs)
    if (queue && record.state === 'waiting') wait(step, record)
  }
  for (const record of [...state.items.values()]) leaveWithoutAgents(step, record)
}

function setQueues(step: Step, centre: Centre): void {
  for (const settings of centre.queues) {
    const known = step.state.queues.get(settings.id)
    if (known) {
      known.settings = settings
      known.isRemoved = false
    } else
      step.state.queues.set(settings.id, {
        settings,
        groups: new Map(),
        free: [],
        present: new Set(),
        atWork: 0,
        waiting: { call: 0, callBack: 0, voicemail: 0, mail: 0, chat: 0, sms: 0 },
        override: undefined,
        isRemoved: false,
        pace: {
          spoken: emptyPace(),
          mail: emptyPace(),
          chat: emptyPace(),
          voicemail: emptyPace(),
          sms: emptyPace(),
        },
      })
  }
}

function setAgents(step: Step, centre: Centre): void {
  const wanted = new Set(centre.agents.map(({ userId }) => userId))
  for (const agent of [...step.state.agents.values()]) {
    if (wanted.has(agent.id)) continue
    setAgent(step, agent, { ...agent.settings, queues: [] })
    agent.isRemoved = true
    if (agent.isLoggedIn) logOff(step, agent, undefined, undefined)
    else forget(step, agent)
  }
  for (const settings of centre.agents) {
    const known = step.state.agents.get(settings.userId)
    if (!known) makeAgent(step, settings)
    else {
      setAgent(step, known, settings)
      if (known.isLoggedIn) settleAgent(step, known)
    }
  }
}

/** Queues that are not there any more send who waits where they sent people when they were closed. */
function dropQueues(step: Step, centre: Centre): void {
  const wanted = new Set(centre.queues.map(({ id }) => id))
  for (const [queueId, queue] of [...step.state.queues]) {
    if (wanted.has(queueId)) continue
    queue.isRemoved = true
    for (const record of [...step.state.items.values()]) {
      if (record.item.queueId !== queueId) continue
      if (record.pending) withdraw(step, record.pending, 'moved')
      if (record.state === 'waiting' || record.state === 'claiming')
        overflowTo(step, record, queue.settings.overflow.closed, 'closed')
    }
    if (![...step.state.items.values()].some(({ item }) => item.queueId === queueId)) step.state.queues.delete(queueId)
  }
}
