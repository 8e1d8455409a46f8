import { membersIn, pinTries, type RoomMember, type RoomState } from './room.ts'
import { performCommand } from './room-commands.ts'
import type { RoomInput } from './room-input.ts'
import { RoomStep, type RoomTransition } from './room-step.ts'

type Inputs = { readonly [K in RoomInput['kind']]: Extract<RoomInput, { kind: K }> }

/**
 * The machine of a conference: what an input does to it. Pure; the runner performs the effects in order.
 * What comes too late for its member changes nothing and says why.
 */
export function roomTransition(state: RoomState, input: RoomInput, nowMs: number): RoomTransition {
  if (state.isOver) return ignored(state, 'the conference is over; whoever comes now begins a new one')
  const step = new RoomStep(state, nowMs)
  switch (input.kind) {
    case 'arrived':
      return arrived(step, input)
    case 'pinEntered':
      return pinEntered(step, input)
    case 'left':
      return left(step, input)
    case 'waitTimeout': {
      if (state.members.get(input.member)?.phase !== 'waiting') return ignored(state, 'does not wait any more')
      return step.dismiss(input.member, 'no-moderator').done()
    }
    case 'command': {
      const refused = performCommand(step, input.by, input.command)
      return refused === undefined ? step.done() : { ...step.done(), refused }
    }
  }
}

function arrived(step: RoomStep, input: Inputs['arrived']): RoomTransition {
  const { state, nowMs } = step
  const { member: id, party, isColleague, isInvited, isPinBlocked } = input
  if (state.members.has(id)) return ignored(state, 'is there already')
  const { rules } = state
  const { userId } = party
  const isModerator = isColleague && userId !== undefined && rules.moderatorIds.includes(userId)
  const member: RoomMember = {
    id,
    party,
    isModerator,
    phase: 'knocking',
    arrivedAtMs: nowMs,
    triesLeft: pinTries,
    isMuted: false,
    isSilenced: false,
    hasFloor: false,
  }
  step.put(member)
  const needsPin = rules.pin !== undefined && !isModerator && !isInvited && !(isColleague && rules.isOpenToCompany)
  if (needsPin && isPinBlocked) return step.dismiss(id, 'pin-blocked').done()
  if (needsPin) return step.do({ kind: 'askPin', member: id, isAgain: false }).done()
  return passDoor(step, id, isInvited).done()
}

/** The right of entry is shown: past the lock, into the room or among those who wait. */
function passDoor(step: RoomStep, id: RoomMember['id'], isInvited = false): RoomStep {
  const { state } = step
  const member = state.members.get(id)
  if (!member) return step
  if (state.isLocked && !isInvited) return step.dismiss(id, 'locked')
  if (!state.wasOpened && !member.isModerator) return step.wait(id)
  return step.admit(id)
}

/** Nobody who was asked, or came in, before too many wrong ones were tried may try on. */
function pinEntered(step: RoomStep, { member: id, pin, isPinBlocked }: Inputs['pinEntered']): RoomTransition {
  const { state } = step
  const member = state.members.get(id)
  if (!member || member.phase === 'leaving') return ignored(state, 'is not there any more')
  if (isPinBlocked && member.phase === 'knocking') return step.dismiss(id, 'pin-blocked').done()
  if (isPinBlocked) return ignored(state, 'no PIN is taken')
  const { rules } = state
  const isModerator = rules.moderatorPin !== undefined && pin === rules.moderatorPin
  if (member.phase !== 'knocking') {
    // From inside: only to become a moderator.
    if (!isModerator) return wrongPin(step, member)
    step.change(id, { isModerator: true, isSilenced: false }).tell('conference.moderatorChanged', { member: id })
    if (member.phase === 'waiting') step.admit(id)
    return step.done()
  }
  if (!isModerator && (rules.pin === undefined || pin !== rules.pin)) return wrongPin(step, member)
  if (isModerator) step.change(id, { isModerator: true })
  return passDoor(step, id).done()
}

function wrongPin(step: RoomStep, { id, triesLeft, phase }: RoomMember): RoomTransition {
  step.change(id, { triesLeft: triesLeft - 1 }).do({ kind: 'notePin', member: id })
  step.tell('conference.pinWrong', { member: id, triesLeft: triesLeft - 1 })
  if (triesLeft <= 1) return step.dismiss(id, 'pin-wrong').done()
  if (phase === 'knocking') step.do({ kind: 'askPin', member: id, isAgain: true })
  return step.done()
}

function left(step: RoomStep, { member: id }: Inputs['left']): RoomTransition {
  const { state } = step
  const member = state.members.get(id)
  if (!member) return ignored(state, 'is not there')
  step.drop(id)
  const wasIn = member.enteredAtMs !== undefined
  if (wasIn) step.tell('conference.left', { member: id, talkMs: step.nowMs - (member.enteredAtMs ?? 0) })
  if (step.state.members.size === 0) return over(step)
  if (!wasIn) return step.done()
  const rest = membersIn(step.state)
  if (member.phase === 'in') step.do({ kind: 'announce', who: 'went', member })
  const { rules } = state
  if (rules.endsWithModerator && member.isModerator && !rest.some(({ isModerator }) => isModerator))
    return step.dismissAll('ended').done()
  const [only] = rest
  if (rest.length !== 1 || !only) return step.done()
  if (rules.endsWithLastPair) return step.dismissAll('over').done()
  return step.say(only.id, 'alone').done()
}

function over(step: RoomStep): RoomTransition {
  step.set({ isOver: true, isLocked: false }).tell('conference.ended').do({ kind: 'over' })
  return step.done()
}

function ignored(state: RoomState, reason: string): RoomTransition {
  return { state, effects: [{ kind: 'ignore', reason }] }
}
