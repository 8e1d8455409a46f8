import type { CallId } from '@vaxel/base'
import type { ChannelHands, WorkItem } from '@vaxel/core'
import { offerByNumber } from './agent-phone.ts'
import type { CustomerCall } from './customer-call.ts'
import type { KeptLines } from './kept-lines.ts'
import type { QueueVoiceParts } from './parts.ts'

/** What the dispatcher does with calls: rings agents, sends callers elsewhere. */
export function callHands(
  parts: QueueVoiceParts,
  customers: ReadonlyMap<CallId, CustomerCall>,
  kept: KeptLines,
): ChannelHands {
  const { agents, clock, desk, directory } = parts
  const callOf = ({ callId }: WorkItem): CustomerCall | undefined =>
    callId === undefined ? undefined : customers.get(callId)
  return {
    offer: async (offer, signal) => {
      const { item, agentId, untilMs } = offer
      const customer = callOf(item)
      const agent = directory.user(agentId)
      if (!customer) return { kind: 'gone' }
      if (!agent) return { kind: 'failed', why: 'gone' }
      const line = agents.agent(agent.companyId, agentId)?.line ?? { kind: 'devices' }
      if (line.kind === 'number')
        return line.isKept
          ? await kept.offer(offer, customer, signal)
          : await offerByNumber(parts, offer, line.number, customer, signal)
      return await customer.ringDevices(item, agentId, agent.extension ?? agent.name, {
        ringMs: Math.max(1000, untilMs - clock.now()),
        label: customer.queue.name,
        signal,
      })
    },
    sendAway: async (item, to) => callOf(item)?.sendAway(to),
    requeued: (item) => {
      const customer = callOf(item)
      const queue = customer && desk.queue(customer.companyId, item.queueId)
      if (queue) customer.requeued(queue)
    },
    dismiss: async (item) => callOf(item)?.dismiss(),
    released: (item) => callOf(item)?.giveBack(),
    // Calls ended with the process.
    exists: async ({ callId }) => callId !== undefined && parts.calls.state(callId) !== undefined,
  }
}
