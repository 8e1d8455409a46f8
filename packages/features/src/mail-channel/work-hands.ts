import type { CompanyId, UserId } from '@vaxel/base'
import type { ChannelHands, MailAccount, MailConversation, WorkItem } from '@vaxel/core'
import type { ConversationChanges } from './changes.ts'
import type { MailWork } from './mail-work.ts'
import type { MailChannelDependencies } from './parts.ts'

interface Found {
  readonly account: MailAccount
  readonly conversation: MailConversation
}

/** What the dispatcher asks of the mail channel. Agents are asked in their console, so that nothing is offered here. */
export function workHands(
  { store, log }: Pick<MailChannelDependencies, 'store' | 'log'>,
  { work, changes }: { work: MailWork; changes: ConversationChanges },
): ChannelHands {
  const find = async ({ reference }: WorkItem): Promise<Found | undefined> => {
    const conversation = reference === undefined ? undefined : await store.conversationOfWork(reference)
    const account = conversation && store.account(conversation.companyId as CompanyId, conversation.accountId)
    return conversation && account ? { conversation, account } : undefined
  }
  const tell = async (item: WorkItem): Promise<void> => {
    const found = await find(item)
    if (found) changes.tell(found.account, found.conversation)
  }
  const followQueue = async (item: WorkItem): Promise<void> => {
    const found = await find(item)
    if (!found || work.queueOf(found.account, found.conversation) === item.queueId) return
    const event = { kind: 'moved', queueId: item.queueId } as const
    await changes.apply(found.account, found.conversation, event, { ledger: 'moved', hasWorkFollowed: true })
  }
  const closeFor = async (item: WorkItem, agentId: UserId): Promise<void> => {
    const found = await find(item)
    if (!found || !work.gone(found.conversation.id, item.id) || found.conversation.state !== 'open') return
    const options = { ledger: 'closed', by: agentId, hasWorkFollowed: true }
    await changes.apply(found.account, found.conversation, { kind: 'closed' }, options)
  }
  /** What nobody waits for; what fails is mended at the next look at open conversations. */
  const alone = (work: Promise<void>): void =>
    void work.catch((error: unknown) => log.error('the work of a mail was not followed', { error: String(error) }))
  return {
    accepted: (item) => alone(tell(item)),
    released: (item) => alone(tell(item)),
    exists: async (item) => {
      const found = await find(item)
      const isOpen = found?.conversation.state === 'open'
      return isOpen && work.restored(found.conversation.id, item.id)
    },
    // An agent is done with it without an answer: the customer does not wait any more.
    finished: (item, agentId) => alone(closeFor(item, agentId)),
    dismiss: async (item) => {
      const found = await find(item)
      // What ends because the conversation has ended is told here, too.
      if (!found || !work.gone(found.conversation.id, item.id)) return
      await changes.apply(found.account, found.conversation, { kind: 'closed' }, { ledger: 'closed' })
    },
    requeued: (item) => alone(followQueue(item)),
    sendAway: async (item, to) => {
      const found = await find(item)
      if (!found) return
      work.gone(found.conversation.id, item.id)
      // Nobody hears a goodbye in a mail: it waits in the list, and comes to its queue again later.
      if (to.kind !== 'queue') return work.leave(found.conversation.id)
      const event = { kind: 'moved', queueId: to.queueId } as const
      await changes.apply(found.account, found.conversation, event, { ledger: 'moved' })
    },
  }
}
