import { type CallId, type CompanyId, isRefusal, type UserId } from '@vaxel/base'
import {
  type CallState,
  counterpart,
  LineGone,
  type OfferOutcome,
  type OverflowTarget,
  type Queue,
  type SendOptions,
  type SentBack,
  type ServiceLine,
  type WorkItem,
} from '@vaxel/core'
import {
  agentIsThere,
  agentLegOf,
  customerOf,
  endedBy,
  hasLost,
  isLeftBy,
  isPutThrough,
  otherThan,
  outcomeOf,
} from './call-parties.ts'
import { leaveQueue } from './leave-queue.ts'
import { type MixTalk, openMixTalk } from './mix-talk.ts'
import type { QueueVoiceParts } from './parts.ts'
import { type AfterWaiting, WaitingEar } from './waiting-ear.ts'
import { whileThere } from './while-there.ts'

/** What waits again, and what its caller is told first. */
interface Back {
  readonly item: WorkItem
  readonly how: 'back' | 'moved'
}

/**
 * One caller in queues, from the first word until the call is over or is no longer the queue's. It lives longer than its line: while the caller
 * talks with an agent there is none, and when the agent's line is lost there is another one.
 *
 * - `waiting`: the caller hears the queue; agents are rung meanwhile.
 * - `talking`: an agent has the caller; the item is finished when that is over.
 * - `gone`: the item is not this call's any more (called back, left as a message, sent away, moved on by the agent).
 */
export class CustomerCall {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly #parts: QueueVoiceParts
  #line: ServiceLine
  #queue: Queue
  #item: WorkItem | undefined
  #phase: 'waiting' | 'talking' | 'gone' = 'waiting'
  #agentId: UserId | undefined
  #away: OverflowTarget | undefined
  #ringing: Promise<unknown> | undefined
  /** Resolved when it is told that somebody else has the caller, before it is that the offer was in vain. */
  #told: Promise<void> | undefined
  #talk: MixTalk | undefined
  /** The agent has given the caller back by command. */
  #isGivenBack = false
  #isOver = false
  readonly #sendings: number

  /** @param sendings how often queues have sent this caller on to a number in one go */
  constructor(parts: QueueVoiceParts, line: ServiceLine, queue: Queue, sendings = 0) {
    this.#sendings = sendings
    this.#parts = parts
    this.callId = line.callId
    this.companyId = line.companyId
    this.#line = line
    this.#queue = queue
  }

  get queue(): Queue {
    return this.#queue
  }

  /** The agent who talks with the caller. */
  get agentId(): UserId | undefined {
    return this.#phase === 'talking' ? this.#agentId : undefined
  }

  /** The mix in which both are, where the agent's line is a kept one. */
  get mix(): string | undefined {
    return this.#talk?.mix
  }

  /** How often queues have sent the caller on to numbers, one after another, when the last has done so. */
  get sendings(): number {
    return this.#away?.kind === 'number' ? this.#sendings + 1 : 0
  }

  /** The caller enters the queue. Returns when the call is to end. */
  async enter(): Promise<void> {
    const line = this.#line
    const queue = this.#queue
    if (queue.voice.language) line.language = queue.voice.language
    line.note('queue.waits', `waits in the queue ${queue.name}`, { queue: queue.id, name: queue.name })
    const added = await this.#arrive()
    if (added) await this.#stay(added, 'new')
  }

