import type { KeptValues } from '../base/storage.ts'
import type { DialogId } from './sip-phone.ts'

/** A call that this browser is in, as it survives the page. */
export interface KeptCall {
  /** Value of the Replaces header field with which a new page takes it back (RFC 3891 §6.1). */
  readonly replaces: string
  readonly sipCallId: string
  readonly number: string
  readonly name?: string
  readonly direction: 'in' | 'out'
  readonly connectedAtMs?: number
  readonly isMuted?: boolean
  /** By this side; whoever comes back finds it so. */
  readonly isHeld?: boolean
}

const key = 'phone.calls'
/** Nothing is waited for longer than this by the server. */
const oldestMs = 5 * 60_000

/** Seen from the server, whose dialog it is: its tag is the `to-tag`. */
export const replacesOf = ({ callId, localTag, remoteTag }: DialogId): string =>
  `${callId};to-tag=${remoteTag};from-tag=${localTag}`

/** The calls of this browser, so that a page that comes back finds them. */
export class KeptCalls {
  readonly #kept: KeptValues
  readonly #nowMs: () => number

  constructor(kept: KeptValues, nowMs: () => number) {
    this.#kept = kept
    this.#nowMs = nowMs
  }

  read(): readonly KeptCall[] {
    const found = this.#kept.get<{ atMs: number; calls: readonly KeptCall[] }>(key)
    return found && this.#nowMs() - found.atMs < oldestMs && Array.isArray(found.calls) ? found.calls : []
  }

  /** Said again every minute while calls go on, so that old ones are not mistaken for them. */
  write(calls: readonly KeptCall[]): void {
    if (calls.length === 0) this.#kept.remove(key)
    else this.#kept.set(key, { atMs: this.#nowMs(), calls })
  }
}
