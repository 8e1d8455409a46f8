import type { OperationReply, readConference, readConferenceRoom } from '@vaxel/contract'
import { type ConferenceRoom, isHeard, type RoomMember, type RoomState } from '@vaxel/core'
import type { LiveRoom } from './live-room.ts'

export type ConferenceView = OperationReply<typeof readConference>
type MemberView = ConferenceView['members'][number]
type RoomView = OperationReply<typeof readConferenceRoom>

/** A conference as the API tells it. */
export function conferenceView(live: LiveRoom): ConferenceView {
  const { state, version, isRecorded, parts } = live
  return {
    number: parts.room.number,
    name: state.rules.name,
    version,
    isRunning: !state.isOver,
    isLocked: state.isLocked,
    isLecture: state.isLecture,
    isWaiting: !state.wasOpened,
    isRecorded,
    members: [...state.members.values()].map((member) => memberView(state, member)),
  }
}

/** A room for somebody who may not see who is in it. */
export const hiddenConference = (room: ConferenceRoom, isRunning: boolean): ConferenceView => ({
  ...emptyConference(room),
  isRunning,
  isHidden: true,
})

/** A room that nobody is in. */
export function emptyConference({ number, rules }: ConferenceRoom): ConferenceView {
  return {
    number,
    name: rules.name,
    version: 0,
    isRunning: false,
    isLocked: false,
    isLecture: rules.startsAsLecture,
    isWaiting: rules.waitsForModerator,
    isRecorded: false,
    members: [],
  }
}

function memberView(state: RoomState, member: RoomMember): MemberView {
  const { id, party, isModerator, phase, isMuted, isSilenced, handRaisedAtMs, enteredAtMs } = member
  return {
    id,
    number: party.number,
    ...(party.name ? { name: party.name } : {}),
    ...(party.userId ? { userId: party.userId } : {}),
    isModerator,
    phase,
    isMuted,
    isSilenced,
    isHeard: isHeard(state, member),
    ...(handRaisedAtMs === undefined ? {} : { handRaisedAt: new Date(handRaisedAtMs).toISOString() }),
    ...(enteredAtMs === undefined ? {} : { enteredAt: new Date(enteredAtMs).toISOString() }),
  }
}

/** A room as the API tells it; its PINs for those who may set it. */
export function roomView(
  room: ConferenceRoom,
  { membersNow, mayModerate, mayChange }: { membersNow: number; mayModerate: boolean; mayChange: boolean },
): RoomView {
  const { pin, moderatorPin, endsWithLastPair: _, moderatorIds, ...rules } = room.rules
  return {
    number: room.number,
    ...rules,
    moderatorIds: [...moderatorIds],
    ...(room.ownerId ? { ownerId: room.ownerId } : {}),
    hasPin: pin !== undefined,
    hasModeratorPin: moderatorPin !== undefined,
    ...(mayChange && pin !== undefined ? { pin } : {}),
    ...(mayChange && moderatorPin !== undefined ? { moderatorPin } : {}),
    membersNow,
    mayModerate,
    mayChange,
  }
}
