import { type Clock, type Logger, makeId, type RandomBytes, type UserId } from '@vaxel/base'
import {
  changeConversation,
  type ChannelMail,
  type ConversationEvent,
  type KeptMail,
  type LedgerEvent,
  type MailAccount,
  type MailChannelStore,
  type MailConversation,
  type Notices,
} from '@vaxel/core'
import type { MailRights } from './access.ts'
import type { MailWork } from './mail-work.ts'

/** How often a change is tried anew on what somebody else has just written. */
const mostTries = 10

/** What is written together with a change. */
export interface Written {
  readonly mail?: ChannelMail
  readonly outgoing?: KeptMail
  readonly autoTo?: string
  readonly withoutDraft?: UserId
}

/**
 * The one place where conversations change: decides by the machine, writes it with its mail and its event in one commit, then tells work and
 * screens. Another change that came first is taken into account.
 */
export class ConversationChanges {
  readonly #store: MailChannelStore
  readonly #work: MailWork
  readonly #rights: MailRights
  readonly #notices: Pick<Notices, 'publish'>
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #log: Logger
  #lastIdMs = 0

  constructor(options: {
    store: MailChannelStore
    work: MailWork
    rights: MailRights
    notices: Pick<Notices, 'publish'>
    clock: Clock
    random: RandomBytes
    log: Logger
  }) {
    this.#store = options.store
    this.#work = options.work
    this.#rights = options.rights
    this.#notices = options.notices
    this.#clock = options.clock
    this.#random = options.random
    this.#log = options.log
  }

  /** Identifiers of mails rise, also within a millisecond and when the clock is put back: they are the order of a conversation. */
  makeId<Id extends string>(): Id {
    this.#lastIdMs = Math.max(this.#clock.now(), this.#lastIdMs + 1)
    return makeId<Id>(this.#lastIdMs, this.#random)
  }

  /**
   * @param options `ledger`: the kind of its event; `isOnlyOn`: the revision on which it was decided; on a later one it is not done; `hasWorkFollowed`: it comes from there
   * @returns the conversation as it is now; undefined: it is gone, or was changed by somebody else
   */
  async apply(
    account: MailAccount,
    before: MailConversation,
    event: ConversationEvent,
    options: {
      readonly ledger: string
      readonly by?: UserId
      readonly written?: Written
      readonly isOnlyOn?: number
      readonly hasWorkFollowed?: boolean
    },
  ): Promise<MailConversation | undefined> {
    const { ledger, by, written = {}, isOnlyOn } = options
    let current: MailConversation | undefined = before
    for (let tries = 0; current && tries < mostTries; tries++) {
      if (isOnlyOn !== undefined && current.revision !== isOnlyOn) return undefined
      const nowMs = this.#clock.now()
      const { conversation, work } = changeConversation(current, event, nowMs)
      const isWritten = await this.#store.put({
        conversation,
        ...written,
        events: [this.event(ledger, conversation, { by, mail: written.mail?.id, queue: queueIn(event) })],
      })
      if (isWritten) {
        await this.#follow(account, conversation, options.hasWorkFollowed ? undefined : work, event, by)
        return conversation
      }
      current = await this.#store.conversation(before.companyId, before.id)
    }
    return undefined
  }

  /** An entry of the ledger about a conversation. */
  event(
    kind: string,
    { id, companyId, accountId }: Pick<MailConversation, 'id' | 'companyId' | 'accountId'>,
    more: Readonly<Record<string, unknown>>,
  ): LedgerEvent {
    const said = Object.entries(more).filter(([, value]) => value !== undefined)
    return {
      kind: `mailChannel.${kind}`,
      atMs: this.#clock.now(),
      companyId,
      data: { conversation: id, account: accountId, ...Object.fromEntries(said) },
    }
  }

  /** Screens of whoever may read it look again. */
  tell(account: MailAccount, conversation: MailConversation): void {
    this.#notices.publish({
      companyId: account.companyId,
      kind: 'mailChannel.changed',
      data: { conversation: conversation.id, account: account.id },
      atMs: this.#clock.now(),
      to: this.#rights.readers(account, conversation),
    })
  }

  /** Puts an open conversation into its queue, for whoever answered it last. */
  async beginWork(account: MailAccount, conversation: MailConversation): Promise<void> {
    const answered = await this.#store.latest(conversation.id, 'out')
    await this.#work.begin(account, conversation, answered?.by)
  }

  /** Work follows what is durable already: what fails here is mended at the next look at open conversations. */
  async #follow(
    account: MailAccount,
    conversation: MailConversation,
    work: 'begins' | 'ends' | 'moves' | undefined,
    event: ConversationEvent,
    by: UserId | undefined,
  ): Promise<void> {
    try {
      if (work === 'begins') await this.beginWork(account, conversation)
      else if (work === 'moves') await this.#work.move(account, conversation)
      else if (work === 'ends')
        await this.#work.end(conversation, event.kind === 'answered' ? 'answered' : endOf(conversation), by)
    } catch (error) {
      this.#log.error('the work of a mail could not be changed', {
        conversation: conversation.id,
        error: String(error),
      })
    }
    this.tell(account, conversation)
  }
}

const queueIn = (event: ConversationEvent): string | undefined => (event.kind === 'moved' ? event.queueId : undefined)

const endOf = ({ state }: MailConversation): 'closed' | 'spam' => (state === 'spam' ? 'spam' : 'closed')
