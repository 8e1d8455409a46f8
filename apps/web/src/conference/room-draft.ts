import type { RequestOf } from '../api/api.ts'
import type { Room } from './conference-store.ts'

/** A room while it is being set. */
export interface RoomDraft {
  readonly number: string
  readonly name: string
  readonly ownerId: string | undefined
  readonly moderatorIds: readonly string[]
  readonly pin: string
  readonly moderatorPin: string
  readonly isOpenToCompany: boolean
  readonly waitsForModerator: boolean
  readonly endsWithModerator: boolean
  readonly startsMuted: boolean
  readonly startsAsLecture: boolean
  readonly announces: Room['announces']
  readonly mostMembers: string
}

/** What a new room begins with: a PIN is asked of strangers, a beep and a count are heard. */
export const newDraft: RoomDraft = {
  number: '',
  name: '',
  ownerId: undefined,
  moderatorIds: [],
  pin: '',
  moderatorPin: '',
  isOpenToCompany: true,
  waitsForModerator: false,
  endsWithModerator: false,
  startsMuted: false,
  startsAsLecture: false,
  announces: 'count',
  mostMembers: '100',
}

export function draftOf(room: Room): RoomDraft {
  const { ownerId, pin = '', moderatorPin = '', mostMembers, ...rest } = room
  return { ...newDraft, ...rest, ownerId, pin, moderatorPin, mostMembers: String(mostMembers) }
}

/** What is sent: what was left empty is left out. */
export function wishOf(draft: RoomDraft): RequestOf<'putConferenceRoom'>['body'] {
  const { number: _, name, ownerId, moderatorIds, pin, moderatorPin, mostMembers, ...flags } = draft
  const most = Number(mostMembers)
  return {
    name: name.trim(),
    ...(ownerId === undefined ? {} : { ownerId }),
    moderatorIds: moderatorIds.filter((id) => id !== ownerId),
    ...(pin === '' ? {} : { pin }),
    ...(moderatorPin === '' ? {} : { moderatorPin }),
    isOpenToCompany: flags.isOpenToCompany,
    waitsForModerator: flags.waitsForModerator,
    endsWithModerator: flags.endsWithModerator,
    startsMuted: flags.startsMuted,
    startsAsLecture: flags.startsAsLecture,
    announces: flags.announces,
    ...(mostMembers === '' || Number.isNaN(most) ? {} : { mostMembers: most }),
  }
}
