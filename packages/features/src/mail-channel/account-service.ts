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
import {
  areEnough,
  type CentreMailbox,
  isSameMailbox,
  isSamePlace,
  type MailAccount,
  type MailAccountId,
  mailboxFaults,
  type MailboxSettingFault,
  type MailLogin,
  type MailReading,
  type MailSecrets,
  type MailSending,
  placeOfSecrets,
  sayChange,
  withoutMailbox,
  withThing,
} from '@vaxel/core'
import type { CentreMailboxes } from './follow-centre.ts'
import type { MailboxHealth } from './mailbox-loop.ts'
import type { MailWork } from './mail-work.ts'
import { eventOf, namesOfSecrets, putSecrets, withoutStale } from './mailbox-secrets.ts'
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
  readonly #mailboxes: CentreMailboxes

  constructor(
    parts: MailChannelDependencies,
    options: { readers: MailReaders; work: MailWork; mailboxes: CentreMailboxes },
  ) {
    this.#parts = parts
    this.#mailboxes = options.mailboxes
    this.#readers = options.readers
    this.#work = options.work
  }

  list({ companyId }: Principal): { items: View[] } {
    return { items: this.#parts.store.accountsOf(companyId as CompanyId).map((account) => this.view(account)) }
  }

  async make(principal: Principal, { secrets, ...fields }: Made): Promise<View | Refusal> {
    const { store, clock, random } = this.#parts
    const companyId = principal.companyId as CompanyId
    if (this.#published(companyId).length >= mostMailAccounts)
      return MailboxTaken(`A company has at most ${mostMailAccounts} mailboxes.`)
    const mailbox = clean({
      ...fields,
      members: fields.members as UserId[],
      id: makeId<MailAccountId>(clock.now(), random),
    } as CentreMailbox)
    const refused = this.#refuse(companyId, mailbox, secrets)
    if (refused) return refused
    return this.#mailboxes.whileComing(mailbox.id, async () => {
      await store.keepSecrets({ companyId, id: mailbox.id, place: placeOfSecrets(mailbox), secrets })
      const notPublished = await this.#publish(principal, 'added', mailbox)
      if (notPublished) await store.forgetSecrets(companyId, mailbox.id)
      return notPublished ?? this.view(store.account(companyId, mailbox.id)!)
    })
  }

  async change(principal: Principal, id: string, { secrets: given, ...fields }: Change): Promise<View | Refusal> {
    const { store } = this.#parts
    const companyId = principal.companyId as CompanyId
    const before = store.account(companyId, id)
    if (!before || before.removedAtMs !== undefined) return NotFound()
    const { companyId: _, createdAtMs: __, ...settings } = before
    const mailbox = clean({ ...settings, ...fields } as CentreMailbox)
    // A secret that was meant for one server is not sent to another one that an administrator of today has named.
    const kept = isSamePlace(before, mailbox) ? store.secrets(before.id) : {}
    const secrets = withoutStale({ ...kept, ...given }, given)
    // One that was published without a secret may be changed in something else.
    const hadNone = !areEnough(before.login, store.secrets(id as MailAccountId))
    const refused = this.#refuse(companyId, mailbox, secrets, hadNone && !given)
    if (refused) return refused
    const place = placeOfSecrets(mailbox)
    if (place !== placeOfSecrets(before)) await store.keepSecrets({ companyId, id, place, secrets })
    const notPublished = await this.#publish(principal, 'changed', mailbox)
    if (notPublished) return notPublished
    if (place === placeOfSecrets(before) && given)
      await putSecrets(this.#parts, store.account(companyId, id)!, secrets, principal.userId)
    await this.#readers.follow()
    return this.view(store.account(companyId, id)!)
  }

  async remove(principal: Principal, id: string): Promise<Refusal | undefined> {
    const { store } = this.#parts
    const account = store.account(principal.companyId as CompanyId, id)
    if (!account) return NotFound()
    if (account.removedAtMs === undefined) {
      const refused = await this.#publish(principal, 'removed', account)
      if (refused) return refused
    }
    const open = await store.conversations({
      companyId: account.companyId,
      accountIds: [account.id],
      states: ['open'],
      limit: 10_000,
    })
    for (const conversation of open) await this.#work.end(conversation, 'closed', principal.userId as UserId)
    const data = { account: account.id, name: account.name, by: principal.userId }
    await store.forgetSecrets(account.companyId, account.id)
    await store.removeAccount(account, eventOf(this.#parts, account, 'accountDeleted', data))
    await this.#readers.follow()
    return undefined
  }

  /** Publishes one change beside whatever draft is open, and lets it hold. */
  async #publish(
    principal: Principal,
    change: 'added' | 'changed' | 'removed',
    mailbox: CentreMailbox,
  ): Promise<Refusal | undefined> {
    const { editor, directory } = this.#parts
    const [companyId, by] = [principal.companyId as CompanyId, principal.userId as UserId]
    const note = sayChange('mailboxes', change, mailbox.name, directory.user(by)?.language ?? 'en')
    const refused = await editor.change(companyId, by, note, (centre) =>
      change === 'removed' ? withoutMailbox(centre, mailbox.id) : withThing(centre, 'mailboxes', mailbox),
    )
    if (!refused) await this.#mailboxes.follow(companyId)
    return refused
  }

  #published(companyId: CompanyId): readonly MailAccount[] {
    return this.#parts.store.accountsOf(companyId).filter(({ removedAtMs }) => removedAtMs === undefined)
  }

  view(account: MailAccount): View {
    const { id, companyId: _, createdAtMs: __, removedAtMs, ...settings } = account
    const { aliases, members, reading, sending, login, autoReply, ...rest } = settings
    return {
      id,
      ...rest,
      aliases: [...aliases],
      members: [...members],
      reading: { ...reading, server: { ...reading.server } },
      ...(sending ? { sending: { ...sending, server: { ...sending.server } } } : {}),
      login: { ...login },
      ...(autoReply ? { autoReply: { ...autoReply } } : {}),
      secretsSet: [...namesOfSecrets(this.#parts.store.secrets(id))],
      ...(removedAtMs === undefined ? {} : { removedAt: new Date(removedAtMs).toISOString() }),
      health: healthView(this.#readers.health(account)),
    }
  }

  /** Everything that does not fit together, at once. */
  #refuse(
    companyId: CompanyId,
    mailbox: CentreMailbox,
    secrets: MailSecrets,
    mayLackSecrets = false,
  ): Refusal | undefined {
    const { store, directory } = this.#parts
    const { reading, login, queueId, members } = mailbox
    const found = mistakesOf(reading, login, secrets, mailbox.sending)
    const mistakes: Mistake[] = found.filter(({ path }) => !mayLackSecrets || !path.startsWith('/secrets'))
    const wrong = (path: string, reason: string) => mistakes.push({ path, reason })
    if (members.some((id) => directory.user(id)?.companyId !== companyId))
      wrong('/members', 'Somebody of these is not in the company.')
    if (queueId !== undefined && !this.#work.mayTake(companyId, queueId))
      wrong('/queueId', 'There is no such queue, or it takes no mails. Publish it first.')
    if (mistakes.length > 0) return InvalidRequest(mistakes.map(({ reason }) => reason).join(' '), { mistakes })
    const isTaken = store
      .accounts()
      .some(
        (other) => other.id !== mailbox.id && other.removedAtMs === undefined && isSameMailbox(other.reading, reading),
      )
    return isTaken ? MailboxTaken() : undefined
  }
}

const reasons: Readonly<Record<MailboxSettingFault, string>> = {
  'pop3-after': 'A mailbox by POP3 has no folders and does not know what was read: mails are kept there, or deleted.',
  'move-missing': 'Say into which folder mails are moved.',
  'move-same': 'Mails are moved into another folder than they are read from.',
  'login-sign': 'A login or password holds signs that cannot be typed.',
  'token-address': 'Tokens are asked for over HTTPS alone.',
}

/** What is wrong with settings of a mailbox, whether they are kept or only tried. */
export function mistakesOf(
  reading: MailReading,
  login: MailLogin,
  secrets: MailSecrets,
  sending: MailSending | undefined,
): readonly Mistake[] {
  const settings = { reading, login, ...(sending ? { sending } : {}) }
  const mistakes: Mistake[] = mailboxFaults(settings).map(({ fault, at }) => ({ path: at, reason: reasons[fault] }))
  const wrong = (path: string, reason: string) => mistakes.push({ path, reason })
  if (/[\p{Cc}]/u.test(secrets.password ?? '')) wrong('/secrets/password', reasons['login-sign'])
  if (!areEnough(login, secrets)) {
    if (login.kind === 'password') wrong('/secrets/password', 'The password is missing.')
    else wrong('/secrets/refreshToken', 'Give the address of the token server and a refresh token, or an access token.')
  }
  return mistakes
}

/** Without what was taken away, which comes as null. */
function clean(account: CentreMailbox): CentreMailbox {
  return Object.fromEntries(
    Object.entries(account).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as CentreMailbox
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
