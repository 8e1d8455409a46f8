import type { Clock, LegId, Termination } from '@vaxel/base'
import type { CallInput, CallState, Company, Language, MediaEngine, MediaLegId, MixManner, User } from '@vaxel/core'

/** What a line needs of the call that it belongs to. */
export interface LineCall {
  readonly id: CallState['call']['id']
  readonly state: CallState
  dispatch(input: CallInput): void
  clear(termination: Termination): void
}

export interface LineParts {
  readonly clock: Clock
  readonly engine: MediaEngine
  readonly call: LineCall
  readonly company: Company
  readonly user: User | undefined
  readonly legId: LegId
  readonly media: MediaLegId
  readonly number: string
  /** Resolves when the caller can hear. */
  readonly ready: Promise<void>
  /** Sound file of a sentence; undefined when there is none to be had. */
  soundOf(prompt: string, language: Language): Promise<string | undefined>
  joinMix(mix: string, media: MediaLegId, manner: MixManner): void
  leaveMix(): void
}
