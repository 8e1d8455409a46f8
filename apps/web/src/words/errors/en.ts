/** What the server or the way to it refused, by the code of its problem. Codes that are not here speak by their detail. */
export const errorsEn: Readonly<Record<string, string>> = {
  UNREACHABLE: 'The server does not answer. Check your network; what you see is as it was before.',
  API_NOT_AUTHENTICATED: 'You are not logged in any more. Log in again; nothing that you typed is lost.',
  API_NOT_ALLOWED: 'You may not do this. Ask your administrator if you need to.',
  API_NOT_FOUND: 'This is not there any more.',
  API_INTERNAL: 'The server made a mistake and has written it down. Try again in a moment.',
  FIELD_WRONG: 'This does not fit. Look at the hint.',
  UNKNOWN: 'This did not work.',
}
