/**
 * Whose offer is waiting for an answer (RFC 3264 §4, RFC 6337): at most one at a time. Also keeps the last session
 * description that we sent, for refreshes that must change nothing.
 */
export class OfferState {
  /** `ours`: the peer owes an answer. `theirs`: we owe one. */
  pending: 'ours' | 'theirs' | undefined
  /** Whether one offer and answer has been completed. */
  isEstablished = false
  /** Whether we answered an offer of the peer: what was agreed before is over. */
  hasAnswered = false
  /** How many offers the peer has made: an offer of ours from before the last one does not fit any more. */
  fromPeer = 0
  /** The remote tag of the early dialog in which the peer offered last: another branch of a fork knows nothing of that. */
  offeredBy: string | undefined
  local: string | undefined
  remote: string | undefined

  sentOffer(sdp: string): void {
    this.pending = 'ours'
    this.local = sdp
  }

  receivedOffer(remoteTag?: string): void {
    this.pending = 'theirs'
    this.offeredBy = remoteTag
    this.fromPeer++
  }

  sentAnswer(sdp: string): void {
    this.pending = undefined
    this.hasAnswered = true
    this.isEstablished = true
    this.local = sdp
  }

  receivedAnswer(sdp: string): void {
    this.pending = undefined
    this.isEstablished = true
    this.remote = sdp
  }

  /** The usage is over. */
  forget(): void {
    this.local = this.remote = undefined
  }

  /** The offer was refused, or went with its transaction. */
  withdraw(): void {
    this.pending = undefined
  }
}
