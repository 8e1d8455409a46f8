import { refusal } from '@vaxel/base'

export const PhoneElsewhere = refusal('PHONE_ELSEWHERE', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'Another softphone of yours is registered, and your company allows one at a time. Take over to use this one.',
})
export const ClientTooOld = refusal('PHONE_CLIENT_TOO_OLD', {
  sip: 403,
  http: 426,
  blame: 'caller',
  text: 'This version of the app is too old for the server. Load the page anew.',
})
