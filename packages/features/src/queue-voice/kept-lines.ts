import type { CallId, CompanyId, UserId } from '@vaxel/base'
import { isRefusal } from '@vaxel/base'
import type { AgentNow, Offer, OfferOutcome, Queue, ServiceLine, WorkItemId } from '@vaxel/core'
import type { CustomerCall } from './customer-call.ts'
import type { QueueVoiceParts } from './parts.ts'
import { prepareName, sayQueue } from './said-queue.ts'
import { prompt } from './spoken.ts'
import { whileThere } from './while-there.ts'

/** How long an agent's telephone rings at login. */
const ringMs = 40_000
const confirmTimes = 3

/** One agent's telephone that stays connected between calls. */
interface KeptLine {
  readonly companyId: CompanyId
  readonly agentId: UserId
  readonly number: string
  /** Unknown for the moment in which the call is being made. */
  callId: CallId | undefined
  line: ServiceLine | undefined
  /** Once it is connected, or has failed. */
  readonly settled: PromiseWithResolvers<void>
  /** Counts what is said on the line: only the last has the line afterwards. */
  turn: number
  /** A customer is announced to the agent. */
  isAsked: boolean
  /** With whom the agent talks: ends that from the agent's side. */
  endTalk: (() => void) | undefined
  /** What the agent works on, and whether the dispatcher has said so. */
  work: { readonly itemId: WorkItemId; isAssigned: boolean } | undefined
}

/**
 * Telephones of agents that are called at login and stay connected: silence between calls, a tone and the queue's name before each customer.
 * Keys of the agent: `1` ready, `0` not ready, `#` ends the customer's call, `*` logs off. A line that drops makes the agent not ready, and their
 * customer waits again at the front.
 */
export class KeptLines {
  readonly #parts: QueueVoiceParts
  readonly #lines = new Map<UserId, KeptLine>()

  constructor(parts: QueueVoiceParts) {
    this.#parts = parts
    parts.agents.onAgentChanged((agent) => this.follow(agent))
  }

