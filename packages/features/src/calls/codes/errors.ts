import { refusal } from '@vaxel/base'

export const AllPlacesTaken = refusal('PARKING_FULL', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'All parking places are taken. Fetch a call from one of them first.',
})
export const PlaceTaken = refusal('PARKING_PLACE_TAKEN', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'The call cannot be parked there. Name another place, or none.',
})
export const NobodyParked = refusal('PARKING_PLACE_EMPTY', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'Nobody is parked there (any more).',
})
export const CallBackOfNobody = refusal('CALL_BACK_OF_NOBODY', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'Only somebody else of the company can be waited for.',
})
export const TooManyCallBacks = refusal('CALL_BACK_TOO_MANY', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'You wait for ten people already. Cancel one of the call-backs first.',
})
