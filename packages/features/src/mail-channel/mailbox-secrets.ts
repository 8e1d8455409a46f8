import type { CompanyId, Refusal } from '@vaxel/base'
import { NotFound, type OperationReply, type Principal, type putMailboxSecrets } from '@vaxel/contract'
import { type LedgerEvent, type MailAccount, type MailSecrets, placeOfSecrets, secretsOfMailbox } from '@vaxel/core'
import type { MailChannelDependencies } from './parts.ts'
import type { MailReaders } from './readers.ts'

const names = ['password', 'clientSecret', 'refreshToken', 'accessToken'] as const

/** Which secrets there are; never what they are. */
export const namesOfSecrets = (secrets: MailSecrets): readonly (typeof names)[number][] =>
  names.filter((name) => secrets[name] !== undefined)

/** A token that was got by an older refresh token is not used any more. */
export function withoutStale(secrets: MailSecrets, given: MailSecrets | undefined): MailSecrets {
  if (given?.refreshToken === undefined || given.accessToken !== undefined) return secrets
  const { accessToken: _, expiresAtMs: __, ...rest } = secrets
  return rest
}

/** An event of a mailbox. */
export const eventOf = (
  { clock }: Pick<MailChannelDependencies, 'clock'>,
  { companyId }: Pick<MailAccount, 'companyId'>,
  kind: string,
  data: Readonly<Record<string, unknown>>,
): LedgerEvent => ({ kind: `mailChannel.${kind}`, atMs: clock.now(), companyId, data })

/** Gives a mailbox that is published other secrets at the servers that it has; it is connected anew. */
export async function putSecrets(
  parts: Pick<MailChannelDependencies, 'store' | 'clock'>,
  account: MailAccount,
  secrets: MailSecrets,
  by: string,
): Promise<void> {
  const data = { account: account.id, name: account.name, by, fields: ['secrets'] }
  // Readers know by the object that something is different.
  await parts.store.putAccount({ ...account }, secrets, eventOf(parts, account, 'accountChanged', data))
}

/**
 * Secrets of a mailbox of the draft. Those for the servers and logins with which it is published hold at once, since nothing would be left to
 * publish; others are kept beside, and hold with the publication.
 */
export async function giveSecrets(
  parts: MailChannelDependencies,
  readers: MailReaders,
  principal: Principal,
  { id, given }: { readonly id: string; readonly given: MailSecrets },
): Promise<OperationReply<typeof putMailboxSecrets> | Refusal> {
  const { store, centres } = parts
  const companyId = principal.companyId as CompanyId
  const centre = (centres.draft(companyId) ?? centres.published(companyId))?.centre
  const mailbox = centre?.mailboxes.find((one) => one.id === id)
  if (!mailbox || store.accounts().some((other) => other.id === id && other.companyId !== companyId)) return NotFound()
  const place = placeOfSecrets(mailbox)
  const secrets = withoutStale({ ...secretsOfMailbox(store, companyId, mailbox), ...given }, given)
  const account = store.account(companyId, id)
  const holdsNow = account !== undefined && account.removedAtMs === undefined && placeOfSecrets(account) === place
  if (holdsNow) {
    await putSecrets(parts, account, secrets, principal.userId)
    await readers.follow()
  } else {
    const data = { account: id, name: mailbox.name, by: principal.userId }
    await store.keepSecrets({ companyId, id, place, secrets }, eventOf(parts, { companyId }, 'secretsKept', data))
  }
  return { secretsSet: [...namesOfSecrets(secrets)], holds: holdsNow ? 'now' : 'whenPublished' }
}
