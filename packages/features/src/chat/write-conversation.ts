import type { Refusal } from '@vaxel/base'
import type { ChatWrite, Conversation, LedgerEvent } from '@vaxel/core'
import type { ChatParts } from './dependencies.ts'

/**
 * Writes within the conversation's own turn. When it is not known whether the database has taken it, what the database says
 * counts from then on.
 */
export async function writeConversation(
  { chat }: ChatParts,
  write: ChatWrite & { readonly conversation: Conversation },
): Promise<Refusal | undefined> {
  try {
    return await chat.write(write)
  } catch (error) {
    await chat.reread(write.conversation.id)
    throw error
  }
}

/** An entry of the ledger about a conversation: identifiers and numbers, never a text. */
export const conversationEvent = (
  parts: ChatParts,
  kind: 'chat.posted' | 'chat.changed' | 'chat.membersChanged',
  { id, companyId, revision }: Conversation,
  data: LedgerEvent['data'],
): LedgerEvent => ({
  kind,
  atMs: parts.clock.now(),
  companyId,
  data: { conversationId: id, revision, ...data },
})