  /** An agent is as they are now: calls them, or lets them go. */
  follow(agent: AgentNow): void {
    const { companyId, agentId, line, state } = agent
    const kept = this.#lines.get(agentId)
    if (kept) endWork(kept, agent)
    const number = line.kind === 'number' && line.isKept && state !== 'loggedOff' ? line.number : undefined
    if (kept && kept.number !== number) return this.#letGo(kept)
    // Who dropped is called again when they are ready, not at once and for ever.
    if (!kept && number !== undefined && (state === 'ready' || agent.reason === 'loggedIn'))
      void this.#call({
        companyId,
        agentId,
        number,
        callId: undefined,
        line: undefined,
        endTalk: undefined,
        work: undefined,
        settled: Promise.withResolvers(),
        turn: 0,
        isAsked: false,
      })
  }

  /** A customer for the agent: they are together after a tone. */
  async offer(offer: Offer, customer: CustomerCall, signal: AbortSignal): Promise<OfferOutcome> {
    const kept = this.#lines.get(offer.agentId)
    // An agent who was away is called again when they are ready, and asked at the same time.
    if (kept && !kept.line) await untilSettled(kept, signal)
    const line = kept?.line
    if (!kept || !line || isOccupied(kept)) return { kind: 'failed', why: 'unreachable' }
    await this.#announce(kept, line, customer.queue, signal)
    if (line.signal.aborted) return { kind: 'failed', why: 'unreachable' }
    const talk = signal.aborted ? undefined : customer.talkInMix(offer.item, offer.agentId)
    if (!talk) {
      this.#quiet(line)
      return { kind: 'gone' }
    }
    line.joinMix(talk.mix, { as: 'agent' })
    kept.endTalk = () => talk.over.resolve('agent')
    kept.work = { itemId: offer.item.id, isAssigned: false }
    const lost = (): void => talk.over.resolve('lost')
    line.signal.addEventListener('abort', lost, { once: true })
    void Promise.race([talk.left.promise, talk.over.promise]).then(() => {
      line.signal.removeEventListener('abort', lost)
      kept.endTalk = undefined
      kept.work = undefined
      this.#quiet(line)
    })
    return { kind: 'accepted' }
  }

  /** The agent's line, for what else they are to do on it. @returns undefined while they talk, or are not connected */
  lineOf(agentId: UserId): ServiceLine | undefined {
    const kept = this.#lines.get(agentId)
    return kept && !isOccupied(kept) ? kept.line : undefined
  }

  /** The agent is busy on the line until the returned function is called. @param end what `#` does */
  occupy(agentId: UserId, itemId: WorkItemId, end: () => void): () => void {
    const kept = this.#lines.get(agentId)
    if (kept) {
      kept.turn++
      kept.line?.cut()
      kept.endTalk = end
      kept.work = { itemId, isAssigned: false }
    }
    return () => {
      if (kept?.endTalk !== end) return
      kept.endTalk = undefined
      kept.work = undefined
      if (kept.line) this.#quiet(kept.line)
    }
  }

  /** Over whatever is being said; cut when the customer is gone. */
  async #announce(kept: KeptLine, line: ServiceLine, queue: Queue, signal: AbortSignal): Promise<void> {
    kept.isAsked = true
    const name = await sayQueue(this.#parts, line.companyId, queue, line.language)
    const say = [{ kind: 'beep' } as const, prompt('queue-agent-customer'), ...name]
    kept.turn++
    line.cut()
    const cut = (): void => line.cut()
    signal.addEventListener('abort', cut, { once: true })
    // Keys that were pressed between calls cut nothing of it.
    if (!signal.aborted) await line.say(say, { isUninterruptible: true }).catch(() => {})
    signal.removeEventListener('abort', cut)
    kept.isAsked = false
  }

  /** Between customers, of whom the next one cuts it. */
  async #sayBetween(kept: KeptLine, line: ServiceLine, sentence: string): Promise<void> {
    if (isOccupied(kept) || line.signal.aborted) return
    const turn = ++kept.turn
    line.cut()
    await line.say([prompt(sentence)], { isUninterruptible: true }).catch(() => {})
    if (kept.turn === turn && !line.signal.aborted) line.playOn({ kind: 'silence' })
  }

  /** Of the queues whose customers the agent is to hear of. */
  #prepareNames({ companyId, agentId }: KeptLine, line: ServiceLine): void {
    const { agents, queues } = this.#parts.desk.centre(companyId)
    const own = new Set(agents.find(({ userId }) => userId === agentId)?.queues.map(({ queueId }) => queueId))
    for (const queue of queues) if (own.has(queue.id)) prepareName(this.#parts, queue, line.language)
  }

  #quiet(line: ServiceLine): void {
    if (line.signal.aborted) return
    line.leaveMix()
    line.playOn({ kind: 'silence' })
  }

  async #call(kept: KeptLine): Promise<void> {
    const { companyId, agentId, number } = kept
    const agent = this.#parts.directory.user(agentId)
    const company = this.#parts.directory.company(companyId)
    if (!agent || !company) return
    this.#lines.set(agentId, kept)
    kept.callId = await this.#parts.outgoing.call(
      {
        companyId,
        to: { kind: 'number', number, name: agent.displayName },
        caller: { number: company.mainNumber ?? agent.extension ?? agent.name, name: company.name },
        number: agent.extension ?? agent.name,
        ringMs,
      },
      { serve: (line) => this.#serve(kept, line), ended: () => this.#dropped(kept) },
    )
    if (this.#lines.get(agentId) !== kept) this.#parts.calls.end(kept.callId, { blame: 'nobody', reason: 'cleared' })
  }

  async #serve(kept: KeptLine, line: ServiceLine): Promise<void> {
    line.language = this.#parts.directory.user(kept.agentId)?.language ?? line.language
    if (!(await isConfirmed(line))) return
    this.#prepareNames(kept, line)
    line.note('queue.kept', 'the agent is connected for as long as they are logged in')
    kept.line = line
    line.onKey((key) => void this.#pressed(kept, line, key))
    const said = this.#sayBetween(kept, line, 'queue-agent-connected')
    kept.settled.resolve()
    await said
    await whileThere(line)
  }

  async #pressed(kept: KeptLine, line: ServiceLine, key: string): Promise<void> {
    const { companyId, agentId } = kept
    const { agents, desk } = this.#parts
    const by = { companyId, userId: agentId }
    if (key === '#') return kept.endTalk?.()
    if (key === '*') return void (await agents.logOff(by, agentId))
    if (key !== '1' && key !== '0') return
    const reason = desk.centre(companyId).reasons[0]?.id ?? 'loggedIn'
    const refused = key === '1' ? await agents.ready(by, agentId) : await agents.notReady(by, agentId, reason)
    const sentence = isRefusal(refused)
      ? 'queue-agent-not-possible'
      : key === '1'
        ? 'queue-agent-ready'
        : 'queue-agent-not-ready'
    await this.#sayBetween(kept, line, sentence)
  }

  /** The telephone was not answered, or hung up. */
  #dropped(kept: KeptLine): void {
    kept.settled.resolve()
    if (this.#lines.get(kept.agentId) !== kept) return
    this.#lines.delete(kept.agentId)
    const { agents, log } = this.#parts
    const by = { companyId: kept.companyId, userId: kept.agentId }
    agents
      .notReady(by, kept.agentId, 'unreachable')
      .catch((error: unknown) => log.error('an agent could not be made not ready', { error: String(error) }))
  }

  #letGo(kept: KeptLine): void {
    this.#lines.delete(kept.agentId)
    kept.endTalk?.()
    const { line, callId } = kept
    const end = (): void => {
      if (callId) this.#parts.calls.end(callId, { blame: 'nobody', reason: 'service-ended' })
    }
    if (!line || line.signal.aborted) return end()
    kept.turn++
    line.cut()
    line.say([prompt('queue-agent-logged-off')], { isUninterruptible: true }).then(end, () => {})
  }
}

/** Somebody is being announced, or talks with the agent. */
const isOccupied = ({ isAsked, endTalk }: KeptLine): boolean => isAsked || endTalk !== undefined

/** The telephone is connected, it failed, or nobody is asked any more. */
async function untilSettled({ settled }: KeptLine, signal: AbortSignal): Promise<void> {
  const { promise: withdrawn, resolve } = Promise.withResolvers<void>()
  if (signal.aborted) return
  const stop = (): void => resolve()
  signal.addEventListener('abort', stop, { once: true })
  await Promise.race([settled.promise, withdrawn])
  signal.removeEventListener('abort', stop)
}

/** The agent has ended their work in the console: so does what is on the line. */
function endWork(kept: KeptLine, { items }: AgentNow): void {
  const { work } = kept
  if (!work) return
  const isAssigned = items.some(({ item, state }) => item.id === work.itemId && state === 'assigned')
  if (work.isAssigned && !isAssigned) kept.endTalk?.()
  work.isAssigned ||= isAssigned
}

/** A mailbox presses nothing. */
async function isConfirmed(line: ServiceLine): Promise<boolean> {
  for (let times = 0; times < confirmTimes; times++) {
    const { keys } = await line.readKeys({ say: [prompt('queue-agent-login')], most: 1, firstMs: 3000 })
    if (keys === '1') return true
    if (keys === '*') return false
  }
  return false
}
