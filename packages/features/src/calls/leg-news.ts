import type { LegId, Refusal } from '@vaxel/base'
import type { MediaSummary } from '@vaxel/core'
import type { InviteEnd, Referral } from '@vaxel/sip'
import type { CallOwner, CallSurroundings } from './call-owner.ts'
import type { FaxWish } from './fax/fax-wish.ts'
import { terminationOfEnd } from './leg-termination.ts'
import type { SipLegEvents } from './sip-leg.ts'

/** Brings what a leg tells to the call that has it. */
export class LegNews implements SipLegEvents {
  readonly #owner: CallOwner
  readonly #around: CallSurroundings
  readonly #id: LegId

  constructor(owner: CallOwner, around: CallSurroundings, id: LegId) {
    this.#owner = owner
    this.#around = around
    this.#id = id
  }

  alerting(early: boolean): void {
    this.#owner.dispatch({ kind: 'legAlerting', leg: this.#id, early })
  }

  answered(): void {
    this.#owner.dispatch({ kind: 'legAnswered', leg: this.#id })
  }

  failed(end: InviteEnd): void {
    this.#owner.legFailed(this.#id, end)
  }

  ended(end: InviteEnd): void {
    this.#around.hungUp(this.#owner, this.#id)
    const leg = this.#owner.state.call.legs.get(this.#id)
    const isAnswered = leg?.answeredAtMs !== undefined
    const termination = terminationOfEnd(end, leg?.role ?? 'caller', isAnswered, leg?.trunkId !== undefined)
    this.#owner.dispatch({ kind: 'legEnded', leg: this.#id, termination })
  }

  held(): void {
    this.#owner.dispatch({ kind: 'legHeld', leg: this.#id })
  }

  retrieved(): void {
    this.#owner.dispatch({ kind: 'legRetrieved', leg: this.#id })
  }

  mediaKnown(summary: MediaSummary): void {
    this.#owner.dispatch({ kind: 'mediaKnown', leg: this.#id, summary })
  }

  moved(from: string, to: string): void {
    const number = this.#owner.state.call.legs.get(this.#id)?.party.number
    const text = `${number} goes on from another address: ${to}, before ${from}.`
    this.#owner.dispatch({ kind: 'noticed', leg: this.#id, code: 'address-changed', text })
  }

  mediaRefused({ blame, sip, text }: Refusal): void {
    this.#owner.dispatch({ kind: 'mediaLost', leg: this.#id, termination: { blame, reason: 'no-media', sip, text } })
  }

  referred(referral: Referral): void {
    const leg = this.#owner.legs.get(this.#id)
    if (leg) this.#around.onReferral(this.#owner, leg, referral)
    else referral.refuse(481)
  }

  digit(digit: string, durationMs: number): void {
    this.#owner.passDigit(this.#id, digit, durationMs)
  }

  flashed(): void {
    this.#around.flashed(this.#owner, this.#id)
  }

  recordWanted(isOn: boolean): Promise<number> {
    return this.#around.recordWanted(this.#owner, this.#id, isOn)
  }

  faxOffered(wish: FaxWish): void {
    this.#around.faxOffered(this.#owner, this.#id, wish)
  }

  faxEnded(): void {
    this.#around.faxEnded(this.#owner, this.#id)
  }
}
