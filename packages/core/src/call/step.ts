import type { LegId, Termination } from '@vaxel/base'
import type { LedgerEvent } from '../ports/call-ledger.ts'
import type { Call, CallLeg, CallState } from './call.ts'
import type { RouteDecision } from '../routing/decision.ts'
import type { CallEffect } from './call-effect.ts'

/** What a transition gives back. */
export interface Transition {
  readonly state: CallState
  readonly effects: readonly CallEffect[]
}

/**
 * Collects what one input does to a call: changed legs, events for the ledger, effects in order.
 * Lives for one transition only.
 */
export class Step {
  /** The call as it is now: its own copy once something has changed, so that a step copies once. */
  call: Call
  readonly nowMs: number
  #own: { -readonly [Key in keyof Call]: Call[Key] } | undefined
  #ownLegs: Map<LegId, CallLeg> | undefined
  readonly #effects: CallEffect[] = []
  #events: LedgerEvent[] = []

  constructor(call: Call, nowMs: number) {
    this.call = call
    this.nowMs = nowMs
  }

  /** Adds an effect; what was told to the ledger so far goes first, so that it is durable before anyone hears of it. */
  do(...effects: readonly CallEffect[]): this {
    this.#flush()
    this.#effects.push(...effects)
    return this
  }

  /** Adds a fact to this step's ledger entry. */
  tell(kind: string, data: Readonly<Record<string, unknown>>): this {
    this.#events.push({ kind, atMs: this.nowMs, companyId: this.call.companyId, callId: this.call.id, data })
    return this
  }

  leg(id: LegId): CallLeg | undefined {
    return this.call.legs.get(id)
  }

  setCall(change: Partial<Call>): this {
    if (change.legs) this.#ownLegs = undefined
    if (this.#own) Object.assign(this.#own, change)
    else this.call = this.#own = { ...this.call, ...change }
    return this
  }

  addLeg(leg: CallLeg): this {
    if (!this.#ownLegs) {
      const legs = new Map(this.call.legs)
      this.setCall({ legs })
      this.#ownLegs = legs
    }
    this.#ownLegs.set(leg.id, leg)
    return this
  }

  setLeg(id: LegId, change: Partial<CallLeg>): this {
    const leg = this.call.legs.get(id)
    return leg ? this.addLeg({ ...leg, ...change }) : this
  }

  /** Marks a leg as gone and says so once (ECMA-269 connectionCleared). */
  closeLeg(id: LegId, termination: Termination): this {
    const leg = this.call.legs.get(id)
    if (!leg || leg.endedAtMs !== undefined) return this
    this.setLeg(id, { connection: 'null', endedAtMs: this.nowMs, termination })
    return this.tell('call.connectionCleared', { leg: id, ...who(leg), termination })
  }

  isUp(id: LegId): boolean {
    const leg = this.call.legs.get(id)
    return leg !== undefined && leg.endedAtMs === undefined
  }

  to(state: CallState): Transition {
    this.#flush()
    return { state: { ...state, call: this.call }, effects: this.#effects }
  }

  /** The one end of a call: every leg still up is cleared, one Termination for all. */
  end(termination: Termination): Transition {
    for (const leg of this.call.legs.values()) {
      if (leg.endedAtMs !== undefined) continue
      this.closeLeg(leg.id, termination)
      this.#effects.push({ kind: 'clearLeg', leg: leg.id, termination })
    }
    this.#effects.push({ kind: 'stopRingTimer' })
    const { answeredAtMs, direction } = this.call
    const talk = answeredAtMs === undefined ? {} : { talkMs: this.nowMs - answeredAtMs }
    this.tell('call.ended', { termination, answered: answeredAtMs !== undefined, direction, ...talk })
    this.#flush()
    this.#effects.push({ kind: 'finish' })
    return { state: { name: 'ended', call: this.call, termination }, effects: this.#effects }
  }

  #flush(): void {
    if (this.#events.length === 0) return
    this.#effects.push({ kind: 'record', events: this.#events })
    this.#events = []
  }
}

/** Routing's decisions as the ledger keeps them: the words and what they are about; the sentences stand beside them. */
export const decisionsOf = (decisions: readonly RouteDecision[]): readonly Record<string, unknown>[] =>
  decisions.map(({ code, params }) => ({ code, ...params }))

/** How a leg is named in the ledger. */
export function who(leg: CallLeg): Record<string, unknown> {
  return {
    number: leg.party.number,
    ...(leg.party.name ? { name: leg.party.name } : {}),
    ...(leg.party.userId ? { userId: leg.party.userId } : {}),
    ...(leg.deviceId ? { deviceId: leg.deviceId } : {}),
    ...(leg.trunkId ? { trunkId: leg.trunkId } : {}),
  }
}
