import type { LegId, Refusal } from '@vaxel/base'
import type { CallInput, MediaSummary } from '@vaxel/core'
import type { InviteEnd, Referral } from '@vaxel/sip'
import type { FaxWish } from './fax/fax-wish.ts'
import type { SipLegEvents } from './sip-leg.ts'

/** What a call does with the news of its legs. */
export interface LegOwner {
  dispatch(input: CallInput): void
  legFailed(id: LegId, end: InviteEnd): void
  legEnded(id: LegId, end: InviteEnd): void
  legMoved(id: LegId, from: string, to: string): void
  referred(id: LegId, referral: Referral): void
  passDigit(id: LegId, digit: string, durationMs: number): void
  flashed(id: LegId): void
  recordWanted(id: LegId, isOn: boolean): Promise<number>
  faxOffered(id: LegId, wish: FaxWish): void
  faxEnded(id: LegId): void
}

/** Brings what a leg tells to the call that has it. */
export class LegNews implements SipLegEvents {
  readonly #owner: LegOwner
  readonly #id: LegId

  constructor(owner: LegOwner, id: LegId) {
    this.#owner = owner
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
    this.#owner.legEnded(this.#id, end)
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
    this.#owner.legMoved(this.#id, from, to)
  }

  mediaRefused({ blame, sip, text }: Refusal): void {
    this.#owner.dispatch({ kind: 'mediaLost', leg: this.#id, termination: { blame, reason: 'no-media', sip, text } })
  }

  referred(referral: Referral): void {
    this.#owner.referred(this.#id, referral)
  }

  digit(digit: string, durationMs: number): void {
    this.#owner.passDigit(this.#id, digit, durationMs)
  }

  flashed(): void {
    this.#owner.flashed(this.#id)
  }

  recordWanted(isOn: boolean): Promise<number> {
    return this.#owner.recordWanted(this.#id, isOn)
  }

  faxOffered(wish: FaxWish): void {
    this.#owner.faxOffered(this.#id, wish)
  }

  faxEnded(): void {
    this.#owner.faxEnded(this.#id)
  }
}
