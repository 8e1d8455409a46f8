import type { DismissReason, RoomWord, Spoken } from '@vaxel/core'

const prompt = (name: string): Spoken => ({ kind: 'prompt', name: `conference-${name}` })

/** What a member hears of what happened; the sentences are in packages/media/src/play/sentences/conference.ts. */
export const spokenWord = (word: RoomWord): readonly Spoken[] => [prompt(word)]

/** The last sentence that somebody hears. */
export function spokenDismissal(reason: DismissReason): readonly Spoken[] {
  return reason === 'over' ? [prompt('ended')] : [prompt(reason)]
}

export const askedPin = (isAgain: boolean): readonly Spoken[] => [
  ...(isAgain ? [prompt('pin-not-right')] : []),
  prompt('pin'),
]

/** How many others are there. */
export function spokenCount(others: number): readonly Spoken[] {
  if (others === 0) return [prompt('first')]
  if (others === 1) return [prompt('one-other')]
  return [prompt('others-before'), { kind: 'number', value: others }, prompt('others-after')]
}

export const waitsForModerator = [prompt('waits')]
export const sayName = [prompt('say-name'), { kind: 'beep' }] as const satisfies readonly Spoken[]
export const moderatorPin = [prompt('moderator-pin')]
export const isModeratorNow = [prompt('moderator')]
export const confirmEnd = [prompt('confirm-end')]
export const inviteWhom = [prompt('invite')]
export const inviting = [prompt('inviting')]
export const inviteFailed = [prompt('invite-failed')]
export const notPossible = [prompt('not-possible')]
/** Before somebody comes into a conference that is recorded. */
export const isRecorded = [prompt('recording')]
/** Prompts that all hear, in the mix. */
export const recordingBegun = 'conference-recording'
export const recordingOver = 'conference-recording-over'
export const hasJoined = 'conference-has-joined'
export const hasLeft = 'conference-has-left'

/** What the keys do; more for moderators. */
export function keysHelp(isModerator: boolean): readonly Spoken[] {
  return [prompt('keys'), ...(isModerator ? [prompt('keys-moderator')] : [])]
}
