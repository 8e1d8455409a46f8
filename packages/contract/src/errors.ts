import { refusal } from '@vaxel/base'

export const InvalidRequest = refusal('API_INVALID_REQUEST', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'The request does not fit its schema; every mistake is listed with its path.',
})
export const NotAuthenticated = refusal('API_NOT_AUTHENTICATED', {
  sip: 401,
  http: 401,
  blame: 'caller',
  text: 'No valid token came with the request. Log in with POST /api/v1/sessions and send the token as "Authorization: Bearer TOKEN".',
})
export const NotAllowed = refusal('API_NOT_ALLOWED', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Your role may not do this.',
})
export const NotFound = refusal('API_NOT_FOUND', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'There is no such thing, at least not for you.',
})
export const MethodNotAllowed = refusal('API_METHOD_NOT_ALLOWED', {
  sip: 405,
  http: 405,
  blame: 'caller',
  text: 'This path exists, but not with this method.',
})
export const Conflict = refusal('API_CONFLICT', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Something of that name or number exists already.',
})
export const StillInUse = refusal('API_STILL_IN_USE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Something else depends on this; change that first.',
})
export const ContentTooLarge = refusal('API_CONTENT_TOO_LARGE', {
  sip: 413,
  http: 413,
  blame: 'caller',
  text: 'The body is larger than this operation takes.',
})
export const UnsupportedContent = refusal('API_UNSUPPORTED_CONTENT', {
  sip: 415,
  http: 415,
  blame: 'caller',
  text: 'Send the body as application/json in UTF-8.',
})
export const UpgradeRequired = refusal('API_UPGRADE_REQUIRED', {
  sip: 400,
  http: 426,
  blame: 'caller',
  text: 'This is a WebSocket: open it with an upgrade request.',
})
export const TooManyRequests = refusal('API_TOO_MANY_REQUESTS', {
  sip: 503,
  http: 429,
  blame: 'caller',
  text: 'Too many requests in a short time; try again later.',
})
export const InternalError = refusal('API_INTERNAL_ERROR', {
  sip: 500,
  http: 500,
  blame: 'us',
  text: 'The server made a mistake. It has been logged.',
})
export const NotReady = refusal('API_NOT_READY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The server is starting, stopping or lacks something that it needs.',
})
export const NotDraining = refusal('SERVER_NOT_DRAINING', {
  sip: 500,
  http: 409,
  blame: 'caller',
  text: 'The server is not being drained; it takes new calls.',
})
export const WrongLogin = refusal('SESSION_WRONG_LOGIN', {
  sip: 401,
  http: 401,
  blame: 'caller',
  text: 'Login or password is wrong.',
})
export const SetupDone = refusal('SETUP_NOT_POSSIBLE', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'The set-up link is not valid: it was used, has expired, or the installation has an administrator already.',
})
