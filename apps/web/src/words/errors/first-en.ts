/** What may be refused before all texts are there: the way to the server, and logging in. The others are in `en.ts`. */
export const firstErrorsEn: Readonly<Record<string, string>> = {
  UNREACHABLE: 'The server does not answer. Check your network; what you see is as it was before.',
  API_NOT_AUTHENTICATED: 'You are not logged in any more. Log in again; nothing that you typed is lost.',
  API_NOT_ALLOWED: 'You may not do this. Ask your administrator if you need to.',
  API_OUTSIDE_NETWORKS:
    'Your company lets people in from its own networks only, and you are elsewhere. Go on from there, or ask your administrator to allow where you are.',
  API_NOT_FOUND: 'This is not there any more.',
  API_TOO_MANY_REQUESTS: 'That was too often in a short time. Try again in a moment.',
  API_CROSS_SITE: 'The request did not come from this page. Load it anew.',
  SESSION_WRONG_LOGIN: 'This login and password do not fit together.',
  SESSION_WRONG_CODE: 'This code is wrong, too old or was used already. Wait for the next one.',
  SESSION_WRONG_PASSKEY:
    'This passkey does not open anything here. It may have been removed, or belong to another address.',
  SESSION_LOGIN_EXPIRED: 'That took too long. Start again.',
  SESSION_PASSKEY_NEEDS_NAME: 'Passkeys work only where this page is opened by its host name and with HTTPS.',
  SESSION_LINK_NOT_VALID: 'This link was used already or is too old. Ask your administrator for a new one.',
  SESSION_PROOF_NEEDED: 'This was not done, because you did not confirm that it is you.',
  SETUP_NOT_POSSIBLE: 'This link was used already, is too old, or somebody has set up Vaxel. Log in instead.',
  SSO_ONLY: 'Your company logs in with its own provider only. Type your login, then use the button below.',
  SSO_NOT_SET_UP: 'Your company has no login provider here.',
  SSO_PROVIDER_UNREACHABLE:
    'Your company’s login provider does not answer as it should. Try again, or tell your administrator.',
  SSO_DENIED: 'Your company’s login provider did not let you in.',
  SSO_ANSWER_NOT_TRUSTED:
    'The answer of your company’s login provider does not hold, so nobody was logged in. Start again; tell your administrator if it happens again.',
  SSO_NO_USER: 'Your company’s login provider knows you, but there is no user for you here. Ask your administrator.',
  FIELD_MISSING: 'Fill this in.',
  FIELD_TOO_LONG: 'This is too long: {n} characters at most.',
  FIELD_TOO_SHORT: 'At least {n} characters are needed.',
  FIELD_TOO_SMALL: '{n} is the least.',
  FIELD_TOO_LARGE: '{n} is the most.',
  FIELD_NOT_NUMBER: 'Write a whole number.',
  FIELD_NUMBER_IN_USE: '{n} is somebody’s number here. Give them another one first.',
  FIELD_NOT_NETWORK: '{n} is no address, network (192.0.2.0/24) or range (192.0.2.10-20).',
  FIELD_SHUTS_YOU_OUT: 'You are at {n} now, which is not among these: you would shut yourself out.',
  FIELD_WRONG: 'This does not fit. Look at the hint.',
  UNKNOWN: 'This did not work.',
}
