import type { CompanyId, UserId } from '@vaxel/base'
import {
  type CentreDraft,
  type CentreMailbox,
  isSame,
  type LedgerEvent,
  type MailAccount,
  placeOfSecrets,
  type PublishedCentre,
  secretsOfMailbox,
} from '@vaxel/core'
import type { MailChannelDependencies } from './parts.ts'
import type { MailReaders } from './readers.ts'

/**
 * Makes mailboxes of what companies have published: a new one begins to be read, a changed one is connected anew, one that is gone is read no more
 * and keeps its conversations. May be asked as often as one likes: what is as published already is left alone.
 */
export class CentreMailboxes {
  readonly #parts: MailChannelDependencies
  readonly #readers: MailReaders
  /** Mailboxes that are about to be published; their secrets are kept already. */
  readonly #coming = new Set<string>()
  readonly #followed = new Map<
    CompanyId,
    { readonly published: PublishedCentre; readonly draft: CentreDraft | undefined }
  >()
  #changing: Promise<void> = Promise.resolve()

  constructor(parts: MailChannelDependencies, readers: MailReaders) {
    this.#parts = parts
    this.#readers = readers
  }

  /** Resolves when the mailboxes of a company are as it has published them now. Rejects when they could not be written. */
  follow(companyId: CompanyId): Promise<void> {
    const followed = this.#changing.then(() => this.#follow(companyId))
    this.#changing = followed.catch(() => {})
    return followed
  }

  /** Keeps the secrets of a mailbox that nobody has published yet, as long as `task` publishes it. */
  async whileComing<T>(id: string, task: () => Promise<T>): Promise<T> {
    this.#coming.add(id)
    try {
      return await task()
    } finally {
      this.#coming.delete(id)
    }
  }

  /** The same for every company of which something is otherwise than when it was followed last. */
  async followAll(): Promise<void> {
    const { centres } = this.#parts
    for (const published of centres.all()) {
      const { companyId } = published
      const last = this.#followed.get(companyId)
      if (last?.published !== published || last.draft !== centres.draft(companyId)) await this.follow(companyId)
    }
  }

  async #follow(companyId: CompanyId): Promise<void> {
    const { store, centres, log } = this.#parts
    const published = centres.published(companyId)
    if (!published) return
    const draft = centres.draft(companyId)
    const { mailboxes } = published.centre
    for (const mailbox of mailboxes) {
      const isOwn = store.account(companyId, mailbox.id) !== undefined
      if (!isOwn && store.accounts().some((other) => other.id === mailbox.id))
        log.error('a mailbox has the identifier of another company', { mailbox: mailbox.id })
      else await this.#put(companyId, mailbox, published.by)
    }
    const wanted = new Set<string>(mailboxes.map(({ id }) => id))
    for (const account of store.accountsOf(companyId))
      if (!wanted.has(account.id) && account.removedAtMs === undefined) await this.#leave(account, published.by)
    await this.#forgetSecrets(companyId, wanted)
    await this.#readers.follow()
    this.#followed.set(companyId, { published, draft })
  }

  async #put(companyId: CompanyId, mailbox: CentreMailbox, by: UserId | undefined): Promise<void> {
    const { store, clock } = this.#parts
    const before = store.account(companyId, mailbox.id)
    const account: MailAccount = { ...mailbox, companyId, createdAtMs: before?.createdAtMs ?? clock.now() }
    if (before && isSame(before, account)) return
    const secrets = secretsOfMailbox(store, companyId, account)
    // What is undone finds the secrets of before at the servers of before.
    if (before && placeOfSecrets(before) !== placeOfSecrets(account))
      await store.keepSecrets({
        companyId,
        id: before.id,
        place: placeOfSecrets(before),
        secrets: store.secrets(before.id),
      })
    const isNew = before === undefined || before.removedAtMs !== undefined
    const fields = before && !isNew ? { fields: changedFields(before, account) } : {}
    await store.putAccount(
      account,
      secrets,
      this.#event(account, isNew ? 'accountCreated' : 'accountChanged', by, fields),
    )
  }

  async #leave(account: MailAccount, by: UserId | undefined): Promise<void> {
    const { store, clock } = this.#parts
    const left = { ...account, removedAtMs: clock.now() }
    await store.putAccount(left, store.secrets(account.id), this.#event(account, 'accountRemoved', by, {}))
  }

  /** Secrets that were given for a mailbox of a draft that is thrown away. */
  async #forgetSecrets(companyId: CompanyId, wanted: ReadonlySet<string>): Promise<void> {
    const { store, centres } = this.#parts
    const drafted = new Set<string>(centres.draft(companyId)?.centre.mailboxes.map(({ id }) => id))
    for (const id of store.keptFor(companyId)) {
      const isKnown = wanted.has(id) || drafted.has(id) || this.#coming.has(id)
      if (!isKnown && !store.account(companyId, id)) await store.forgetSecrets(companyId, id)
    }
  }

  #event({ id, name, companyId }: MailAccount, kind: string, by: UserId | undefined, more: object): LedgerEvent {
    const data = { account: id, name, ...(by === undefined ? {} : { by }), ...more }
    return { kind: `mailChannel.${kind}`, atMs: this.#parts.clock.now(), companyId, data }
  }
}

function changedFields(before: MailAccount, after: MailAccount): readonly string[] {
  const [was, is] = [before, after] as unknown as readonly Readonly<Record<string, unknown>>[]
  return [...new Set([...Object.keys(was!), ...Object.keys(is!)])].filter((field) => !isSame(was![field], is![field]))
}
