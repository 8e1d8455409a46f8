import type { CompanyId } from '@vaxel/base'
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
  { store }: Pick<MailChannelDependencies, 'store'>,
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
  return {
    accepted: (item) => void tell(item),
    released: (item) => void tell(item),
    exists: async (item) => {
      const found = await find(item)
      const isOpen = found?.conversation.state === 'open'
      if (isOpen) work.restored(found.conversation.id, item.id)
      return isOpen
    },
    dismiss: async (item) => {
      const found = await find(item)
      // What ends because the conversation has ended is told here, too.
      if (!found || !work.gone(found.conversation.id, item.id)) return
      await changes.apply(found.account, found.conversation, { kind: 'closed' }, { ledger: 'closed' })
    },
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
