import { type CallId, isRefusal, type LegId } from '@vaxel/base'
import type { CallState, User } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { CallService } from '../call-service.ts'
import type { CallBacks } from './call-backs.ts'
import { noteIn } from './take-seat.ts'

/** The key that takes the offer, as its sentence says. */
const takingKey = '5'
/** Whoever is refused waits so long at most for the voice. */
const mostPatienceMs = 2_000

type Offer = 'said' | 'waits' | 'taken'

/**
 * The offer during the busy tone: a colleague hears that the person talks and which key has them called when both are free. All of it is
 * early media, so that nothing is answered and the refusal that follows is the one that was to come.
 */
export class BusyOffers {
  readonly #service: CallService
  readonly #backs: CallBacks
  readonly #offers = new Map<CallId, Offer>()

  constructor(service: CallService, backs: CallBacks) {
    this.#service = service
    this.#backs = backs
  }

  /** The caller is about to be refused, and is told of the offer first. */
  begin(owner: CallOwner, legId: LegId): void {
    const { caller, callee } = this.#people(owner)
    if (!caller || !callee) return owner.dispatch({ kind: 'announcementEnded' })
    this.#offers.set(owner.id, 'said')
    void this.#say(owner, legId, 'busy-offer', (path) => owner.legs.get(legId)?.announce(path))
  }

  /** A sentence has come to its end. @returns whether the caller stays on the line */
  said(owner: CallOwner): boolean {
    if (this.#offers.get(owner.id) !== 'said' || owner.state.name !== 'refusing') return false
    this.#offers.set(owner.id, 'waits')
    const leg = owner.legs.get(owner.state.origin)
    if (!leg) return false
    this.#service.engine.play(leg.media, { kind: 'tone', tone: 'busy', country: owner.country }, { loop: true })
    return true
  }

  /** A key of a caller who is being refused. */
  key(owner: CallOwner, legId: LegId, key: string): void {
    const offer = this.#offers.get(owner.id)
    if (key !== takingKey || offer === undefined || offer === 'taken') return
    this.#offers.set(owner.id, 'taken')
    void this.#take(owner, legId)
  }

  look({ name, call }: CallState): void {
    if (name === 'ended') this.#offers.delete(call.id)
  }

  async #take(owner: CallOwner, legId: LegId): Promise<void> {
    const { caller, callee } = this.#people(owner)
    if (!caller || !callee) return owner.dispatch({ kind: 'announcementEnded' })
    const set = await this.#backs.set(caller, callee, 'busy')
    if (owner.state.name !== 'refusing') return
    if (!isRefusal(set)) {
      const [who, name] = [caller.displayName, callee.displayName]
      noteIn(owner, legId, 'call-back-set', `${who} is called when ${name} is free.`, { who, name })
    }
    await this.#say(owner, legId, isRefusal(set) ? 'feature-not-possible' : 'camp-on-set', (path) => {
      const leg = owner.legs.get(legId)
      if (leg) this.#service.engine.play(leg.media, { kind: 'file', path })
    })
  }

  async #say(owner: CallOwner, legId: LegId, prompt: string, play: (path: string) => void): Promise<void> {
    const { soundOf, promptPath } = this.#service.options
    const language = this.#people(owner).caller?.language ?? 'en'
    const path = soundOf ? await this.#inTime(soundOf(prompt, language)) : promptPath(prompt, language)
    if (owner.state.name !== 'refusing' || owner.state.origin !== legId) return
    if (path === undefined) return owner.dispatch({ kind: 'announcementEnded' })
    play(path)
  }

  /** A sentence that must be made first is not waited for: the next caller has it. */
  async #inTime(made: Promise<string | undefined>): Promise<string | undefined> {
    const late = Promise.withResolvers<undefined>()
    const timer = this.#service.clock.startTimer(mostPatienceMs, () => late.resolve(undefined))
    try {
      return await Promise.race([made, late.promise])
    } finally {
      timer.stop()
    }
  }

  #people({ state: { call } }: CallOwner): { readonly caller?: User | undefined; readonly callee?: User | undefined } {
    const { directory } = this.#service.options
    const at = (userId: typeof call.caller.userId) => (userId === undefined ? undefined : directory.user(userId))
    return { caller: at(call.caller.userId), callee: at(call.called.userId) }
  }
}
