import { refusal } from '@vaxel/base'

export const ConferenceModeratorsOnly = refusal('CONFERENCE_MODERATORS_ONLY', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Only a moderator of the conference may do this.',
})
export const ConferenceNotRunning = refusal('CONFERENCE_NOT_RUNNING', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'Nobody is in this conference at the moment.',
})
export const ConferenceMemberGone = refusal('CONFERENCE_MEMBER_GONE', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'This member is not in the conference any more.',
})
export const ConferenceSilenced = refusal('CONFERENCE_SILENCED', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'A moderator has muted you, or only moderators speak. Raise your hand.',
})
