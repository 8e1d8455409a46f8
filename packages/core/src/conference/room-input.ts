import type { CallId, UserId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'

/** What people in a room, and its screen, can ask for. */
export type RoomCommand =
  | { readonly kind: 'mute' | 'unmute' | 'raiseHand' | 'lowerHand' | 'remove'; readonly member: CallId }
  | { readonly kind: 'muteAll' | 'unmuteAll' | 'lock' | 'unlock' | 'lecture' | 'discussion' | 'end' }

export type RoomCommandKind = RoomCommand['kind']

/** Who asks: a member by its keys or its own screen, or somebody whose right was looked at elsewhere. */
export type RoomCommander =
  | { readonly kind: 'member'; readonly member: CallId }
  | { readonly kind: 'moderator'; readonly userId?: UserId }

/** What can happen to a conference. */
export type RoomInput =
  | {
      readonly kind: 'arrived'
      readonly member: CallId
      readonly party: Party
      /** Somebody of the company, from a device of theirs. */
      readonly isColleague: boolean
      /** A moderator has asked this call in: no PIN, and the lock does not keep it out. */
      readonly isInvited: boolean
      /** Too many wrong PINs were tried in this room of late: no PIN is taken. */
      readonly isPinBlocked: boolean
    }
  /** Empty: nothing was pressed. */
  | { readonly kind: 'pinEntered'; readonly member: CallId; readonly pin: string; readonly isPinBlocked: boolean }
  | { readonly kind: 'left'; readonly member: CallId }
  | { readonly kind: 'command'; readonly by: RoomCommander; readonly command: RoomCommand }
  | { readonly kind: 'waitTimeout'; readonly member: CallId }
