/** The sentences in a call's timeline for what its conference did; the codes are the events' names. */
const sentences: Readonly<Record<string, string | ((data: Readonly<Record<string, unknown>>) => string)>> = {
  'conference.joined': (data) => (data['isModerator'] ? 'Came in as a moderator.' : 'Came in.'),
  'conference.waiting': 'Waits for a moderator.',
  'conference.opened': 'The moderator is there: the conference begins.',
  'conference.pinWrong': (data) => `The PIN was wrong; ${String(data['triesLeft'])} tries are left.`,
  'conference.dismissed': (data) => `Was let go: ${String(data['reason'])}.`,
  'conference.moderatorChanged': 'Is a moderator now, by the PIN for it.',
  'conference.muted': (data) => (data['byModerator'] ? 'Was muted by a moderator.' : 'Muted the own microphone.'),
  'conference.unmuted': (data) => (data['byModerator'] ? 'May speak again, by a moderator.' : 'Speaks again.'),
  'conference.handRaised': 'Raised a hand.',
  'conference.handLowered': 'Lowered the hand.',
}

/** @returns undefined for what is about nobody alone */
export function noteOf(event: string, data: Readonly<Record<string, unknown>>): string | undefined {
  const sentence = Object.hasOwn(sentences, event) ? sentences[event] : undefined
  return typeof sentence === 'function' ? sentence(data) : sentence
}
