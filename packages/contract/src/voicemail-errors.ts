import { refusal } from '@vaxel/base'

export const MailboxPinWeak = refusal('VOICEMAIL_PIN_WEAK', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'A PIN has four to ten digits, is no run and no repetition, and does not hold the number of the mailbox.',
})
export const GreetingUnsound = refusal('VOICEMAIL_GREETING_UNSOUND', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'A greeting is a WAV file of at most 90 seconds: PCM of 16 bits or A-law.',
})
export const MailboxFull = refusal('VOICEMAIL_FULL', {
  sip: 480,
  http: 409,
  blame: 'callee',
  text: 'This mailbox is full. Delete something in it first.',
})
export const MailboxNumberTaken = refusal('VOICEMAIL_NUMBER_TAKEN', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Another mailbox takes the calls of this number already.',
})
