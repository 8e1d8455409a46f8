import { refusal } from '@vaxel/base'

export const DeskNotShared = refusal('DESK_NOT_SHARED', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'Nobody can log in at this telephone: it belongs to a person, not to a desk.',
})
export const DeskPinWeak = refusal('DESK_PIN_WEAK', {
  sip: 400,
  http: 422,
  blame: 'caller',
  text: 'Take four to ten digits that nobody guesses: no run, no single digit again and again, and not your own extension.',
})
