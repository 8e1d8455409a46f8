import type { CallId, Refusal, UserId } from '@vaxel/base'
import {
  membersIn,
  type RoomCommandKind,
  type RoomInput,
  type RoomKey,
  type RoomState,
  type ServiceLine,
  type Spoken,
} from '@vaxel/core'
import * as words from './room-words.ts'
import type { Visit } from './visit.ts'

/** What the keys work on. */
export interface MenuRoom {
  readonly state: RoomState
  readonly visits: ReadonlyMap<CallId, Visit>
  readonly isRecorded: boolean
  /** Whether calls can be made from it. */
  readonly canInvite: boolean
  give(input: RoomInput): unknown
  enterPin(member: CallId, pin: string): void
  invite(by: UserId, to: string): Promise<Refusal | undefined>
  record(isOn: boolean): Promise<Refusal | undefined>
}

/** Keys pressed while nobody read them would cut short what is said next. */
async function forgetKeys(line: ServiceLine): Promise<void> {
  await line.readKeys({ most: 64, firstMs: 1, nextMs: 1 })
}

/** Does what a member's keys mean. What moderators alone may is refused by the machine, in words. */
export function obeyKeys(room: MenuRoom, visit: Visit, key: RoomKey): void {
  const member = room.state.members.get(visit.id)
  if (member?.phase !== 'in') return
  const own = { kind: 'member', member: visit.id } as const
  const one = (kind: 'mute' | 'unmute' | 'raiseHand' | 'lowerHand'): void =>
    void room.give({ kind: 'command', by: own, command: { kind, member: visit.id } })
  const all = (kind: Exclude<RoomCommandKind, 'mute' | 'unmute' | 'raiseHand' | 'lowerHand' | 'remove'>): void =>
    void room.give({ kind: 'command', by: own, command: { kind } })
  const { isLocked, isLecture } = room.state
  switch (key) {
    case 'muteSelf':
      return one(member.isMuted ? 'unmute' : 'mute')
    case 'hand':
      return one(member.handRaisedAtMs === undefined ? 'raiseHand' : 'lowerHand')
    case 'muteAll':
      return all(othersAreSilenced(room, visit.id) ? 'unmuteAll' : 'muteAll')
    case 'lock':
      return all(isLocked ? 'unlock' : 'lock')
    case 'lecture':
      return all(isLecture ? 'discussion' : 'lecture')
    case 'help':
      return visit.next(async (line) => {
        await forgetKeys(line)
        await line.say(words.keysHelp(member.isModerator))
      })
    case 'count':
      return visit.next(async (line) => {
        await forgetKeys(line)
        await line.say(rollCall(room, visit.id))
      })
    case 'moderator':
      return visit.next((line) => becomeModerator(room, line))
    case 'end':
      return member.isModerator ? visit.next((line) => confirmEnd(room, line, () => all('end'))) : all('end')
    case 'invite':
      return visit.next((line) =>
        member.isModerator ? invite(room, line) : line.say(words.spokenWord('moderators-only')),
      )
    case 'record':
      return visit.next(async (line) => {
        if (!member.isModerator) return line.say(words.spokenWord('moderators-only'))
        await forgetKeys(line)
        if (await room.record(!room.isRecorded)) await line.say(words.notPossible)
      })
  }
}

/** How many are there, and the names that were said. */
function rollCall(room: MenuRoom, asker: CallId): readonly Spoken[] {
  const others = membersIn(room.state).filter(({ id }) => id !== asker)
  const names = others.flatMap(({ id }): Spoken[] => {
    const path = room.visits.get(id)?.namePath
    return path === undefined
      ? []
      : [
          { kind: 'sound', source: { kind: 'file', path } },
          { kind: 'pause', ms: 200 },
        ]
  })
  return [...words.spokenCount(others.length), ...names]
}

function othersAreSilenced(room: MenuRoom, asker: CallId): boolean {
  const others = membersIn(room.state).filter(({ id, isModerator }) => id !== asker && !isModerator)
  return others.length > 0 && others.every(({ isSilenced }) => isSilenced)
}

async function becomeModerator(room: MenuRoom, line: ServiceLine): Promise<void> {
  await forgetKeys(line)
  const before = room.state.members.get(line.callId)
  if (before?.isModerator || room.state.rules.moderatorPin === undefined)
    return line.say(before?.isModerator ? words.isModeratorNow : words.notPossible)
  const { keys } = await line.readKeys({
    say: words.moderatorPin,
    most: 10,
    endOn: '#',
    firstMs: 10_000,
    nextMs: 5_000,
  })
  room.enterPin(line.callId, keys)
  const after = room.state.members.get(line.callId)
  if (after?.phase === 'in') await line.say(after.isModerator ? words.isModeratorNow : words.askedPin(true).slice(0, 1))
}

async function confirmEnd(room: MenuRoom, line: ServiceLine, end: () => void): Promise<void> {
  await forgetKeys(line)
  const { keys } = await line.readKeys({ say: words.confirmEnd, most: 1 })
  if (keys === '1' && !room.state.isOver) end()
}

async function invite(room: MenuRoom, line: ServiceLine): Promise<void> {
  await forgetKeys(line)
  const { user } = line
  // A stranger who knows the moderator PIN does not call out on the company's money.
  if (!room.canInvite || !user) return line.say(words.notPossible)
  const { keys } = await line.readKeys({ say: words.inviteWhom, most: 24, endOn: '#', firstMs: 10_000, nextMs: 6_000 })
  if (keys === '') return
  const refused = await room.invite(user.id, keys)
  await line.say(refused ? words.inviteFailed : words.inviting)
}
