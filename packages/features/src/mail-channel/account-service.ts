import { type CompanyId, makeId, type Mistake, type Refusal, type UserId } from '@vaxel/base'
import {
  type changeMailAccount,
  type createMailAccount,
  InvalidRequest,
  type listMailAccounts,
  MailboxTaken,
  mostMailAccounts,
  NotFound,
  type OperationReply,
  type OperationRequest,
  type Principal,
} from '@vaxel/contract'
import type {
  LedgerEvent,
  MailAccount,
  MailAccountId,
  MailLogin,
  MailReading,
  MailSecrets,
  MailSending,
} from '@vaxel/core'
import type { MailboxHealth } from './mailbox-loop.ts'
import type { MailWork } from './mail-work.ts'
import type { MailChannelDependencies } from './parts.ts'
import type { MailReaders } from './readers.ts'

type View = OperationReply<typeof listMailAccounts>['items'][number]
type Made = OperationRequest<typeof createMailAccount>['body']
type Change = OperationRequest<typeof changeMailAccount>['body']

/** Mailboxes that administrators set up. */
export class MailAccountService {
  readonly #parts: MailChannelDependencies
  readonly #readers: MailReaders
  readonly #work: MailWork

  constructor(parts: MailChannelDependencies, options: { readers: MailReaders; work: MailWork }) {
    this.#parts = parts
    this.#readers = options.readers
    this.#work = options.work
  }

