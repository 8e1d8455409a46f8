import type { LegId } from '@vaxel/base'
import type { TrunkFault } from '@vaxel/core'
import type { InviteEnd } from '@vaxel/sip'
import { LegNews, type LegOwner } from './leg-news.ts'

/** What the end of an INVITE says of the target that it went to; undefined: somebody is there. */
export function faultOfEnd({ by, status, reasonPhrase }: InviteEnd): TrunkFault | undefined {
  if (by === 'timeout') return { kind: 'silent' }
  if (by === 'transport') return { kind: 'unreachable', ...(reasonPhrase ? { text: reasonPhrase } : {}) }
  if (by === 'peer' && status === 503)
    return { kind: 'refused', status, ...(reasonPhrase ? { text: reasonPhrase } : {}) }
  return undefined
}

export type NoteTrunk = (fault: TrunkFault | undefined) => void

/** News of a leg that show, once, how it stands with the trunk's target that it goes to. */
export class TrunkLegNews extends LegNews {
  readonly #note: NoteTrunk
  #isNoted = false

  constructor(owner: LegOwner, id: LegId, note: NoteTrunk) {
    super(owner, id)
    this.#note = note
  }

  override alerting(early: boolean): void {
    this.#noteOnce(undefined)
    super.alerting(early)
  }

  override answered(): void {
    this.#noteOnce(undefined)
    super.answered()
  }

  override failed(end: InviteEnd): void {
    // Of a call that we took back ourselves nothing is known.
    if (end.by !== 'us') this.#noteOnce(faultOfEnd(end))
    super.failed(end)
  }

  #noteOnce(fault: TrunkFault | undefined): void {
    if (this.#isNoted) return
    this.#isNoted = true
    this.#note(fault)
  }
}