  /** @param after what this goes on from, with the time that it had. @returns what waits; undefined when the call is to end */
  async #arrive(after?: WorkItem): Promise<WorkItem | undefined> {
    const { desk } = this.#parts
    const line = this.#line
    const queue = this.#queue
    const added = await desk.add({
      companyId: line.companyId,
      queueId: queue.id,
      channel: 'call',
      customer: customerOf(line),
      callId: line.callId,
      ...(queue.voice.language ? { language: queue.voice.language } : {}),
      ...(after ? { sinceMs: after.sinceMs, priority: after.priority, fromItemId: after.id } : {}),
    })
    if (isRefusal(added)) {
      line.note('queue.refused', `the queue ${queue.name} takes no calls: ${added.text}`, { name: queue.name })
      await line.say([{ kind: 'prompt', name: 'queue-busy' }], { isUninterruptible: true })
      return undefined
    }
    // An agent may have it already, or it may have been sent away before this was told.
    if (!this.#away && this.#phase !== 'gone') this.#item ??= added
    if (!this.#isOver) return added
    await this.#left()
    return undefined
  }

  /** The line of the agent who had the caller is lost, or the agent gave the caller back: they wait again, at the front. */
  async comeBack(line: ServiceLine): Promise<void> {
    this.#line = line
    const item = this.#item
    if (!item) return
    this.#phase = 'waiting'
    this.#agentId = undefined
    if (this.#queue.voice.language) line.language = this.#queue.voice.language
    line.note('queue.back', `waits again, first in the queue ${this.#queue.name}`, { name: this.#queue.name })
    const back = await this.#returned(item)
    if (back) await this.#stay(back.item, back.how)
  }

  async #stay(first: WorkItem, how: 'new' | 'back' | 'moved'): Promise<void> {
    let item = first
    let ear = new WaitingEar(this.#parts, this.#line, this.#queue, item, how)
    for (;;) {
      const { queue } = ear
      if (this.#talk) {
        const back = await this.#talkInMix(this.#talk)
        if (!back) return
        item = back.item
        ear = new WaitingEar(this.#parts, this.#line, this.#queue, item, back.how)
      } else if (this.#away) {
        await this.#ringing
        return await leaveQueue(this.#parts, this.#line, this.#queue, this.#away)
      } else if (queue.id !== this.#queue.id) {
        ear = new WaitingEar(this.#parts, this.#line, this.#queue, item, 'moved')
      } else {
        const hasNews = (): boolean => Boolean(this.#away ?? this.#talk) || queue.id !== this.#queue.id
        if (await this.#did(await ear.hearOnce(hasNews))) return
      }
    }
  }

  /** What the caller chose. @returns whether the call is to end */
  async #did(after: AfterWaiting): Promise<boolean> {
    const { desk } = this.#parts
    const line = this.#line
    const item = this.#item
    if (after.kind === 'waits' || !item || this.#phase !== 'waiting') return false
    switch (after.kind) {
      case 'callBack': {
        this.#release()
        await desk.wishCallBack(line.companyId, item.id, after.number)
        await this.#ringing
        line.note('queue.call-back', `is called back at ${after.number}`, { number: after.number })
        await line.say([{ kind: 'prompt', name: 'queue-call-back-set' }], { isUninterruptible: true })
        return true
      }
      case 'message': {
        this.#release()
        await desk.messageLeft(line.companyId, item.id, after.box)
        await this.#ringing
        await leaveQueue(this.#parts, line, this.#queue, { kind: 'message' })
        return true
      }
      case 'elsewhere':
        line.note('queue.key', `the caller pressed ${after.key}`, { key: after.key })
        await desk.overflow(line.companyId, item.id, after.to, 'key')
        return false
    }
  }

  /** From now on the item is none of this call. */
  #release(): void {
    this.#item = undefined
    this.#phase = 'gone'
  }

  // What the dispatcher wants.

  /** The item is out of its queue: the call goes there. */
  sendAway(to: OverflowTarget): void {
    this.#release()
    this.#away = to
    this.#line.cut()
  }

  /** The item waits in another queue, at its place in time. */
  requeued(queue: Queue): void {
    this.#queue = queue
    if (this.#phase !== 'waiting') return
    const { name, voice } = queue
    if (voice.language) this.#line.language = voice.language
    this.#line.note('queue.waits', `waits in the queue ${name}`, { queue: queue.id, name })
    this.#line.cut()
  }

  /** Taken out by somebody, with or without an agent. */
  dismiss(): void {
    const wasTalking = this.#phase === 'talking'
    this.#release()
    if (wasTalking) return this.#parts.calls.end(this.callId, { blame: 'nobody', reason: 'cleared' })
    this.#away = { kind: 'goodbye' }
    this.#line.cut()
  }

  /** The agent gives the caller back. */
  giveBack(): void {
    if (this.#phase !== 'talking') return
    this.#isGivenBack = true
    if (this.#talk) this.#talk.over.resolve('lost')
    else this.#parts.calls.takeBack(this.callId)
  }

  /** Rings an agent's devices; the caller goes on hearing the queue. */
  async ringDevices(item: WorkItem, agentId: UserId, to: string, options: SendOptions): Promise<OfferOutcome> {
    if (!this.expectAgent(item, agentId)) return { kind: 'gone' }
    const name = this.#parts.directory.user(agentId)?.displayName ?? ''
    this.#line.note('queue.asked', `the queue ${this.#queue.name} asks ${name}`, { name, queue: this.#queue.name })
    const sent = this.#line.sendOn(to, {
      ...options,
      devicesOf: agentId,
      keepsSound: true,
      takesKeys: true,
      takesBack: true,
    })
    this.#ringing = sent.catch(() => {})
    try {
      return this.outcomeOf(agentId, await sent)
    } catch (error) {
      if (!(error instanceof LineGone)) throw error
      if (this.agentId === agentId) return { kind: 'accepted' }
      await this.#told
      return { kind: 'gone' }
    } finally {
      this.#ringing = undefined
    }
  }

  /** An agent is being asked, and may be in this call in a moment. @returns false when the caller does not wait here (any more) */
  expectAgent(item: WorkItem, agentId: UserId): boolean {
    const waits = this.#parts.calls.state(this.callId)?.name === 'inService'
    if (this.#phase !== 'waiting' || this.#away || this.#ringing || this.#line.signal.aborted || !waits) return false
    this.#item ??= item
    this.#agentId = agentId
    return true
  }

  /** The caller and the agent, who has a line of their own, go into a mix. @returns undefined when the caller does not wait here */
  talkInMix(item: WorkItem, agentId: UserId): MixTalk | undefined {
    if (!this.expectAgent(item, agentId)) return undefined
    this.#phase = 'talking'
    this.#talk = openMixTalk(item.id)
    this.#line.cut()
    return this.#talk
  }

  /** @returns how the caller waits again; undefined when the call is to end */
  async #talkInMix(talk: MixTalk): Promise<Back | undefined> {
    const line = this.#line
    line.joinMix(talk.mix)
    const end = await whileThere(line, talk.over.promise)
    this.#talk = undefined
    line.leaveMix()
    const { desk } = this.#parts
    const item = this.#item
    if (!item) return undefined
    if (end === 'agent') {
      this.#release()
      await desk.finished(line.companyId, item.id, 'agent')
      return undefined
    }
    this.#phase = 'waiting'
    this.#agentId = undefined
    line.note('queue.back', `waits again, first in the queue ${this.#queue.name}`, { name: this.#queue.name })
    return await this.#returned(item)
  }

  /**
   * Tells that the item waits again, unless the agent has: then nothing was lost. What somebody has closed meanwhile waits for nobody: then the
   * caller arrives anew, with the time that they had.
   */
  async #returned(item: WorkItem): Promise<Back | undefined> {
    const isGivenBack = this.#isGivenBack
    this.#isGivenBack = false
    if (isGivenBack) return { item, how: 'moved' }
    if (await this.#parts.desk.returned(this.companyId, item.id, 'lineLost')) return { item, how: 'back' }
    if (this.#item === item) this.#item = undefined
    const added = await this.#arrive(item)
    return added && { item: added, how: 'back' }
  }

  outcomeOf(agentId: UserId, sent: SentBack): OfferOutcome {
    const name = this.#parts.directory.user(agentId)?.displayName ?? ''
    const outcome = outcomeOf(sent)
    if (sent.status === 487) return outcome
    this.#line.note(`queue.${outcome.kind}`, `${name} did not take the call: ${outcome.kind}`, { name })
    return outcome
  }

  // What becomes of the call.

  /** After each step of the call. @returns false once it is none of the queue's any more */
  changed(state: CallState): boolean {
    if (state.name === 'ended') {
      this.#isOver = true
      this.#ended(state)
      return false
    }
    const agentId = this.#agentId
    if (agentId === undefined || this.#talk) return true
    const isThere = agentIsThere(state, agentId)
    if (this.#phase === 'waiting' && state.name === 'connected' && isThere) {
      this.#phase = 'talking'
      return true
    }
    const isElsewhere = state.name === 'connected' || (state.name === 'inService' && state.service !== 'queue')
    if (this.#phase === 'waiting' && isElsewhere) {
      const other = state.name === 'connected' ? counterpart(state, this.#line.legId) : undefined
      this.#taken(other && state.call.legs.get(other)?.party.userId)
      return false
    }
    if (this.#phase !== 'talking' || isThere || hasLost(state, agentId) || isPutThrough(state)) return true
    void this.movedOn(otherThan(state, agentId))
    return false
  }

  /** Somebody or something else has the caller, before any agent had: they picked up what rang there, or the agent sent it to them. */
  #taken(by?: UserId): void {
    const item = this.#item
    this.#release()
    if (item) this.#told = this.#try(() => this.#parts.desk.closeItem(this.companyId, item.id, 'taken', by))
  }

  /** Nobody has the caller, whom the agent had: they wait again. */
  isLeft(state: CallState): boolean {
    const { agentId } = this
    return agentId !== undefined && (hasLost(state, agentId) || isLeftBy(state, agentId))
  }

  /** The agent has put the caller through to somebody else, or sent them there while it rang. */
  async movedOn(to: string): Promise<void> {
    if (this.#phase === 'waiting') {
      this.#taken()
      return await this.#told
    }
    const item = this.#item
    this.#release()
    if (item) this.#tell(() => this.#parts.desk.finished(this.#line.companyId, item.id, 'agent', to))
  }

  #ended(state: Extract<CallState, { name: 'ended' }>): void {
    const item = this.#item
    const { companyId } = state.call
    const agentId = this.agentId
    this.#talk?.left.resolve()
    this.#release()
    if (!item) return
    const { desk } = this.#parts
    if (agentId === undefined) this.#tell(() => desk.left(companyId, item.id))
    else
      this.#tell(async () => {
        await desk.finished(companyId, item.id, endedBy(state, agentLegOf(state, agentId)?.role ?? 'callee'))
        // The agent had given it back, and had the caller all the same.
        if (desk.item(companyId, item.id) && desk.agentOf(companyId, item.id) === undefined)
          await desk.left(companyId, item.id)
      })
  }

  async #left(): Promise<void> {
    const item = this.#item
    this.#release()
    if (item) await this.#parts.desk.left(this.#line.companyId, item.id)
  }

  /** In a moment, as an agent who answers and hangs up at once is to have accepted first. */
  #tell(tell: () => Promise<void>): void {
    this.#parts.clock.startTimer(0, () => void this.#try(tell))
  }

  async #try(tell: () => Promise<void>): Promise<void> {
    try {
      await tell()
    } catch (error) {
      this.#parts.log.error('a queue could not be told', { callId: this.callId, error: String(error) })
    }
  }
}
