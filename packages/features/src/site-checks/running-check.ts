import { timingSafeEqual } from 'node:crypto'
import type { Timer } from '@vaxel/base'

/** A check while it runs. */
export class RunningCheck {
  readonly id: string
  readonly key: Buffer
  readonly expiresAtMs: number
  /** Whose allowance it took. */
  readonly owner: string
  readonly invitation: string | undefined
  readonly openPorts = new Set<number>()
  furtherPorts = 0
  /** Those that run. */
  readonly streams = new Set<string>()
  streamsInAll = 0
  timer: Timer | undefined

  constructor(parts: {
    id: string
    key: Uint8Array
    expiresAtMs: number
    owner: string
    invitation: string | undefined
  }) {
    this.id = parts.id
    this.key = Buffer.from(parts.key)
    this.expiresAtMs = parts.expiresAtMs
    this.owner = parts.owner
    this.invitation = parts.invitation
  }

  nextStreamId(): string {
    this.streamsInAll++
    return `check-${this.id}-${this.streamsInAll}`
  }

  /** Whether a stream was one of this check's, running or not. */
  knows(streamId: string): boolean {
    return streamId.startsWith(`check-${this.id}-`)
  }

  /** Whether a request shows the check's secret, base64url. */
  isOpenedBy(bearer: string | undefined): boolean {
    if (bearer?.length !== 43) return false
    const shown = Buffer.from(bearer, 'base64url')
    return shown.length === this.key.length && timingSafeEqual(shown, this.key)
  }
}
