import { type Clock, type CompanyId, isRefusal, type Logger, type UserId } from '@vaxel/base'
import type { MailAccount, MailConversation, QueueId, WorkDesk, WorkItemId } from '@vaxel/core'

/** A queue that does not want a conversation now is asked again after so long. */
const awayMs = 3_600_000

/** The work of the contact centre that stands for open conversations: one item each, as long as a customer waits. */
export class MailWork {
  readonly #desk: WorkDesk | undefined
  readonly #log: Logger
  /** By conversation: the item now. Found again at the start by its reference. */
  readonly #items = new Map<string, WorkItemId>()
  readonly #away = new Map<string, number>()
  /** Conversations that are on their way into a queue. */
  readonly #beginning = new Set<string>()
  readonly #clock: Clock

  constructor({ desk, clock, log }: { desk: WorkDesk | undefined; clock: Clock; log: Logger }) {
    this.#desk = desk
    this.#clock = clock
    this.#log = log
  }

  queueOf(account: MailAccount, conversation: MailConversation): string | undefined {
    return conversation.queueId ?? account.queueId
  }

  /**
   * Told at the start of items that were there before.
   * @returns false: another one stands for the conversation
   */
  restored(conversationId: string, itemId: WorkItemId): boolean {
    const known = this.#items.get(conversationId) ?? itemId
    this.#items.set(conversationId, known)
    return known === itemId
  }

  /** @returns whether the item stood for the conversation until now */
  gone(conversationId: string, itemId: WorkItemId): boolean {
    return this.#items.get(conversationId) === itemId && this.#items.delete(conversationId)
  }

  /** Its queue does not take it now. */
  leave(conversationId: string): void {
    this.#away.set(conversationId, this.#clock.now() + awayMs)
  }

  itemOf(conversation: MailConversation): WorkItemId | undefined {
    return this.#items.get(conversation.id)
  }

  agentOf(conversation: MailConversation): UserId | undefined {
    const item = this.itemOf(conversation)
    return item === undefined ? undefined : this.#desk?.agentOf(conversation.companyId, item)
  }

  /**
   * Puts the conversation into its queue, unless it is there. A closed queue takes it, too: mails wait until it opens.
   */
  async begin(account: MailAccount, conversation: MailConversation, lastAgent?: UserId): Promise<void> {
    const desk = this.#desk
    const queueId = this.queueOf(account, conversation) as QueueId | undefined
    if (!desk || queueId === undefined || conversation.state !== 'open') return
    const known = this.itemOf(conversation)
    if (known !== undefined && desk.item(conversation.companyId, known)) return
    if ((this.#away.get(conversation.id) ?? 0) > this.#clock.now()) return
    this.#away.delete(conversation.id)
    const queue = desk.queue(conversation.companyId, queueId)
    if (!queue?.channels.includes('mail')) return
    if (this.#beginning.has(conversation.id)) return
    this.#beginning.add(conversation.id)
    try {
      await this.#add(desk, queueId, conversation, lastAgent)
    } finally {
      this.#beginning.delete(conversation.id)
    }
  }

  async #add(desk: WorkDesk, queueId: QueueId, conversation: MailConversation, lastAgent?: UserId): Promise<void> {
    const { name, address } = conversation.customer
    const item = await desk.add({
      companyId: conversation.companyId,
      queueId,
      channel: 'mail',
      customer: { address, ...(name === undefined ? {} : { name }) },
      sinceMs: conversation.waitingSinceMs ?? conversation.lastAtMs,
      reference: conversation.id,
      subject: conversation.subject.slice(0, 200),
      ...(lastAgent === undefined ? {} : { stickyAgentId: lastAgent }),
    })
    if (isRefusal(item))
      return this.#log.warn('a mail is in no queue', { conversation: conversation.id, why: item.text })
    this.#items.set(conversation.id, item.id)
  }

  /** Nobody has to do anything any more. */
  async end(conversation: MailConversation, why: 'answered' | 'closed' | 'spam', by?: UserId): Promise<void> {
    const item = this.itemOf(conversation)
    this.#items.delete(conversation.id)
    this.#away.delete(conversation.id)
    if (!this.#desk || item === undefined || !this.#desk.item(conversation.companyId, item)) return
    const { companyId } = conversation
    if (this.#desk.agentOf(companyId, item) !== undefined) await this.#desk.finished(companyId, item, 'agent')
    else await this.#desk.closeItem(companyId, item, why, by)
  }

  async move(account: MailAccount, conversation: MailConversation): Promise<void> {
    const { companyId } = conversation
    const item = this.itemOf(conversation)
    const queueId = this.queueOf(account, conversation) as QueueId | undefined
    this.#away.delete(conversation.id)
    if (this.#desk && item !== undefined && queueId !== undefined && this.#desk.item(companyId, item)) {
      // It goes on with the time that it has waited; what somebody works on ends for them, and begins anew.
      if (this.#desk.agentOf(companyId, item) === undefined)
        return this.#desk.overflow(companyId, item, { kind: 'queue', queueId }, 'failed')
      this.#items.delete(conversation.id)
      await this.#desk.finished(companyId, item, 'agent', queueId)
    }
    await this.begin(account, conversation)
  }

  mayTake(companyId: CompanyId, queueId: string): boolean {
    return this.#desk?.queue(companyId, queueId)?.channels.includes('mail') ?? false
  }

  /** Whether somebody is an agent of a queue. */
  isAgent(companyId: CompanyId, userId: UserId, queueId: string): boolean {
    const agent = this.#desk?.centre(companyId).agents.find((one) => one.userId === userId)
    return agent?.queues.some((one) => one.queueId === queueId) ?? false
  }
}
