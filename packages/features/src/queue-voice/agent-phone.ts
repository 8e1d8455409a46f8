import type { Offer, OfferOutcome, ServiceLine, Spoken } from '@vaxel/core'
import type { CustomerCall } from './customer-call.ts'
import { outcomeOfEnd } from './outgoing-calls.ts'
import { numbersOf, type QueueVoiceParts } from './parts.ts'
import { prepareName, sayQueue } from './said-queue.ts'
import { prompt } from './spoken.ts'

/** How often somebody is told what is to be taken, before they are taken for a machine. */
const mostTimes = 3

/**
 * Asks an agent at a number anywhere. Whoever answers there takes the customer by `1`: a mailbox that answers presses nothing, so that no customer
 * ends in it.
 */
export async function offerByNumber(
  parts: QueueVoiceParts,
  offer: Offer,
  number: string,
  customer: CustomerCall,
  signal: AbortSignal,
): Promise<OfferOutcome> {
  const { calls } = parts
  if (!customer.expectAgent(offer.item, offer.agentId)) return { kind: 'gone' }
  const { promise, resolve } = Promise.withResolvers<OfferOutcome>()
  let isJoining = false
  await callAgent(parts, offer, number, signal, {
    // The agent's own call ends, too, when it becomes part of the customer's.
    ended: (outcome) => {
      if (!isJoining) resolve(outcome)
    },
    serve: async (line) => {
      const taken = await confirm(
        line,
        'queue-agent-offer',
        await sayQueue(parts, line.companyId, customer.queue, line.language),
      )
      if (taken !== 'taken') return resolve({ kind: taken })
      const isThere = customer.expectAgent(offer.item, offer.agentId)
      isJoining = true
      if (isThere && calls.join(line, customer.callId, offer.agentId)) return resolve({ kind: 'accepted' })
      resolve({ kind: 'gone' })
      await line.say([prompt('queue-agent-gone')])
    },
  })
  return await promise
}

/** Calls the agent's number for as long as the offer lasts. */
export async function callAgent(
  parts: QueueVoiceParts,
  { item, agentId, untilMs }: Offer,
  number: string,
  signal: AbortSignal,
  then: { readonly ended: (outcome: OfferOutcome) => void; readonly serve: (line: ServiceLine) => Promise<void> },
): Promise<void> {
  const { calls, clock, desk, directory, outgoing } = parts
  const agent = directory.user(agentId)
  const queue = agent && desk.queue(agent.companyId, item.queueId)
  if (!queue || !agent) return then.ended({ kind: 'failed', why: 'gone' })
  const { companyId } = agent
  const { inner, outer } = numbersOf(parts, companyId, queue)
  prepareName(parts, queue, agent.language)
  const callId = await outgoing.call(
    {
      companyId,
      to: { kind: 'number', number, name: agent.displayName },
      caller: { number: outer, name: queue.name },
      number: inner,
      ringMs: Math.max(1000, untilMs - clock.now()),
    },
    {
      ended: (termination) => then.ended(outcomeOfEnd(termination)),
      serve: async (line) => {
        line.language = agent.language
        await then.serve(line)
      },
    },
  )
  const recall = (): void => calls.end(callId, { blame: 'nobody', reason: 'recalled' })
  if (signal.aborted) recall()
  else signal.addEventListener('abort', recall, { once: true })
}

/** Whether whoever answered is the agent and takes it. */
export async function confirm(
  line: ServiceLine,
  sentence: string,
  queue: readonly Spoken[],
): Promise<'taken' | 'declined' | 'missed'> {
  for (let times = 0; times < mostTimes; times++) {
    const say = [prompt(sentence), ...queue, prompt('queue-agent-press-one')]
    const { keys } = await line.readKeys({ say, most: 1, firstMs: 3000 })
    if (keys === '1') return 'taken'
    if (keys === '*') return 'declined'
  }
  return 'missed'
}
