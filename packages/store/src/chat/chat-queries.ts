import type { ChatMessage, ChatStore, Conversation, ConversationId } from '@vaxel/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { toMessage } from './chat-rows.ts'

const mostMessages = 500
/** Parameters of one statement. */
const mostAtOnce = 500

/** Messages of one conversation, oldest first, nearest to where they are asked for. */
export async function readMessages(
  db: Kysely<Schema>,
  id: ConversationId,
  filter: Parameters<ChatStore['messages']>[1],
): Promise<readonly ChatMessage[]> {
  const { fromNumber, before, after, changedAfter, limit } = filter
  let query = db
    .selectFrom('chat_messages')
    .selectAll()
    .where('conversation_id', '=', id)
    .where('number', '>', fromNumber)
    .limit(Math.min(limit, mostMessages))
  if (changedAfter !== undefined)
    return (await query.where('revision', '>', changedAfter).orderBy('revision').execute()).map(toMessage)
  if (after !== undefined) return (await query.where('number', '>', after).orderBy('number').execute()).map(toMessage)
  if (before !== undefined) query = query.where('number', '<', before)
  return (await query.orderBy('number', 'desc').execute()).map(toMessage).reverse()
}

/** The newest message of each conversation. */
export async function readLast(
  db: Kysely<Schema>,
  conversations: readonly Conversation[],
): Promise<ReadonlyMap<ConversationId, ChatMessage>> {
  const found = new Map<ConversationId, ChatMessage>()
  for (let at = 0; at < conversations.length; at += mostAtOnce) {
    const ids = conversations.slice(at, at + mostAtOnce).map(({ id }) => id)
    const rows = await db
      .selectFrom('chat_messages')
      .innerJoin('conversations', (join) =>
        join
          .onRef('conversations.id', '=', 'chat_messages.conversation_id')
          .onRef('conversations.last_number', '=', 'chat_messages.number'),
      )
      .selectAll('chat_messages')
      .where('chat_messages.conversation_id', 'in', ids)
      .execute()
    for (const message of rows.map(toMessage)) found.set(message.conversationId, message)
  }
  return found
}

/** Part of a text, as LIKE wants it with `!` to escape. */
const part = (word: string): string => `%${word.replace(/[!%_]/g, '!$&')}%`

/** Texts that hold every word, newest first, only where the user is and only since they are there. */
export async function searchMessages(
  db: Kysely<Schema>,
  filter: Parameters<ChatStore['search']>[0],
): Promise<readonly ChatMessage[]> {
  let query = db
    .selectFrom('conversation_members')
    .innerJoin('chat_messages', (join) =>
      join
        .onRef('chat_messages.conversation_id', '=', 'conversation_members.conversation_id')
        .onRef('chat_messages.number', '>', 'conversation_members.from_number'),
    )
    .selectAll('chat_messages')
    .where('conversation_members.user_id', '=', filter.userId)
    .orderBy('chat_messages.at_ms', 'desc')
    .orderBy('chat_messages.conversation_id', 'desc')
    .orderBy('chat_messages.number', 'desc')
    .limit(Math.min(filter.limit, mostMessages))
  for (const word of filter.words) query = query.where(sql<boolean>`chat_messages.folded like ${part(word)} escape '!'`)
  if (filter.conversationId !== undefined)
    query = query.where('chat_messages.conversation_id', '=', filter.conversationId)
  if (filter.before) {
    const { atMs, conversationId, number } = filter.before
    query = query.where(({ eb, or, and }) => {
      const then = eb('chat_messages.at_ms', '=', atMs)
      return or([
        eb('chat_messages.at_ms', '<', atMs),
        and([then, eb('chat_messages.conversation_id', '<', conversationId)]),
        and([then, eb('chat_messages.conversation_id', '=', conversationId), eb('chat_messages.number', '<', number)]),
      ])
    })
  }
  return (await query.execute()).map(toMessage)
}
