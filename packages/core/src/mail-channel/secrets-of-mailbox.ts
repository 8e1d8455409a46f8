import type { CompanyId } from '@vaxel/base'
import type { MailAccount, MailChannelStore, MailLogin, MailSecrets } from '../ports/mail-channel.ts'

type Settings = Pick<MailAccount, 'reading' | 'sending' | 'login'>

/** The servers to which secrets of a mailbox go. */
const serversOf = ({ reading, sending, login }: Settings): readonly unknown[] => [
  reading.server.host,
  reading.server.port,
  sending?.server.host,
  sending?.server.port,
  login.kind === 'oauth' ? login.tokenUrl : undefined,
]

/** Whether secrets that were given for one may be used for the other. */
export const isSamePlace = (one: Settings, other: Settings): boolean =>
  JSON.stringify(serversOf(one)) === JSON.stringify(serversOf(other))

/** Names the servers and who we are there; secrets are kept under it. */
export const placeOfSecrets = (settings: Settings): string =>
  JSON.stringify([...serversOf(settings), settings.reading.login, settings.sending?.login, settings.login.kind])

/**
 * The secrets with which a mailbox of a draft or a publication can be opened: those that were given for these servers and logins, else those that
 * it has now when its servers are the same. A secret that was meant for one server is never used at another.
 */
export function secretsOfMailbox(
  store: Pick<MailChannelStore, 'account' | 'secrets' | 'keptSecrets'>,
  companyId: CompanyId,
  mailbox: Settings & { readonly id: string },
): MailSecrets {
  const account = store.account(companyId, mailbox.id)
  const place = placeOfSecrets(mailbox)
  if (account && placeOfSecrets(account) === place) return store.secrets(account.id)
  const kept = store.keptSecrets(companyId, mailbox.id, place)
  if (kept) return kept
  return account && isSamePlace(account, mailbox) ? store.secrets(account.id) : {}
}

/** Whether these are enough to log in: a password; or a token, or what one is got with (RFC 6749 §6). */
export const areEnough = (login: MailLogin, secrets: MailSecrets): boolean =>
  login.kind === 'password'
    ? secrets.password !== undefined
    : secrets.accessToken !== undefined || (login.tokenUrl !== undefined && secrets.refreshToken !== undefined)
