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

/** Why a call was not put through. */
export interface FailedCall {
  readonly who: string
  readonly why: 'busy' | 'declined' | 'noAnswer' | 'unknown' | 'unreachable' | 'notAllowed' | 'overloaded' | 'other'
}

/** What a final status (RFC 3261 §21) means to a person. */
export function whyOf(status: number | undefined): FailedCall['why'] {
  if (status === 486 || status === 600) return 'busy'
  if (status === 603 || status === 433) return 'declined'
  if (status === 408 || status === 487) return 'noAnswer'
  if (status === 404 || status === 484 || status === 604) return 'unknown'
  if (status === 480 || status === 410 || status === 430) return 'unreachable'
  if (status === 403 || status === 402 || status === 488) return 'notAllowed'
  return status === 503 || status === 500 || status === 504 ? 'overloaded' : 'other'
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
  /** The last call that was not put through; until the next one. */
  readonly failed: FailedCall | undefined
}

export const initialState: PhoneState = {
  place: 'none',
  registration: { name: 'off' },
  calls: [],
  activeId: undefined,
  problem: undefined,
  mirrored: [],
  lastDialled: undefined,
  failed: undefined,
}

export const isTalking = ({ state }: PhoneCall): boolean => state.name === 'connected' && !state.isHeld
export const isOnHold = ({ state }: PhoneCall): boolean => state.name === 'connected' && state.isHeld
export const isRingingHere = ({ state }: PhoneCall): boolean => state.name === 'incoming'
