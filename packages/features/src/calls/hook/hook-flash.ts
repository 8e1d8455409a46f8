import { type CallId, type LegId, makeId, TransientMap } from '@vaxel/base'
import { type CallLeg, counterpart, openServed, type OpenAdHoc, type ServiceLine } from '@vaxel/core'
import { CallOwner } from '../call-owner.ts'
import { noteIn, takeSeat } from '../codes/take-seat.ts'
import { conferenceWithWaiting, type ConferencingCalls } from '../conference-calls.ts'
import type { SipLeg } from '../sip-leg.ts'
import { consultingNumber, heldNumber } from './hook-numbers.ts'

/** From the dial tone to the first digit, and between two. */
const firstDigitMs = 15_000
const nextDigitMs = 4_000
const mostDigits = 32
/** Numbers that may be dialled in vain before the other side is there again. */
const mostTries = 3
const busyToneMs = 5_000
/** Somebody waits so long at most for the person at the hook. */
const mostHeldMs = 30 * 60_000
const lookMs = 1_000
const recallRingMs = 30_000
/** After a flash, the key of the service is awaited so long. */
const serviceKeyMs = 4_000
/** "R 3", as telephone networks have it for a three-party service (ETSI EN 300 738). */
const joiningKey = '3'

/** What the hook needs of the calls that go on. */
interface HookCalls extends ConferencingCalls {
  readonly recordings: ConferencingCalls['recordings'] & Parameters<typeof takeSeat>[0]['recordings']
  /** Makes the room for three; nobody is joined while it is absent. */
  readonly openAdHoc: OpenAdHoc | undefined
}

/** Who waits for somebody at an adapter, and for whom. */
interface Held {
  readonly owner: CallOwner
  readonly leg: LegId
  readonly holder: CallLeg
  /** The person at the hook is gone: they are called back. */
  isAbandoned: boolean
}

/**
 * The hook of an analogue telephone at an adapter, which tells by INFO when it is flashed. As users of such telephones know it: the other side
 * hears music, they hear the dial tone and dial somebody; flashing again goes back while nobody has answered, and changes between the two
 * after that, and the key 3 right behind it joins all three; hanging up joins the two, or has the one who waits ring back
 * (docs/decisions/0106).
 *
 * The person's one dialog goes from call to call: who waits is in a call of their own, with a service that plays music.
 */
export class HookFlash {
  readonly #service: HookCalls
  readonly #heldBy = new WeakMap<SipLeg, Held>()
  readonly #byCall = new TransientMap<CallId, Held>()
  /** When telephones went on with the one who waited, monotonic. */
  readonly #changedAtMs = new WeakMap<SipLeg, number>()

  constructor(service: HookCalls) {
    this.#service = service
  }

  /** The hook of a leg's telephone was flashed. */
  flashed(owner: CallOwner, id: LegId): void {
    const leg = owner.legs.get(id)
    const row = owner.state.call.legs.get(id)
    if (!leg || row?.party.userId === undefined || !leg.isAnswered) return
    const { state } = owner
    if (state.call.isEmergency) return
    const held = this.#heldFor(leg)
    if (state.name === 'connected' && (id === state.a || id === state.b)) {
      if (held) this.#change(owner, id, leg, held)
      else this.#consult(owner, id, leg, row)
    } else if (held && 'origin' in state && state.origin === id) this.#goBack(owner, id, leg, held)
  }

