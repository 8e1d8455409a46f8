import type { MailLogin, MailReading, MailSending } from '../ports/mail-channel.ts'

/** What does not fit together in the settings of a mailbox. */
export type MailboxSettingFault = 'pop3-after' | 'move-missing' | 'move-same' | 'login-sign' | 'token-address'

/**
 * Everything in the settings of a mailbox that does not fit together.
 * @returns with the place in the settings as a JSON pointer (RFC 6901)
 */
export function mailboxFaults({
  reading,
  sending,
  login,
}: {
  readonly reading: MailReading
  readonly sending?: MailSending
  readonly login: MailLogin
}): readonly { readonly fault: MailboxSettingFault; readonly at: string }[] {
  const faults: { fault: MailboxSettingFault; at: string }[] = []
  const wrong = (fault: MailboxSettingFault, at: string) => faults.push({ fault, at })
  // POP3 has no folders and does not know what was read (RFC 1939).
  if (reading.protocol === 'pop3' && (reading.after === 'read' || reading.after === 'move'))
    wrong('pop3-after', '/reading/after')
  if (reading.after === 'move' && reading.moveTo === undefined) wrong('move-missing', '/reading/moveTo')
  if (reading.after === 'move' && reading.moveTo === reading.folder) wrong('move-same', '/reading/moveTo')
  if (/[\p{Cc}]/u.test(reading.login + (sending?.login ?? ''))) wrong('login-sign', '/reading/login')
  if (login.kind === 'oauth' && login.tokenUrl !== undefined && !isSafeTokenUrl(login.tokenUrl))
    wrong('token-address', '/login/tokenUrl')
  return faults
}

/** A refresh token is sent over HTTPS alone, or on this machine. */
const isSafeTokenUrl = (url: string): boolean =>
  url.startsWith('https://') || /^http:\/\/(localhost|127\.|\[::1\])/.test(url)
