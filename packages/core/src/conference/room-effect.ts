import type { CallId } from '@vaxel/base'
import type { RoomMember } from './room.ts'

/** Why somebody is not in the conference, or not any more. */
export type DismissReason =
  | 'pin-wrong'
  | 'pin-blocked'
  | 'locked'
  | 'full'
  | 'no-moderator'
  | 'removed'
  | 'ended'
  | 'ended-by-moderator'
  | 'over'

/** What one member hears of what happened. */
export type RoomWord =
  | 'muted'
  | 'unmuted'
  | 'muted-by-moderator'
  | 'unmuted-by-moderator'
  | 'ask-moderator'
  | 'all-muted'
  | 'all-unmuted'
  | 'locked'
  | 'unlocked'
  | 'lecture'
  | 'discussion'
  | 'hand-raised'
  | 'hand-lowered'
  | 'moderators-only'
  | 'alone'

/** What a conference's runner must do, in this order. */
export type RoomEffect =
  | { readonly kind: 'askPin'; readonly member: CallId; readonly isAgain: boolean }
  /** Music, until a moderator is there; `waitTimeout` after so long. */
  | { readonly kind: 'wait'; readonly member: CallId; readonly mostMs: number }
  /** Into the mix. */
  | { readonly kind: 'join'; readonly member: CallId; readonly isMuted: boolean; readonly others: number }
  | { readonly kind: 'setMuted'; readonly member: CallId; readonly isMuted: boolean }
  | { readonly kind: 'say'; readonly member: CallId; readonly word: RoomWord }
  /** A last sentence, then the call ends. */
  | { readonly kind: 'dismiss'; readonly member: CallId; readonly reason: DismissReason }
  /** To all who are in: somebody came or went. */
  | { readonly kind: 'announce'; readonly who: 'came' | 'went'; readonly member: RoomMember }
  /** A wrong PIN, for the count over all callers. */
  | { readonly kind: 'notePin'; readonly member: CallId }
  /** A fact for the ledger and the screens. */
  | { readonly kind: 'tell'; readonly event: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'over' }
  | { readonly kind: 'ignore'; readonly reason: string }

/** Why a command was not done. */
export type RoomCommandRefusal = 'moderators-only' | 'not-there' | 'silenced'
