import { type CallId, TransientMap } from '@vaxel/base'
import type { CallMonitor, Feature, Queue, RecordableLeg, ServiceLine, VoiceService } from '@vaxel/core'
import { type AgentCode, agentCodes } from './agent-codes.ts'
import { CallBacks } from './call-backs.ts'
import { callHands } from './call-hands.ts'
import { CustomerCall } from './customer-call.ts'
import { KeptLines } from './kept-lines.ts'
import { type LeftMessage, messageHands, takeMessage } from './message-items.ts'
import { MonitorDesk } from './monitor-desk.ts'
import { OutgoingCalls } from './outgoing-calls.ts'
import type { QueueVoiceDependencies } from './parts.ts'
import { prompt } from './spoken.ts'

export type { LeftMessage } from './message-items.ts'
export type { QueueVoiceDependencies } from './parts.ts'

/** Numbers change after what leads to them was checked: a caller whom queues send on to each other without end hears a sentence instead. */
const mostSendings = 10

/** Queues at the telephone: what callers hear, how agents are rung, call-backs, messages, and supervisors who listen. */
export interface QueueVoiceFeature {
  /** Answers calls to the numbers of queues, and those that queues make. */
  readonly service: VoiceService
  readonly monitor: CallMonitor
  /** What the queue of a call says of recording; undefined where nothing says anything. */
  recordingOf(leg: Partial<Pick<RecordableLeg, 'callId'>>): Queue['recording']
  /** What stands behind the feature codes of agents. */
  readonly codes: ReadonlyMap<Feature, AgentCode>
  /** A message is new in a mailbox of several people. */
  messageLeft(message: LeftMessage): Promise<void>
  close(): void
}

export function createQueueVoice(
  dependencies: QueueVoiceDependencies & {
    /** Whether a message of a mailbox is still there. */
    messageExists(boxId: string, messageId: string): Promise<boolean>
  },
): QueueVoiceFeature {
  const { calls, desk, directory } = dependencies
  const outgoing = new OutgoingCalls(dependencies)
  const parts = { ...dependencies, outgoing }
  const customers = new TransientMap<CallId, CustomerCall>()
  const kept = new KeptLines(parts)
  const callBacks = new CallBacks(parts, kept)
  const monitors = new MonitorDesk(parts, customers)
  desk.provide('call', callHands(parts, customers, kept))
  desk.provide('callBack', callBacks.hands)
  desk.provide('voicemail', messageHands(dependencies.messageExists))
  dependencies.agents.onAgentChanged((agent) => callBacks.follow(agent))
  const stop = calls.onChanged((state) => {
    const customer = customers.get(state.call.id)
    if (customer && !customer.changed(state)) customers.delete(state.call.id)
    callBacks.changed(state)
    monitors.changed(state)
    outgoing.changed(state)
  })

  const answer = async (line: ServiceLine): Promise<void> => {
    const own = outgoing.takeService(line)
    if (own) return await own(line)
    const before = customers.get(line.callId)
    const state = before && calls.state(line.callId)
    if (before && state && before.isLeft(state)) return await before.comeBack(line)
    // An agent has put the caller through to a queue, or sent them there: what waited before is closed before they wait again.
    await before?.movedOn(line.number)
    if (line.signal.aborted) return
    const target = directory.number(line.companyId, line.number)?.target
    const id = target?.kind === 'service' && target.service === 'queue' ? target.id : undefined
    const queue = id === undefined ? undefined : desk.queue(line.companyId, id)
    if (!queue?.channels.includes('call')) {
      line.note('queue.not-there', `${line.number} leads to a queue that takes no calls`, { number: line.number })
      return await line.say([prompt('service-not-available')], { isUninterruptible: true })
    }
    const sendings = before?.sendings ?? 0
    if (sendings > mostSendings) {
      line.note('queue.cut-circle', `queues send the caller on to each other, at last to ${queue.name}`, {
        name: queue.name,
      })
      return await line.say([prompt('queue-busy')], { isUninterruptible: true })
    }
    const customer = new CustomerCall(parts, line, queue, sendings)
    customers.set(line.callId, customer)
    await customer.enter()
  }

  return {
    service: answer,
    monitor: monitors,
    recordingOf: ({ callId }) => (callId === undefined ? undefined : customers.get(callId)?.queue.recording),
    codes: agentCodes(parts),
    messageLeft: (message) => takeMessage(desk, message),
    close: stop,
  }
}
