import { type CallId, type CompanyId, isRefusal, makeId, TransientMap, type UserId } from '@vaxel/base'
import {
  type AgentNow,
  type CallState,
  type ChannelHands,
  LineGone,
  type Offer,
  type OfferOutcome,
  type ServiceLine,
  type WorkItem,
} from '@vaxel/core'
import { callAgent, confirm } from './agent-phone.ts'
import { endedBy, otherThan } from './call-parties.ts'
import type { KeptLines } from './kept-lines.ts'
import { outcomeOfEnd } from './outgoing-calls.ts'
import { numbersOf, type QueueVoiceParts } from './parts.ts'
import { sayQueue } from './said-queue.ts'
import { prompt } from './spoken.ts'
import { whileThere } from './while-there.ts'

/** A customer who is called back and does not answer is called so often in all, each time later. */
export const mostTries = 3
const laterMs = [5 * 60_000, 15 * 60_000]
/** How long a customer's telephone rings. */
const customerRingMs = 45_000

interface Talk {
  readonly companyId: CompanyId
  readonly item: WorkItem
  readonly agentId: UserId
  hasTalked: boolean
  /** The dispatcher has said that the agent has it. */
  isAssigned: boolean
}

/**
 * Customers who asked to be called: first an agent takes the call-back, then the customer is called with the queue's number. Whoever does not
 * answer is tried again later, three times in all.
 */
export class CallBacks {
  readonly #parts: QueueVoiceParts
  readonly #kept: KeptLines
  /** Conversations, by the agent's call. */
  readonly #talks = new TransientMap<CallId, Talk>()

  constructor(parts: QueueVoiceParts, kept: KeptLines) {
    this.#parts = parts
    this.#kept = kept
  }

  get hands(): ChannelHands {
    return {
      offer: (offer, signal) => this.#offer(offer, signal),
      released: (item) => this.#end(item),
      dismiss: async (item) => this.#end(item),
      exists: async () => true,
    }
  }

  /** The agent's own call, as it is now. */
  changed(state: CallState): void {
    const talk = this.#talks.get(state.call.id)
    if (!talk) return
    const { companyId, item, agentId } = talk
    const { desk } = this.#parts
    if (state.name === 'ended') {
      this.#talks.delete(state.call.id)
      if (talk.hasTalked) this.#tell(() => desk.finished(companyId, item.id, endedBy(state, 'caller')))
      // The agent hung up while the customer's telephone rang: they were not reached.
      else this.#tell(() => this.#notReached(talk))
      return
    }
    if (state.name !== 'connected' && state.name !== 'inService') return
    if (isAgentThere(state)) {
      talk.hasTalked ||= state.name === 'connected'
      return
    }
    this.#talks.delete(state.call.id)
    this.#tell(() => desk.finished(companyId, item.id, 'agent', otherThan(state, agentId)))
  }

  /** The agent has ended it in the console: so does the call. */
  follow({ agentId, items }: AgentNow): void {
    for (const talk of this.#talks.values()) {
      if (talk.agentId !== agentId) continue
      const isAssigned = items.some(({ item, state }) => item.id === talk.item.id && state === 'assigned')
      if (talk.isAssigned && !isAssigned) this.#end(talk.item)
      talk.isAssigned ||= isAssigned
    }
  }

