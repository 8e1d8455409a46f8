import { refusal } from '@vaxel/base'

export const NumberUnknown = refusal('NUMBER_UNKNOWN', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'The number is not in use.',
})
export const NumberNotAllowed = refusal('NUMBER_NOT_ALLOWED', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Calls to this number are not allowed.',
})
export const NoTrunkForNumber = refusal('NO_TRUNK_FOR_NUMBER', {
  sip: 404,
  http: 404,
  blame: 'us',
  text: 'No trunk takes calls to this number; an administrator can add one.',
})
export const EmergencyWithoutTrunk = refusal('EMERGENCY_WITHOUT_TRUNK', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'Emergency calls need a trunk, and none is configured. Use another telephone.',
})
export const UserBusy = refusal('USER_BUSY', {
  sip: 486,
  http: 409,
  blame: 'callee',
  text: 'The person is on the phone.',
})
export const DoNotDisturb = refusal('USER_DO_NOT_DISTURB', {
  sip: 480,
  http: 409,
  blame: 'callee',
  text: 'The person does not want to be disturbed.',
})