  list({ companyId }: Principal): { items: View[] } {
    return { items: this.#parts.store.accountsOf(companyId as CompanyId).map((account) => this.view(account)) }
  }

  async make(principal: Principal, { secrets, ...fields }: Made): Promise<View | Refusal> {
    const { store, clock, random } = this.#parts
    const companyId = principal.companyId as CompanyId
    if (store.accountsOf(companyId).length >= mostMailAccounts)
      return MailboxTaken(`A company has at most ${mostMailAccounts} mailboxes.`)
    const account = clean({
      ...fields,
      members: fields.members as UserId[],
      id: makeId<MailAccountId>(clock.now(), random),
      companyId,
      createdAtMs: clock.now(),
    } as MailAccount)
    const refused = this.#refuse(account, secrets)
    if (refused) return refused
    const data = { account: account.id, name: account.name, by: principal.userId }
    await store.putAccount(account, secrets, this.#event(account, 'accountCreated', data))
    await this.#readers.follow()
    return this.view(account)
  }

  async change(principal: Principal, id: string, { secrets: given, ...fields }: Change): Promise<View | Refusal> {
    const { store } = this.#parts
    const before = store.account(principal.companyId as CompanyId, id)
    if (!before) return NotFound()
    const account = clean({ ...before, ...fields } as MailAccount)
    // A secret that was meant for one server is not sent to another one that an administrator of today has named.
    const kept = isSamePlace(before, account) ? store.secrets(before.id) : {}
    const secrets = withoutStale({ ...kept, ...given }, given)
    const refused = this.#refuse(account, secrets)
    if (refused) return refused
    const data = { account: account.id, name: account.name, by: principal.userId, fields: Object.keys(fields) }
    await store.putAccount(account, secrets, this.#event(account, 'accountChanged', data))
    await this.#readers.follow()
    return this.view(account)
  }

  async remove(principal: Principal, id: string): Promise<Refusal | undefined> {
    const { store } = this.#parts
    const account = store.account(principal.companyId as CompanyId, id)
    if (!account) return NotFound()
    const open = await store.conversations({
      companyId: account.companyId,
      accountIds: [account.id],
      states: ['open'],
      limit: 10_000,
    })
    for (const conversation of open) await this.#work.end(conversation, 'closed', principal.userId as UserId)
    const data = { account: account.id, name: account.name, by: principal.userId }
    await store.removeAccount(account, this.#event(account, 'accountRemoved', data))
    await this.#readers.follow()
    return undefined
  }

  view(account: MailAccount): View {
    const { id, companyId: _, createdAtMs: __, aliases, members, reading, sending, login, autoReply, ...rest } = account
    const secrets = this.#parts.store.secrets(id)
    const names = ['password', 'clientSecret', 'refreshToken', 'accessToken'] as const
    return {
      id,
      ...rest,
      aliases: [...aliases],
      members: [...members],
      reading: { ...reading, server: { ...reading.server } },
      ...(sending ? { sending: { ...sending, server: { ...sending.server } } } : {}),
      login: { ...login },
      ...(autoReply ? { autoReply: { ...autoReply } } : {}),
      secretsSet: names.filter((name) => secrets[name] !== undefined),
      health: healthView(this.#readers.health(account)),
    }
  }

  /** Everything that does not fit together, at once. */
  #refuse(account: MailAccount, secrets: MailSecrets): Refusal | undefined {
    const { store, directory } = this.#parts
    const { companyId, reading, login, queueId, members } = account
    const mistakes: Mistake[] = [...mistakesOf(reading, login, secrets, account.sending)]
    const wrong = (path: string, reason: string) => mistakes.push({ path, reason })
    if (members.some((id) => directory.user(id)?.companyId !== companyId))
      wrong('/members', 'Somebody of these is not in the company.')
    if (queueId !== undefined && !this.#work.mayTake(companyId, queueId))
      wrong('/queueId', 'There is no such queue, or it takes no mails. Publish it first.')
    if (mistakes.length > 0) return InvalidRequest(mistakes.map(({ reason }) => reason).join(' '), { mistakes })
    const isTaken = store.accounts().some((other) => other.id !== account.id && isSameMailbox(other.reading, reading))
    return isTaken ? MailboxTaken() : undefined
  }

  #event({ companyId }: MailAccount, kind: string, data: Record<string, unknown>): LedgerEvent {
    return { kind: `mailChannel.${kind}`, atMs: this.#parts.clock.now(), companyId, data }
  }
}

/** What is wrong with settings of a mailbox, whether they are kept or only tried. */
export function mistakesOf(
  reading: MailReading,
  login: MailLogin,
  secrets: MailSecrets,
  sending: MailSending | undefined,
): readonly Mistake[] {
  const mistakes: Mistake[] = []
  const wrong = (path: string, reason: string) => mistakes.push({ path, reason })
  if (reading.protocol === 'pop3' && (reading.after === 'read' || reading.after === 'move'))
    wrong(
      '/reading/after',
      'A mailbox by POP3 has no folders and does not know what was read: mails are kept there, or deleted.',
    )
  if (reading.after === 'move' && reading.moveTo === undefined)
    wrong('/reading/moveTo', 'Say into which folder mails are moved.')
  if (reading.after === 'move' && reading.moveTo === reading.folder)
    wrong('/reading/moveTo', 'Mails are moved into another folder than they are read from.')
  if (/[\p{Cc}]/u.test(reading.login + (sending?.login ?? '') + (secrets.password ?? '')))
    wrong('/reading/login', 'A login or password holds signs that cannot be typed.')
  if (login.kind === 'password' && secrets.password === undefined)
    wrong('/secrets/password', 'The password is missing.')
  if (login.kind === 'oauth') {
    const hasFlow = login.tokenUrl !== undefined && secrets.refreshToken !== undefined
    if (!hasFlow && secrets.accessToken === undefined)
      wrong('/secrets/refreshToken', 'Give the address of the token server and a refresh token, or an access token.')
    if (
      login.tokenUrl !== undefined &&
      !login.tokenUrl.startsWith('https://') &&
      !/^http:\/\/(localhost|127\.|\[::1\])/.test(login.tokenUrl)
    )
      wrong('/login/tokenUrl', 'Tokens are asked for over HTTPS alone.')
  }
  return mistakes
}

/** The servers, and who we are there. */
const placeOf = ({ reading, sending, login }: Pick<MailAccount, 'reading' | 'sending' | 'login'>): string =>
  JSON.stringify([
    reading.server.host,
    reading.server.port,
    sending?.server.host,
    sending?.server.port,
    login.kind === 'oauth' ? login.tokenUrl : undefined,
  ])

/** Whether secrets that were given for one may be used for the other. */
export const isSamePlace = (
  one: Pick<MailAccount, 'reading' | 'sending' | 'login'>,
  other: Pick<MailAccount, 'reading' | 'sending' | 'login'>,
): boolean => placeOf(one) === placeOf(other)

const isSameMailbox = (one: MailReading, other: MailReading): boolean =>
  one.server.host.toLowerCase() === other.server.host.toLowerCase() &&
  one.server.port === other.server.port &&
  one.login.toLowerCase() === other.login.toLowerCase() &&
  (one.protocol === 'pop3' || one.folder === other.folder)

/** A token that was got by an older refresh token is not used any more. */
function withoutStale(secrets: MailSecrets, given: MailSecrets | undefined): MailSecrets {
  if (given?.refreshToken === undefined || given.accessToken !== undefined) return secrets
  const { accessToken: _, expiresAtMs: __, ...rest } = secrets
  return rest
}

/** Without what was taken away, which comes as null. */
function clean(account: MailAccount): MailAccount {
  return Object.fromEntries(
    Object.entries(account).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as MailAccount
}

function healthView({ sinceMs, triedAgainAtMs, lastReadAtMs, ...rest }: MailboxHealth): View['health'] {
  const time = (ms: number) => new Date(ms).toISOString()
  return {
    ...rest,
    since: time(sinceMs),
    ...(triedAgainAtMs === undefined ? {} : { triedAgainAt: time(triedAgainAtMs) }),
    ...(lastReadAtMs === undefined ? {} : { lastReadAt: time(lastReadAtMs) }),
  }
}