  /** A key of somebody who talks. @returns whether it was for the hook: then nobody else has it */
  key(owner: CallOwner, id: LegId, key: string): boolean {
    const leg = owner.legs.get(id)
    const changedAtMs = leg && this.#changedAtMs.get(leg)
    if (key !== joiningKey || !leg || changedAtMs === undefined) return false
    this.#changedAtMs.delete(leg)
    const held = this.#heldFor(leg)
    const row = owner.state.call.legs.get(id)
    const { clock, openAdHoc } = this.#service
    if (!held || !row || !openAdHoc || clock.monotonicMs() - changedAtMs > serviceKeyMs) return false
    noteIn(owner, id, 'hook-join', `${nameOf(row)} joined all three.`, { who: nameOf(row) })
    this.#heldBy.delete(leg)
    this.#byCall.delete(held.owner.id)
    return conferenceWithWaiting(this.#service, openAdHoc, { owner, leg: row }, held) === undefined
  }

  /**
   * A leg's dialog is over. The telephone has hung up: the two others are joined, where both are there. Whom it talks with has hung up: it goes back to
   * the one who waits.
   */
  hungUp(owner: CallOwner, id: LegId): void {
    this.#leftAlone(owner, id)
    const leg = owner.legs.get(id)
    const held = leg && this.#heldFor(leg)
    if (!leg || !held) return
    this.#heldBy.delete(leg)
    const { state } = owner
    const isTalking = state.name === 'connected' && (id === state.a || id === state.b)
    if (isTalking && takeSeat(this.#service, { owner: held.owner, legId: held.leg }, owner, id, 'transferred')) return
    held.isAbandoned = true
  }

  /** The call of a leg has ended whatever way; who waits for it is not forgotten. */
  finished(leg: SipLeg): void {
    const held = this.#heldFor(leg)
    if (held) held.isAbandoned = true
  }

  /** The service that gives the dial tone. */
  readonly consult = async (line: ServiceLine): Promise<void> => {
    const { country } = line.company
    for (let tries = 0; tries < mostTries; tries++) {
      line.playOn({ kind: 'tone', tone: 'dial', country: country.toLowerCase() })
      const digits = await dialled(line)
      if (digits === '') break
      const { kind } = await line.sendOn(digits)
      line.playOn({ kind: 'tone', tone: kind === 'busy' ? 'busy' : 'congestion', country: country.toLowerCase() })
      await line.wait(busyToneMs, { endsOnKey: true })
    }
    const owner = this.#service.owner(line.callId)
    const leg = owner?.legs.get(line.legId)
    const held = leg && this.#heldFor(leg)
    if (owner && leg && held) this.#goBack(owner, line.legId, leg, held)
  }

  /** The service with which the other side waits. */
  readonly hold = async (line: ServiceLine): Promise<void> => {
    line.playOn({ kind: 'music' })
    const held = this.#byCall.get(line.callId)
    try {
      for (let waitedMs = 0; held && !held.isAbandoned && waitedMs < mostHeldMs; waitedMs += lookMs)
        await line.wait(lookMs)
      const userId = held?.holder.party.userId
      const user = userId === undefined ? undefined : this.#service.options.directory.user(userId)
      if (!user) return
      const name = user.displayName
      line.note('hook-recall', `${name} hung up while somebody waited, and is called back.`, { who: name })
      await line.sendOn(user.extension ?? user.name, {
        ringMs: recallRingMs,
        keepsSound: true,
        as: { kind: 'user', user },
      })
    } finally {
      if (this.#byCall.get(line.callId) === held) this.#byCall.delete(line.callId)
    }
  }

  #leftAlone({ state, legs }: CallOwner, gone: LegId): void {
    if (state.name !== 'connected' || (gone !== state.a && gone !== state.b)) return
    const id = counterpart(state, gone)
    const leg = legs.get(id)
    const held = leg && this.#heldFor(leg)
    const owner = this.#service.owner(state.call.id)
    if (owner && leg && held) this.#goBack(owner, id, leg, held)
  }

  /** Whom a telephone has waiting, as long as they do. */
  #heldFor(leg: SipLeg): Held | undefined {
    const held = this.#heldBy.get(leg)
    const state = held?.owner.state
    return state?.name === 'inService' && state.number === heldNumber && state.origin === held?.leg ? held : undefined
  }

  #consult(owner: CallOwner, id: LegId, leg: SipLeg, row: CallLeg): void {
    const context = this.#service.context(owner.id)
    if (!context || owner.state.name !== 'connected') return
    const nowMs = this.#service.clock.now()
    const newId = makeId<LegId>(nowMs)
    const { companyId } = owner.state.call
    const opened = openServed({
      id: makeId<CallId>(nowMs),
      companyId,
      direction: 'internal',
      leg: { ...row, id: newId, role: 'caller', connection: 'connected' },
      service: 'feature',
      number: consultingNumber,
      nowMs,
    })
    const own = new CallOwner(opened, this.#service)
    own.country = owner.country
    const { company, domain } = context
    this.#service.register(own, { company, domain, from: this.#service.routes.sourceOf(owner, id) })
    noteIn(owner, id, 'hook-flash', `${nameOf(row)} flashed the hook to ask somebody else.`, { who: nameOf(row) })
    this.#keep(owner, id, leg, row)
    this.#service.moveLeg(owner, leg, own, newId)
    this.#leave(owner, id)
    own.open(opened)
  }

  /** From the one who talks to the one who waits, who change places. */
  #change(owner: CallOwner, id: LegId, leg: SipLeg, held: Held): void {
    const row = owner.state.call.legs.get(id)
    if (!row) return
    noteIn(owner, id, 'hook-change', `${nameOf(row)} went on with the one who waited.`, { who: nameOf(row) })
    this.#keep(owner, id, leg, row)
    this.#seat(owner, leg, row, held)
    this.#leave(owner, id)
    this.#changedAtMs.set(leg, this.#service.clock.monotonicMs())
  }

  /** To the one who waits; nothing is left of the other call. */
  #goBack(owner: CallOwner, id: LegId, leg: SipLeg, held: Held): void {
    const row = owner.state.call.legs.get(id)
    if (!row) return
    this.#heldBy.delete(leg)
    this.#seat(owner, leg, row, held)
    owner.clear({ blame: 'nobody', reason: 'hung-up' })
  }

  #keep(owner: CallOwner, id: LegId, leg: SipLeg, holder: CallLeg): void {
    if (owner.state.name !== 'connected') return
    const held: Held = { owner, leg: counterpart(owner.state, id), holder, isAbandoned: false }
    this.#heldBy.set(leg, held)
    this.#byCall.set(owner.id, held)
  }

  #seat(from: CallOwner, leg: SipLeg, row: CallLeg, held: Held): void {
    const id = makeId<LegId>(this.#service.clock.now())
    this.#byCall.delete(held.owner.id)
    this.#service.moveLeg(from, leg, held.owner, id)
    const adopted: CallLeg = { ...row, id, role: 'callee', connection: 'connected' }
    held.owner.dispatch({ kind: 'legAdopted', by: held.leg, adopted })
  }

  /** The counterpart goes to the music; the leg itself is in another call by now. */
  #leave(owner: CallOwner, id: LegId): void {
    owner.transferTarget = heldNumber
    owner.dispatch({ kind: 'transferWanted', by: id })
  }
}

const nameOf = ({ party }: CallLeg): string => party.name ?? party.number

/** What is dialled into the dial tone; empty when nothing is. The first digit ends the tone. */
async function dialled(line: ServiceLine): Promise<string> {
  const first = await line.readKeys({ most: 1, endOn: '#', firstMs: firstDigitMs })
  line.stopSound()
  if (first.keys === '') return ''
  const rest = await line.readKeys({ most: mostDigits - 1, endOn: '#', firstMs: nextDigitMs, nextMs: nextDigitMs })
  return first.keys + rest.keys
}
