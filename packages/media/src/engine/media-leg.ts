import type { CallId } from '@vaxel/base'
import type { LegQuality, MediaLegId, MediaPolicy, Source } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { LegNegotiation } from './leg-negotiation.ts'
import type { Hearing, LegCounters } from './media-plane.ts'

/** What the engine knows of one leg, apart from its packets. */
export interface MediaLeg {
  readonly id: MediaLegId
  readonly callId: CallId
  /** Counted from the first. */
  readonly number: number
  readonly policy: MediaPolicy
  /** Address that we give to this peer. */
  readonly address: string
  readonly negotiation: LegNegotiation
  /** Place of its worker among the planes. */
  home: number
  /** Even port of its pair, if it has one. */
  port: number | undefined
  agreed: AgreedAudio | undefined
  hearing: Hearing
  /** As it was told last, and the audio that was told with it. */
  quality: LegQuality | undefined
  lastAudioAtMs: number | undefined
  /** When its quality was told last. */
  countersBefore: LegCounters | undefined
  /** Its peer was offered the audio of another leg's peer. */
  direct: DirectAudio | undefined
  playing: { readonly source: Source; readonly loop: boolean } | undefined
}

/** How a leg's peer stands to another leg's peer, whose audio was described to it. */
export interface DirectAudio {
  readonly other: MediaLegId
  /** What the other peer said of its audio, as this one was told. */
  readonly told: AgreedAudio
  /** What this one answered of its own. */
  said: AgreedAudio | undefined
  /** It is needed here, and that was told. */
  isWanted: boolean
}
