import type { FaxData } from '@vaxel/core'

/** A peer wants to go over to fax data (T.38). Answered once. */
export interface FaxWish {
  readonly peer: FaxData
  /** @param like what the other side says of its fax data @returns whether the leg has gone over */
  accept(like: FaxData): Promise<boolean>
  refuse(): void
}
