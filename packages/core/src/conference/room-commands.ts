import { isHeard, membersIn, type RoomMember } from './room.ts'
import type { RoomCommand, RoomCommander } from './room-input.ts'
import type { RoomCommandRefusal } from './room-effect.ts'
import type { RoomStep } from './room-step.ts'

/** What a member may do to itself without being a moderator. */
const forOneself = new Set<RoomCommand['kind']>(['mute', 'unmute', 'raiseHand', 'lowerHand'])

/** Does what was asked for; @returns why not */
export function performCommand(
  step: RoomStep,
  by: RoomCommander,
  command: RoomCommand,
): RoomCommandRefusal | undefined {
  const asker = by.kind === 'member' ? step.state.members.get(by.member) : undefined
  if (by.kind === 'member' && asker?.phase !== 'in') return 'not-there'
  const isModerator = by.kind === 'moderator' || asker?.isModerator === true
  const isOwn = 'member' in command && asker?.id === command.member
  if (!isModerator && !(isOwn && forOneself.has(command.kind))) {
    if (asker) step.say(asker.id, 'moderators-only')
    return 'moderators-only'
  }
  if (!('member' in command)) {
    toAll(step, command.kind, asker)
    return undefined
  }
  const target = step.state.members.get(command.member)
  if (!target || target.phase === 'leaving') return 'not-there'
  if (command.kind === 'remove') {
    step.dismiss(target.id, 'removed')
    return undefined
  }
  if (target.phase !== 'in') return 'not-there'
  return isOwn ? toOneself(step, target, command.kind) : toOther(step, target, command.kind)
}

type ForOne = Exclude<Extract<RoomCommand, { member: unknown }>['kind'], 'remove'>
type ForAll = Exclude<RoomCommand['kind'], ForOne | 'remove'>

function toOneself(step: RoomStep, member: RoomMember, kind: ForOne): RoomCommandRefusal | undefined {
  const { id } = member
  switch (kind) {
    case 'mute':
      step.change(id, { isMuted: true }).say(id, 'muted').tell('conference.muted', { member: id })
      return undefined
    case 'unmute': {
      step.change(id, { isMuted: false, ...(member.isModerator ? { isSilenced: false } : {}) })
      const now = step.state.members.get(id)
      if (now && !isHeard(step.state, now)) {
        step.say(id, 'ask-moderator')
        return 'silenced'
      }
      step.say(id, 'unmuted').tell('conference.unmuted', { member: id })
      return undefined
    }
    case 'raiseHand':
    case 'lowerHand':
      setHand(step, member, kind === 'raiseHand')
      step.say(id, kind === 'raiseHand' ? 'hand-raised' : 'hand-lowered')
      return undefined
  }
}

function toOther(step: RoomStep, member: RoomMember, kind: ForOne): undefined {
  const { id } = member
  switch (kind) {
    case 'mute':
      if (member.isSilenced && !member.hasFloor) return undefined
      step.change(id, { isSilenced: true, hasFloor: false }).say(id, 'muted-by-moderator')
      step.tell('conference.muted', { member: id, byModerator: true })
      return undefined
    case 'unmute':
      // Somebody who muted themselves stays so: nobody's microphone is opened by another.
      step.change(id, { isSilenced: false, hasFloor: true })
      if (member.handRaisedAtMs !== undefined) setHand(step, member, false)
      if (!member.isMuted) step.say(id, 'unmuted-by-moderator')
      step.tell('conference.unmuted', { member: id, byModerator: true })
      return undefined
    case 'raiseHand':
    case 'lowerHand':
      setHand(step, member, kind === 'raiseHand')
      return undefined
  }
}

function setHand(step: RoomStep, { id, handRaisedAtMs }: RoomMember, isRaised: boolean): void {
  if (isRaised === (handRaisedAtMs !== undefined)) return
  const member = step.state.members.get(id)
  if (!member) return
  const { handRaisedAtMs: _, ...lowered } = member
  step.put(isRaised ? { ...member, handRaisedAtMs: step.nowMs } : lowered)
  step.tell(isRaised ? 'conference.handRaised' : 'conference.handLowered', { member: id })
}

function toAll(step: RoomStep, kind: ForAll, asker: RoomMember | undefined): void {
  const answer = (word: Parameters<RoomStep['say']>[1]): void => {
    if (asker) step.say(asker.id, word)
  }
  switch (kind) {
    case 'muteAll':
    case 'unmuteAll': {
      const isSilenced = kind === 'muteAll'
      for (const { id, isModerator } of membersIn(step.state))
        if (!isModerator || !isSilenced) step.change(id, { isSilenced, ...(isSilenced ? { hasFloor: false } : {}) })
      answer(isSilenced ? 'all-muted' : 'all-unmuted')
      step.tell(isSilenced ? 'conference.allMuted' : 'conference.allUnmuted')
      return
    }
    case 'lock':
    case 'unlock': {
      const isLocked = kind === 'lock'
      step.set({ isLocked })
      answer(isLocked ? 'locked' : 'unlocked')
      step.tell(isLocked ? 'conference.locked' : 'conference.unlocked')
      return
    }
    case 'lecture':
    case 'discussion': {
      const isLecture = kind === 'lecture'
      step.set({ isLecture })
      for (const { id, hasFloor } of membersIn(step.state)) if (hasFloor) step.change(id, { hasFloor: false })
      for (const { id } of membersIn(step.state)) step.say(id, isLecture ? 'lecture' : 'discussion')
      step.tell(isLecture ? 'conference.lectureBegun' : 'conference.lectureEnded')
      return
    }
    case 'end':
      step.dismissAll('ended-by-moderator')
      return
  }
}
