import { refusal } from '@vaxel/base'

export const PresenceOverAlready = refusal('PRESENCE_OVER_ALREADY', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'The end must be in the future and within a year. Choose a later time, or none.',
})
