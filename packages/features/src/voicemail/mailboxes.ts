import type { CompanyId, UserId } from '@vaxel/base'
import {
  type Directory,
  type Diversion,
  type LedgerEvent,
  type Mailbox,
  type MailboxCounts,
  type MailboxId,
  mailboxRoom,
  type MailboxRoom,
  type MailboxSettings,
  type Notices,
  type User,
  usualMailboxSettings,
  type VoicemailStore,
} from '@vaxel/core'

type Changed = (box: Mailbox, counts: MailboxCounts) => void

/** Every person has a mailbox, whether anything was set about it or not; others are shared by several people. */
export class Mailboxes {
  readonly #store: VoicemailStore
  readonly #directory: Directory
  readonly #notices: Pick<Notices, 'publish'>
  readonly #now: () => number
  readonly #listeners = new Set<Changed>()

  constructor(options: {
    store: VoicemailStore
    directory: Directory
    notices: Pick<Notices, 'publish'>
    now: () => number
  }) {
    this.#store = options.store
    this.#directory = options.directory
    this.#notices = options.notices
    this.#now = options.now
  }

  find(companyId: CompanyId, id: string): Mailbox | undefined {
    const user = this.#directory.user(id as UserId)
    const box = user ? this.ofUser(user) : this.#store.mailbox(id as MailboxId)
    return box?.companyId === companyId ? box : undefined
  }

  ofUser({ id, companyId }: Pick<User, 'id' | 'companyId'>): Mailbox {
    const boxId = id as string as MailboxId
    return this.#store.mailbox(boxId) ?? { id: boxId, companyId, userId: id, settings: {}, greetings: [] }
  }

  /** The mailbox that takes the calls of a number: a person's, or a shared one. */
  ofNumber(companyId: CompanyId, number: string): Mailbox | undefined {
    const target = this.#directory.number(companyId, number)?.target
    const user = target?.kind === 'user' ? this.#directory.user(target.userId) : undefined
    if (user) return this.ofUser(user)
    return this.shared(companyId).find((box) => box.number === number)
  }

  /** The mailbox of whom the caller wanted first and who has one. */
  ofDiversions(companyId: CompanyId, diversions: readonly Diversion[]): { box: Mailbox; by: Diversion } | undefined {
    for (const by of diversions) {
      const box = (by.userId && this.find(companyId, by.userId)) ?? this.ofNumber(companyId, by.number)
      if (box) return { box, by }
    }
    return undefined
  }

  shared(companyId: CompanyId): readonly Mailbox[] {
    return this.#store.mailboxesOf(companyId).filter(({ userId }) => userId === undefined)
  }

  /** A person's own mailbox first, then those that they share. */
  of(user: Pick<User, 'id' | 'companyId'>): readonly Mailbox[] {
    return [this.ofUser(user), ...this.shared(user.companyId).filter(({ members }) => members?.includes(user.id))]
  }

  mayListen(userId: string, box: Mailbox): boolean {
    return box.userId === userId || (box.members?.includes(userId as UserId) ?? false)
  }

  listeners({ userId, members = [] }: Mailbox): readonly UserId[] {
    return userId === undefined ? members : [userId]
  }

  settings({ settings }: Mailbox): MailboxSettings {
    return { ...usualMailboxSettings, ...settings }
  }

  counts({ id }: Mailbox): MailboxCounts {
    return this.#store.counts(id)
  }

  room(box: Mailbox): MailboxRoom {
    return mailboxRoom(this.settings(box), this.counts(box))
  }

  /** As people know it: the person's name, or its own. */
  nameOf({ userId, name, number }: Mailbox): string {
    return (userId && this.#directory.user(userId)?.displayName) ?? name ?? number ?? ''
  }

  /** By which it is called and entered. */
  numberOf({ userId, number }: Mailbox): string {
    const user = userId && this.#directory.user(userId)
    return (user ? (user.extension ?? user.name) : number) ?? ''
  }

  /** Writes what differs; of a box about which nothing was set before too. */
  async put(box: Mailbox, event?: Omit<LedgerEvent, 'atMs' | 'companyId'>): Promise<void> {
    const { companyId } = box
    await this.#store.putMailbox(box, event && { ...event, companyId, atMs: this.#now() })
  }

  /** Messages belong to a row. */
  async ensure(box: Mailbox): Promise<void> {
    if (!this.#store.mailbox(box.id)) await this.#store.putMailbox(box)
  }

  onChange(listener: Changed): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells lamps and screens how it is now. */
  changed(box: Mailbox): void {
    const counts = this.counts(box)
    const { newMessages, savedMessages } = counts
    this.#notices.publish({
      companyId: box.companyId,
      kind: 'voicemail.changed',
      atMs: this.#now(),
      data: { boxId: box.id, newMessages, savedMessages },
      to: this.listeners(box),
    })
    for (const listener of this.#listeners) listener(box, counts)
  }
}
