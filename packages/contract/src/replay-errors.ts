import { refusal } from '@vaxel/base'

export const ReplayDayUnsound = refusal('REPLAY_DAY_UNSOUND', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'Only a day of the calendar that has begun can be run once more.',
})
export const ReplayTooLarge = refusal('REPLAY_TOO_LARGE', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'More than 200,000 customers came on this day. Take a quieter one.',
})
export const ReplayBusy = refusal('REPLAY_BUSY', {
  sip: 503,
  http: 409,
  blame: 'caller',
  text: 'Another day is being run at the moment. Try again in a minute.',
})
export const ReplayNoDraft = refusal('REPLAY_NO_DRAFT', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'There is no draft of the contact centre. Begin one, or replay with the published configuration.',
})
