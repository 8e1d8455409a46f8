import { refusal } from '@vaxel/base'

export const CallNotFound = refusal('CALL_NOT_FOUND', {
  sip: 481,
  http: 404,
  blame: 'caller',
  text: 'This call does not go on (any more).',
})
export const ConnectionNotFound = refusal('CONNECTION_NOT_FOUND', {
  sip: 481,
  http: 404,
  blame: 'caller',
  text: 'The call has no such connection.',
})
export const NotYourConnection = refusal('CONNECTION_NOT_YOURS', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Only the person at this connection, or a supervisor, may command it.',
})
export const WrongState = refusal('CALL_STATE_WRONG', {
  sip: 491,
  http: 409,
  blame: 'caller',
  text: 'The call is not in a state in which this can be done.',
})
export const VerbNotSupported = refusal('CALL_VERB_NOT_SUPPORTED', {
  sip: 501,
  http: 501,
  blame: 'us',
  text: 'This command needs a device that can be told to do it, and this one cannot.',
})
export const NoDeviceRegistered = refusal('USER_UNREACHABLE', {
  sip: 480,
  http: 409,
  blame: 'callee',
  text: 'No device of this person is registered.',
})
export const ReferToParty = refusal('REFER_TO_PARTY', {
  sip: 403,
  http: 409,
  blame: 'caller',
  text: 'The call cannot be transferred to someone who is in it already.',
})
export const ServiceNotAvailable = refusal('SERVICE_NOT_AVAILABLE', {
  sip: 501,
  http: 501,
  blame: 'us',
  text: 'This service is not available yet.',
})
export const DomainUnknown = refusal('DOMAIN_UNKNOWN', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'This domain is not served here.',
})
export const EncryptionRequired = refusal('ENCRYPTION_REQUIRED', {
  sip: 488,
  http: 409,
  blame: 'caller',
  text: 'This device may only make encrypted calls: use TLS or secure WebSocket, with SRTP.',
})
export const LoopDetected = refusal('LOOP_DETECTED', {
  sip: 483,
  http: 409,
  blame: 'us',
  text: 'The call went round in a circle between forwarding devices.',
})
export const RecordingNotAllowed = refusal('RECORDING_NOT_ALLOWED', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Your company does not allow this connection to be recorded.',
})
export const RecordingNotSetUp = refusal('RECORDING_NOT_SET_UP', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'Recordings cannot be kept on this server at the moment.',
})
