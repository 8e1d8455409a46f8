import type { CallId } from '@vaxel/base'
import { isHeard, membersIn, mostWaitMs, type RoomMember, type RoomState } from './room.ts'
import type { DismissReason, RoomCommandRefusal, RoomEffect, RoomWord } from './room-effect.ts'

/** What a transition gives back. */
export interface RoomTransition {
  readonly state: RoomState
  readonly effects: readonly RoomEffect[]
  /** Why a command was not done. */
  readonly refused?: RoomCommandRefusal
}

/** Collects what one input does to a conference. Lives for one transition only. */
export class RoomStep {
  readonly nowMs: number
  readonly effects: RoomEffect[] = []
  #state: RoomState
  readonly #before: RoomState

  constructor(state: RoomState, nowMs: number) {
    this.#before = state
    this.#state = state
    this.nowMs = nowMs
  }

  get state(): RoomState {
    return this.#state
  }

  set(change: Partial<Pick<RoomState, 'isLocked' | 'isLecture' | 'wasOpened' | 'isOver'>>): this {
    this.#state = { ...this.#state, ...change }
    return this
  }

  put(member: RoomMember): this {
    this.#state = { ...this.#state, members: new Map(this.#state.members).set(member.id, member) }
    return this
  }

  change(id: CallId, change: Partial<RoomMember>): this {
    const member = this.#state.members.get(id)
    return member ? this.put({ ...member, ...change }) : this
  }

  drop(id: CallId): this {
    const members = new Map(this.#state.members)
    members.delete(id)
    this.#state = { ...this.#state, members }
    return this
  }

  do(...effects: readonly RoomEffect[]): this {
    this.effects.push(...effects)
    return this
  }

  say(member: CallId, word: RoomWord): this {
    return this.do({ kind: 'say', member, word })
  }

  tell(event: string, data: Readonly<Record<string, unknown>> = {}): this {
    return this.do({ kind: 'tell', event, data })
  }

  dismiss(id: CallId, reason: DismissReason): this {
    const member = this.#state.members.get(id)
    if (!member || member.phase === 'leaving') return this
    this.change(id, { phase: 'leaving' }).do({ kind: 'dismiss', member: id, reason })
    if (member.phase === 'in' && reason === 'removed') this.do({ kind: 'announce', who: 'went', member })
    return this.tell('conference.dismissed', { member: id, ...named(member), reason })
  }

  dismissAll(reason: DismissReason): this {
    for (const { id } of this.#state.members.values()) this.dismiss(id, reason)
    return this
  }

  /** Into the mix, whoever it is; everybody who waited comes along with the first moderator. */
  admit(id: CallId): this {
    const member = this.#state.members.get(id)
    if (!member) return this
    const { rules } = this.#state
    const others = membersIn(this.#state).length
    if (others >= rules.mostMembers) return this.dismiss(id, 'full')
    const entered: RoomMember = {
      ...member,
      phase: 'in',
      enteredAtMs: this.nowMs,
      isSilenced: rules.startsMuted && !member.isModerator,
    }
    this.put(entered)
    this.do({ kind: 'join', member: id, isMuted: !isHeard(this.#state, entered), others })
    if (others > 0) this.do({ kind: 'announce', who: 'came', member: entered })
    this.tell('conference.joined', { member: id, ...named(member), isModerator: member.isModerator })
    if (!member.isModerator || this.#state.wasOpened) return this
    this.set({ wasOpened: true }).tell('conference.opened', { member: id })
    for (const waiting of this.#state.members.values()) if (waiting.phase === 'waiting') this.admit(waiting.id)
    return this
  }

  wait(id: CallId): this {
    return this.change(id, { phase: 'waiting' })
      .do({ kind: 'wait', member: id, mostMs: mostWaitMs })
      .tell('conference.waiting', { member: id })
  }

  /** Tells the mix whom it must not let be heard any more, and whom it may again. */
  done(): RoomTransition {
    const mutes: RoomEffect[] = []
    for (const member of this.#state.members.values()) {
      const before = this.#before.members.get(member.id)
      if (before?.phase !== 'in' || member.phase !== 'in') continue
      const isMuted = !isHeard(this.#state, member)
      if (isMuted !== !isHeard(this.#before, before)) mutes.push({ kind: 'setMuted', member: member.id, isMuted })
    }
    // Silence first, words after it: nobody is heard a moment longer.
    return { state: this.#state, effects: [...mutes, ...this.effects] }
  }
}

/** How a member is named in what is told. */
export function named({ party }: RoomMember): Record<string, unknown> {
  return {
    number: party.number,
    ...(party.name ? { name: party.name } : {}),
    ...(party.userId ? { userId: party.userId } : {}),
  }
}
