import { type CallId, isRefusal, makeId, type Refusal, type Termination, type Timer, type UserId } from '@vaxel/base'
import { CallBackOfNobody, TooManyCallBacks } from '@vaxel/contract'
import { type CallBack, type CallCommands, type CallState, Overloaded, type OwedStore, type User } from '@vaxel/core'
import type { CallService } from '../call-service.ts'
import { KeptCallBacks } from './kept-call-backs.ts'
import { LastCalls } from './last-calls.ts'
import { noteIn } from './take-seat.ts'

/** The longest time that somebody is waited for (ETSI EN 300 359-1: CCBS duration timer, 15 to 45 minutes). */
const longestWaitMs = 45 * 60_000
/** After hanging up, people have so long to make a call of their own (the recall guard time). */
const guardMs = 2000
/** After a restart, telephones have so long to register anew. */
const guardAfterRestartMs = 15_000
const mostTries = 3
const mostPerUser = 10

/**
 * Call-backs when both are free: whoever asked is called first, then the other one. Ends when the two talk, when whoever asked does not
 * answer, by hand, and after a time. They are kept, so that they outlive the process.
 */
export class CallBacks {
  readonly last: LastCalls
  readonly #service: CallService
  readonly #makeCall: CallCommands['makeCall']
  readonly #changed: (back: CallBack, how: 'set' | 'ended') => void
  readonly #kept: KeptCallBacks
  readonly #backs = new Map<string, CallBack>()
  readonly #timers = new Map<string, Timer>()
  readonly #stops: (() => void)[]
  /** How many wait for, or with, a person, so that other people's calls cost nothing. */
  readonly #watched = new Map<UserId, number>()

  constructor(options: {
    service: CallService
    makeCall: CallCommands['makeCall']
    /** Absent: they are gone with the process. */
    owed?: OwedStore
    /** Told of each that begins or is over. */
    changed?: (back: CallBack, how: 'set' | 'ended') => void
  }) {
    this.#service = options.service
    this.#makeCall = options.makeCall
    this.#changed = options.changed ?? (() => {})
    this.#kept = new KeptCallBacks({ owed: options.owed, clock: options.service.clock, log: options.service.log })
    this.last = new LastCalls(() => options.service.clock.monotonicMs())
    this.#stops = [options.service.onCallChanged((state) => this.#look(state))]
  }

