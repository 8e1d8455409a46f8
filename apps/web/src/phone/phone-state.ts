import type { LineQuality } from './line-quality.ts'
import type { LineFigures, Registration, SipCallState } from './sip-phone.ts'

/** One call as the screens draw it. */
export interface PhoneCall {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly number: string
  readonly name?: string
  readonly state: SipCallState
  readonly isMuted: boolean
  /** Speaks with the other calls of the conference. */
  readonly isConferenced: boolean
  /** It was made to ask somebody before this call is given to them. */
  readonly consultsFor?: string
  /** Its line broke, and it is being taken back since then. */
  readonly returningSinceMs?: number
  /** It was taken back after so long. */
  readonly returnedAfterMs?: number
  readonly quality?: LineQuality
  readonly figures?: LineFigures
}

/** Why the phone cannot be used although somebody is logged in. */
export type PhoneProblem =
  | { readonly name: 'elsewhere'; readonly text: string }
  | { readonly name: 'tooOld' }
  | { readonly name: 'unreachable' }
  | { readonly name: 'microphone'; readonly why: 'denied' | 'missing' | 'busy' | 'unsupported' }

/** What another tab of this browser shows of the tab that holds the phone. */
export interface MirroredCall {
  readonly id: string
  readonly number: string
  readonly name?: string
  readonly stateName: SipCallState['name']
  readonly connectedAtMs?: number
}

export interface PhoneState {
  /** `elsewhere`: another tab of this browser holds it. */
  readonly place: 'here' | 'elsewhere' | 'none'
  readonly registration: Registration
  readonly calls: readonly PhoneCall[]
  /** The one that is spoken on. */
  readonly activeId: string | undefined
  readonly problem: PhoneProblem | undefined
  readonly mirrored: readonly MirroredCall[]
  readonly lastDialled: string | undefined
}

export const initialState: PhoneState = {
  place: 'none',
  registration: { name: 'off' },
  calls: [],
  activeId: undefined,
  problem: undefined,
  mirrored: [],
  lastDialled: undefined,
}

export const isTalking = ({ state }: PhoneCall): boolean => state.name === 'connected' && !state.isHeld
export const isOnHold = ({ state }: PhoneCall): boolean => state.name === 'connected' && state.isHeld
export const isRingingHere = ({ state }: PhoneCall): boolean => state.name === 'incoming'
