import type { DeviceId, UserId } from '@vaxel/base'

/** A person whose devices ring. */
export interface RoundMember {
  readonly userId: UserId
  /** Only these devices; when none of them is registered, or absent, all. */
  readonly deviceIds?: readonly DeviceId[]
  /** For whom the call is, where it is not for this person alone; shown before the caller's name. */
  readonly label?: string
  /** Is passed over when on the phone or not to be disturbed by the time the turn comes. */
  readonly isSkippedIfBusy?: true
}

/** People whose devices ring together, for so long; then the next round. */
export interface RingRound {
  readonly members: readonly RoundMember[]
  readonly seconds: number
}

/** More are cut off: a call has rung long enough by then. */
export const mostRounds = 60