  async #offer(offer: Offer, signal: AbortSignal): Promise<OfferOutcome> {
    const { agents, directory } = this.#parts
    const agent = directory.user(offer.agentId)
    const number = offer.item.customer.number
    if (!agent || number === undefined) return { kind: 'failed', why: 'gone' }
    const line = agents.agent(agent.companyId, agent.id)?.line ?? { kind: 'devices' }
    if (line.kind === 'devices') return await this.#byDevices(offer, agent.companyId, number, signal)
    if (line.isKept) return this.#byKeptLine(offer, agent.companyId, number)
    const { promise, resolve } = Promise.withResolvers<OfferOutcome>()
    await callAgent(this.#parts, offer, line.number, signal, {
      ended: resolve,
      serve: async (own) => {
        const queue = this.#parts.desk.queue(agent.companyId, offer.item.queueId)
        const name = queue ? await sayQueue(this.#parts, agent.companyId, queue, own.language) : []
        const taken = await confirm(own, 'queue-agent-call-back-offer', name)
        if (taken !== 'taken') return resolve({ kind: taken })
        resolve({ kind: 'accepted', callId: own.callId })
        await this.#callCustomer(own, offer, number)
      },
    })
    return await promise
  }

  async #byDevices(offer: Offer, companyId: CompanyId, number: string, signal: AbortSignal): Promise<OfferOutcome> {
    const { calls, clock, desk, directory, outgoing } = this.#parts
    const { item, agentId, untilMs } = offer
    const queue = desk.queue(companyId, item.queueId)
    if (!queue || calls.isOnPhone(companyId, agentId)) return { kind: 'failed', why: queue ? 'onPhone' : 'gone' }
    const { outer } = numbersOf(this.#parts, companyId, queue)
    const { promise, resolve } = Promise.withResolvers<OfferOutcome>()
    const callId = await outgoing.call(
      {
        companyId,
        to: { kind: 'devices', userId: agentId },
        caller: { number: outer, name: queue.name },
        number,
        label: queue.name,
        ringMs: Math.max(1000, untilMs - clock.now()),
      },
      {
        ended: (termination) => resolve(outcomeOfEnd(termination)),
        serve: async (line) => {
          line.language = directory.user(agentId)?.language ?? line.language
          resolve({ kind: 'accepted', callId: line.callId })
          await this.#callCustomer(line, offer, number)
        },
      },
    )
    const recall = (): void => calls.end(callId, { blame: 'nobody', reason: 'recalled' })
    if (signal.aborted) recall()
    else signal.addEventListener('abort', recall, { once: true })
    return await promise
  }

  /** The agent waits on their line while the customer is called, and comes back to it when nobody answers there. */
  async #callCustomer(line: ServiceLine, { item, agentId }: Offer, number: string): Promise<void> {
    const talk: Talk = { companyId: line.companyId, item, agentId, hasTalked: false, isAssigned: false }
    this.#talks.set(line.callId, talk)
    line.note('queue.call-back-begins', `calls ${number} back`, { number })
    await line.say([prompt('queue-call-back-dialling')])
    await line.sendOn(number, { as: { kind: 'company' }, ringMs: customerRingMs })
    this.#talks.delete(line.callId)
    const isLast = await this.#notReached(talk)
    await line.say([prompt(isLast ? 'queue-call-back-over' : 'queue-call-back-later')])
  }

  /** The customer is called in a call of its own, and both are in a mix. */
  #byKeptLine({ item, agentId }: Offer, companyId: CompanyId, number: string): OfferOutcome {
    const { desk, outgoing } = this.#parts
    const own = this.#kept.lineOf(agentId)
    const queue = desk.queue(companyId, item.queueId)
    if (!own || !queue) return { kind: 'failed', why: 'unreachable' }
    const { inner, outer } = numbersOf(this.#parts, companyId, queue)
    const mix = `queue-${item.id}`
    const talk: Talk = { companyId, item, agentId, hasTalked: false, isAssigned: false }
    let customer: ServiceLine | undefined
    const madeCallId = makeId<CallId>(this.#parts.clock.now())
    let callId: CallId | undefined
    let endedByAgent = false
    const end = (): void => {
      endedByAgent = true
      if (callId) this.#parts.calls.end(callId, { blame: 'nobody', reason: 'cleared' })
    }
    const release = this.#kept.occupy(agentId, item.id, end)
    own.signal.addEventListener('abort', end, { once: true })
    const call = async (): Promise<void> => {
      await own.say([{ kind: 'beep' }, prompt('queue-call-back-dialling')], { isUninterruptible: true })
      own.playOn({ kind: 'tone', tone: 'ringback', country: own.company.country.toLowerCase() })
      callId = await outgoing.call(
        {
          companyId,
          callId: madeCallId,
          to: { kind: 'number', number },
          caller: { number: outer, name: queue.name },
          number: inner,
          ringMs: customerRingMs,
        },
        {
          serve: async (line) => {
            customer = line
            talk.hasTalked = true
            own.joinMix(mix, { as: 'agent' })
            line.joinMix(mix)
            await whileThere(line)
          },
          ended: () => {
            own.signal.removeEventListener('abort', end)
            release()
            if (customer) this.#tell(() => desk.finished(companyId, item.id, endedByAgent ? 'agent' : 'customer'))
            else this.#tell(() => this.#notReached(talk))
          },
        },
      )
    }
    call().catch((error: unknown) => {
      if (!(error instanceof LineGone)) throw error
      release()
      this.#tell(() => this.#notReached(talk))
    })
    return { kind: 'accepted', callId: madeCallId }
  }

  /** @returns whether it was the last time */
  async #notReached({ companyId, item }: Talk): Promise<boolean> {
    const { clock, desk } = this.#parts
    const { root, tries } = triesOf(item)
    const laterBy = laterMs[tries - 1]
    if (tries >= mostTries || laterBy === undefined) {
      await desk.closeItem(companyId, item.id, 'noAnswer')
      return true
    }
    const again = await desk.add({
      companyId,
      queueId: item.queueId,
      channel: 'callBack',
      customer: item.customer,
      sinceMs: item.sinceMs,
      priority: item.priority,
      notBeforeMs: clock.now() + laterBy,
      reference: `${root} ${tries + 1}`,
      fromItemId: item.id,
      ...(item.fromCallId === undefined ? {} : { fromCallId: item.fromCallId }),
      ...(item.subject === undefined ? {} : { subject: item.subject }),
    })
    if (isRefusal(again)) await desk.closeItem(companyId, item.id, 'noAnswer')
    else await desk.finished(companyId, item.id, 'system', again.id)
    return isRefusal(again)
  }

  /** It is given back, or taken out: the call about it ends. */
  #end({ id }: WorkItem): void {
    for (const [callId, { item }] of this.#talks)
      if (item.id === id) {
        this.#talks.delete(callId)
        this.#parts.calls.end(callId, { blame: 'nobody', reason: 'cleared' })
      }
  }

  /** In a moment, as an agent who answers and hangs up at once is to have accepted first. */
  #tell(tell: () => Promise<unknown>): void {
    const { clock, log } = this.#parts
    clock.startTimer(0, () => {
      tell().catch((error: unknown) => log.error('a call-back could not be told of', { error: String(error) }))
    })
  }
}

/** The agent was called first, so that they are the one who calls. */
const isAgentThere = ({ call }: CallState): boolean =>
  [...call.legs.values()].some(
    ({ role, answeredAtMs, endedAtMs }) => role === 'caller' && answeredAtMs !== undefined && endedAtMs === undefined,
  )

/** Which try an item is, and of which first one. */
function triesOf({ id, reference }: WorkItem): { readonly root: string; readonly tries: number } {
  const [root, tries] = reference?.split(' ') ?? []
  return { root: root ?? id, tries: Number(tries ?? 1) }
}
