import { refusal } from '@vaxel/base'

export const ForwardsInCircle = refusal('FORWARDING_IN_CIRCLE', {
  sip: 482,
  http: 409,
  blame: 'caller',
  text: 'Calls would go round in a circle.',
})
export const ForwardsNowhere = refusal('FORWARDING_NOWHERE', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'The number does not take calls.',
})
export const ShareGone = refusal('SHARE_GONE', {
  sip: 410,
  http: 404,
  blame: 'caller',
  text: 'This link does not exist, has ended or was taken back. Ask whoever sent it for a new one.',
})