  /** Those of a person, the oldest first. */
  of(userId: UserId): readonly CallBack[] {
    return [...this.#backs.values()].filter((back) => back.userId === userId)
  }

  /** Those who wait for a person. */
  waitingFor(userId: UserId): readonly CallBack[] {
    return [...this.#backs.values()].filter((back) => back.calleeId === userId)
  }

  /** Takes up those that another process has left; what nobody waits for any more is dropped, and the ledger says so. */
  async resume(): Promise<void> {
    const { clock, options } = this.#service
    const isThere = (id: UserId): boolean => options.directory.user(id) !== undefined
    for (const back of await this.#kept.all()) {
      if (back.untilMs <= clock.now()) this.#kept.drop(back, 'expired')
      else if (!isThere(back.userId) || !isThere(back.calleeId)) this.#kept.drop(back, 'gone')
      else {
        this.#begin(back)
        if (back.reason === 'busy') this.#soon(back, guardAfterRestartMs)
      }
    }
  }

  /** A second one for the same person takes the place of the first. Durable when it resolves. */
  async set(user: User, callee: User, reason: CallBack['reason']): Promise<CallBack | Refusal> {
    if (callee.id === user.id || callee.companyId !== user.companyId) return CallBackOfNobody()
    const same = this.of(user.id).find(({ calleeId }) => calleeId === callee.id)
    if (this.of(user.id).length - (same ? 1 : 0) >= mostPerUser) return TooManyCallBacks()
    const { clock } = this.#service
    const back: CallBack = {
      id: makeId<CallId>(clock.now()),
      companyId: user.companyId,
      userId: user.id,
      calleeId: callee.id,
      name: callee.displayName,
      number: callee.extension ?? callee.name,
      reason,
      sinceMs: clock.now(),
      untilMs: clock.now() + longestWaitMs,
      tries: 0,
    }
    // It counts from now on, and begins once it is kept.
    this.#begin(back)
    if (!(await this.#kept.put(back))) {
      this.#forget(back)
      return Overloaded('Nothing can be kept at the moment. Try again in a few minutes.')
    }
    if (same) this.#end(same)
    this.#changed(back, 'set')
    if (reason === 'busy' && this.#backs.has(back.id)) this.#soon(back)
    return back
  }

  #begin(back: CallBack): void {
    this.#backs.set(back.id, back)
    for (const id of [back.userId, back.calleeId]) this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1)
    this.#start(`${back.id} end`, back.untilMs - this.#service.clock.now(), () => this.#expire(back.id))
  }

  /** @returns how many there were; all of the person's without an identifier */
  cancel(userId: UserId, id?: string): number {
    const backs = this.of(userId).filter((back) => id === undefined || back.id === id)
    for (const back of backs) this.#end(back)
    return backs.length
  }

  close(): void {
    for (const stop of this.#stops) stop()
    for (const timer of this.#timers.values()) timer.stop()
    this.#timers.clear()
    this.#backs.clear()
  }

  #look(state: CallState): void {
    if (state.name !== 'ended') return
    this.last.take(state)
    if (this.#backs.size === 0) return
    const people = new Map<UserId, boolean>()
    for (const { party, answeredAtMs } of state.call.legs.values())
      if (party.userId && this.#watched.has(party.userId))
        people.set(party.userId, people.get(party.userId) === true || answeredAtMs !== undefined)
    for (const back of [...this.#backs.values()]) {
      if (back.callId === state.call.id) this.#came(back, state)
      else if (people.has(back.userId) || people.has(back.calleeId)) {
        // Who did not answer is there once they have used the phone.
        const isThere = back.reason === 'busy' || people.get(back.calleeId) === true
        if (isThere) this.#soon({ ...back, reason: 'busy' })
      }
    }
  }

  /** Calls the two after a while, if both are free then. */
  #soon(back: CallBack, afterMs = guardMs): void {
    if (back.callId !== undefined) return
    this.#backs.set(back.id, back)
    this.#start(`${back.id} guard`, afterMs, () => {
      const now = this.#backs.get(back.id)
      if (now && now.callId === undefined && this.isFree(now.userId) && this.isFree(now.calleeId)) void this.#call(now)
    })
  }

  /** Whether a person is in no call, not even one that rings. */
  isFree(userId: UserId): boolean {
    for (const { name, call } of this.#service.states())
      if (name !== 'ended')
        for (const { party, endedAtMs } of call.legs.values())
          if (party.userId === userId && endedAtMs === undefined) return false
    return true
  }

  async #call(back: CallBack): Promise<void> {
    const { companyId, userId, number, name, sinceMs } = back
    const made = await this.#makeCall({ companyId, fromUserId: userId, to: number })
    // Nobody is there to be called: the next chance is when the phone is used again.
    if (isRefusal(made)) return
    const tried = { ...back, tries: back.tries + 1 }
    this.#backs.set(back.id, { ...tried, callId: made.callId })
    void this.#kept.put(tried)
    const owner = this.#service.owner(made.callId)
    const [leg] = owner?.state.call.legs.keys() ?? []
    if (!owner || leg === undefined) return
    const who = owner.state.call.caller.name ?? owner.state.call.caller.number
    const text = `${who} had asked to be called when ${name} is free.`
    noteIn(owner, leg, 'call-back', text, { who, name, sinceMs })
  }

  /** The call to the two is over. */
  #came(back: CallBack, { call, termination }: Extract<CallState, { name: 'ended' }>): void {
    const legs = [...call.legs.values()]
    const hasTalked = legs.some((leg) => leg.role === 'callee' && leg.answeredAtMs !== undefined)
    const hasAsked = legs.some((leg) => leg.role === 'caller' && leg.answeredAtMs !== undefined)
    if (hasTalked || !hasAsked || back.tries >= mostTries || !isBusy(termination)) return this.#end(back)
    const { callId: _, ...again } = back
    this.#backs.set(back.id, again)
  }

  #expire(id: string): void {
    const back = this.#backs.get(id)
    if (!back || !this.#forget(back)) return
    this.#kept.drop(back, 'expired')
    this.#changed(back, 'ended')
  }

  #end(back: CallBack): void {
    if (!this.#forget(back)) return
    this.#kept.settle(back)
    this.#changed(back, 'ended')
  }

  #forget(back: CallBack): boolean {
    if (!this.#backs.delete(back.id)) return false
    for (const which of ['end', 'guard']) {
      this.#timers.get(`${back.id} ${which}`)?.stop()
      this.#timers.delete(`${back.id} ${which}`)
    }
    for (const id of [back.userId, back.calleeId]) {
      const count = (this.#watched.get(id) ?? 1) - 1
      if (count > 0) this.#watched.set(id, count)
      else this.#watched.delete(id)
    }
    return true
  }

  #start(name: string, delayMs: number, then: () => void): void {
    this.#timers.get(name)?.stop()
    const run = (): void => {
      this.#timers.delete(name)
      then()
    }
    this.#timers.set(name, this.#service.clock.startTimer(delayMs, run))
  }
}

const isBusy = ({ sip, reason }: Termination): boolean => sip === 486 || reason === 'busy' || reason === 'user-busy'
