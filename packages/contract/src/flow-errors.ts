import { refusal } from '@vaxel/base'

export const FlowChangedSince = refusal('FLOW_CHANGED_SINCE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Somebody else has changed this flow since you read it. Read it again, and make your change there.',
})
export const FlowNotReady = refusal('FLOW_NOT_READY', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This flow cannot be published yet: mend what is listed first.',
})
export const FlowSoundUnreadable = refusal('FLOW_SOUND_UNREADABLE', {
  sip: 415,
  http: 422,
  blame: 'caller',
  text: 'This is not a sound that can be played. Save it as WAV: PCM of 16 bits, A-law or μ-law, at 8, 16, 32, 44.1 or 48 kHz.',
})
export const FlowTooMany = refusal('FLOW_TOO_MANY', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'There are as many of these as a company may have. Remove some that you no longer need.',
})
