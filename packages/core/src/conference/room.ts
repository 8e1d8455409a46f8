import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'

/** What is heard by all when somebody comes or goes. `count`: a beep, and who comes hears how many are there. `names`: each says a name first, and it is played. */
export type RoomAnnouncement = 'silent' | 'beep' | 'count' | 'names'

/** How a conference room is set, as its owner wants it. */
export interface RoomRules {
  readonly name: string
  /** Digits that open the room; absent: nobody is asked. */
  readonly pin?: string
  /** Digits that open the room and make a moderator of whoever knows them. */
  readonly moderatorPin?: string
  /** Are moderators from the devices that are theirs, without a PIN. */
  readonly moderatorIds: readonly UserId[]
  /** People of the company need no PIN. */
  readonly isOpenToCompany: boolean
  /** Nobody is let in before a moderator is there; they hear music. */
  readonly waitsForModerator: boolean
  /** It ends for all when the last moderator leaves. */
  readonly endsWithModerator: boolean
  /** It ends when only one is left (a conference made of two calls). */
  readonly endsWithLastPair: boolean
  readonly announces: RoomAnnouncement
  /** Everybody but moderators comes in muted. */
  readonly startsMuted: boolean
  /** Begins as a lecture. */
  readonly startsAsLecture: boolean
  readonly mostMembers: number
}

/** A room of a company: its number reaches it. */
export interface ConferenceRoom {
  readonly companyId: CompanyId
  readonly number: string
  /** Whose personal room it is; absent: the company's. */
  readonly ownerId?: UserId
  readonly rules: RoomRules
}

/** A room that nobody has set: whoever calls the number is in. */
export const usualRules: RoomRules = {
  name: '',
  moderatorIds: [],
  isOpenToCompany: true,
  waitsForModerator: false,
  endsWithModerator: false,
  endsWithLastPair: false,
  announces: 'beep',
  startsMuted: false,
  startsAsLecture: false,
  mostMembers: 100,
}

/** How far somebody is. Who is `leaving` has been told so and hears a last sentence. */
export type MemberPhase = 'knocking' | 'waiting' | 'in' | 'leaving'

/** One call in a room; a person with two calls is two members. */
export interface RoomMember {
  readonly id: CallId
  readonly party: Party
  readonly isModerator: boolean
  readonly phase: MemberPhase
  readonly arrivedAtMs: number
  readonly enteredAtMs?: number
  /** PINs that may still be tried. */
  readonly triesLeft: number
  /** By itself, with `*6` or on the screen. */
  readonly isMuted: boolean
  /** By a moderator; only a moderator ends it. */
  readonly isSilenced: boolean
  /** May speak in a lecture although no moderator. */
  readonly hasFloor: boolean
  readonly handRaisedAtMs?: number
}

/**
 * A conference while somebody is in it. Invariants:
 * - only `in` members are in the mix; a locked room lets nobody become `in` who was not asked in by a moderator;
 * - whoever {@link isHeard} denies is muted in the mix;
 * - `waiting` lasts at most {@link mostWaitMs}, `knocking` three PINs, each with a limit of its own;
 * - without members it is over, and stays so.
 */
export interface RoomState {
  readonly rules: RoomRules
  readonly members: ReadonlyMap<CallId, RoomMember>
  readonly isLocked: boolean
  readonly isLecture: boolean
  /** A moderator has been in; the room does not wait a second time. */
  readonly wasOpened: boolean
  readonly isOver: boolean
}

/** How long people wait for a moderator. */
export const mostWaitMs = 30 * 60_000
export const pinTries = 3

export function newRoom(rules: RoomRules): RoomState {
  return {
    rules,
    members: new Map(),
    isLocked: false,
    isLecture: rules.startsAsLecture,
    wasOpened: !rules.waitsForModerator,
    isOver: false,
  }
}

/** Whether the others hear a member. */
export function isHeard({ isLecture }: Pick<RoomState, 'isLecture'>, member: RoomMember): boolean {
  if (member.phase !== 'in' || member.isMuted || member.isSilenced) return false
  return !isLecture || member.isModerator || member.hasFloor
}

/** Members in the mix, in the order in which they came in. */
export function membersIn(state: RoomState): readonly RoomMember[] {
  return [...state.members.values()].filter(({ phase }) => phase === 'in')
}
