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
export const NumberForEmergencies = refusal('API_NUMBER_FOR_EMERGENCIES', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'That is an emergency number of your company: whoever dials it reaches the emergency centre.',
})
export const StillInUse = refusal('API_STILL_IN_USE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Something else depends on this; change that first.',
})
export const ChangedSince = refusal('API_CHANGED_SINCE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Something of it was changed again since. Take the later change back first.',
})
export const CannotUndo = refusal('API_CANNOT_UNDO', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'This cannot be taken back.',
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
export const CrossSite = refusal('API_CROSS_SITE', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'A request with a cookie must come from a page of this server, with the header field x-vaxel-csrf. Programs send a bearer token instead.',
})
export const NotComplete = refusal('SESSION_NOT_COMPLETE', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'This login is not complete: first set a password of your own or a second factor, as GET /api/v1/me says under `needs`.',
})
export const ProofNeeded = refusal('SESSION_PROOF_NEEDED', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'This is dangerous in wrong hands. Prove again who you are (POST /api/v1/me/proof), then it is open for ten minutes.',
})
export const SecondFactorNeeded = refusal('SESSION_SECOND_FACTOR_NEEDED', {
  sip: 401,
  http: 401,
  blame: 'caller',
  text: 'The password is right; this user also has a second factor. Send `code` too: six digits of the authenticator app, or a recovery code.',
})
export const WrongCode = refusal('SESSION_WRONG_CODE', {
  sip: 401,
  http: 401,
  blame: 'caller',
  text: 'The code is wrong, too old, or was used already. Wait for the next one.',
})
export const WrongPasskey = refusal('SESSION_WRONG_PASSKEY', {
  sip: 401,
  http: 401,
  blame: 'caller',
  text: 'The passkey was not accepted: it belongs to nobody here, to another address of this server, or has been removed.',
})
export const LoginExpired = refusal('SESSION_LOGIN_EXPIRED', {
  sip: 400,
  http: 400,
  blame: 'caller',
  text: 'This took too long, or was used already. Start again.',
})
export const PasskeyNeedsName = refusal('SESSION_PASSKEY_NEEDS_NAME', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Passkeys belong to a host name, not to an IP address, and need HTTPS. Open this server by its name.',
})
export const LinkNotValid = refusal('SESSION_LINK_NOT_VALID', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'The link is not valid: it was used, has expired, or a newer one took its place. Ask your administrator for a new one.',
})
export const OutsideNetworks = refusal('API_OUTSIDE_NETWORKS', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Your company lets people in from its own networks only. Go on from there, or ask your administrator to allow yours.',
})
export const SsoOnly = refusal('SSO_ONLY', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'Your company logs in with its own provider only. Use that way.',
})
export const SsoNotSetUp = refusal('SSO_NOT_SET_UP', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'No login by another provider is set up for this domain.',
})
export const SsoUnreachable = refusal('SSO_PROVIDER_UNREACHABLE', {
  sip: 503,
  http: 502,
  blame: 'unknown',
  text: 'The login provider of your company does not answer as it should. Try again, or tell your administrator.',
})
export const SsoDenied = refusal('SSO_DENIED', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'The login provider did not let you in.',
})
export const SsoNotTrusted = refusal('SSO_ANSWER_NOT_TRUSTED', {
  sip: 403,
  http: 403,
  blame: 'unknown',
  text: 'The answer of the login provider does not hold: nobody was logged in. Start again; if it happens again, tell your administrator.',
})
export const SsoNoUser = refusal('SSO_NO_USER', {
  sip: 403,
  http: 403,
  blame: 'caller',
  text: 'The login provider knows you, but there is no user for you here. Ask your administrator.',
})
