import { refusal } from '@vaxel/base'

export const ParkingFull = refusal('PARKING_FULL', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'All parking places are taken. Fetch a call from one of them first.',
})
export const ParkingPlaceTaken = refusal('PARKING_PLACE_TAKEN', {
  sip: 486,
  http: 409,
  blame: 'caller',
  text: 'The call cannot be parked there. Name another place, or none.',
})
export const ParkingPlaceEmpty = refusal('PARKING_PLACE_EMPTY', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'Nobody is parked there (any more).',
})
export const NothingToPickUp = refusal('PICKUP_NOTHING_RINGS', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'This call does not ring at a colleague of yours (any more).',
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
export const FeatureCodesWrong = refusal('FEATURE_CODES_WRONG', {
  sip: 400,
  http: 422,
  blame: 'caller',
  text: 'The codes cannot be used like this; every mistake is listed.',
})
export const FeatureSwitchedOff = refusal('FEATURE_SWITCHED_OFF', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'The company has switched this feature off: it has no code.',
})
