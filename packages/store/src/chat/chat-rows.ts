import type { CompanyId, DeviceId, UserId } from '@vaxel/base'
import type {
  ChatDelivery,
  ChatFile,
  ChatFileId,
  ChatMember,
  ChatMessage,
  ChatMessageKind,
  Conversation,
  ConversationId,
} from '@vaxel/core'
import type { Insertable, Selectable } from 'kysely'
import { fromFlag, fromJson, present, toFlag, toJson, toNumber } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

export const toConversation = (
  row: Selectable<Schema['conversations']>,
  members: readonly ChatMember[],
): Conversation => ({
  ...present<Pick<Conversation, 'pairKey' | 'name'>>({ pairKey: row.pair_key, name: row.name }),
  id: row.id as ConversationId,
  companyId: row.company_id as CompanyId,
  createdBy: row.created_by as UserId,
  createdAtMs: Number(row.created_at_ms),
  lastNumber: Number(row.last_number),
  revision: Number(row.revision),
  lastAtMs: Number(row.last_at_ms),
  members,
})

export const fromConversation = (conversation: Conversation): Insertable<Schema['conversations']> => ({
  id: conversation.id,
  company_id: conversation.companyId,
  pair_key: conversation.pairKey ?? null,
  name: conversation.name ?? null,
  created_by: conversation.createdBy,
  created_at_ms: conversation.createdAtMs,
  last_number: conversation.lastNumber,
  revision: conversation.revision,
  last_at_ms: conversation.lastAtMs,
})

export const toMember = (row: Selectable<Schema['conversation_members']>): ChatMember => ({
  userId: row.user_id as UserId,
  isAdmin: fromFlag(row.is_admin),
  fromNumber: Number(row.from_number),
  readNumber: Number(row.read_number),
})

export const fromMember = (
  conversationId: ConversationId,
  member: ChatMember,
): Insertable<Schema['conversation_members']> => ({
  conversation_id: conversationId,
  user_id: member.userId,
  is_admin: toFlag(member.isAdmin),
  from_number: member.fromNumber,
  read_number: member.readNumber,
})

export const toMessage = (row: Selectable<Schema['chat_messages']>): ChatMessage => ({
  ...present<Pick<ChatMessage, 'text' | 'editedAtMs' | 'goneAtMs'>>({
    text: row.text,
    editedAtMs: toNumber(row.edited_at_ms),
    goneAtMs: toNumber(row.gone_at_ms),
  }),
  conversationId: row.conversation_id as ConversationId,
  number: Number(row.number),
  revision: Number(row.revision),
  companyId: row.company_id as CompanyId,
  senderId: row.sender_id as UserId,
  clientId: row.client_id,
  kind: row.kind as ChatMessageKind,
  atMs: Number(row.at_ms),
  more: fromJson<ChatMessage['more']>(row.more),
})

export const fromMessage = (message: ChatMessage): Insertable<Schema['chat_messages']> => ({
  conversation_id: message.conversationId,
  number: message.number,
  revision: message.revision,
  company_id: message.companyId,
  sender_id: message.senderId,
  client_id: message.clientId,
  kind: message.kind,
  at_ms: message.atMs,
  text: message.text ?? null,
  folded: message.folded ?? null,
  edited_at_ms: message.editedAtMs ?? null,
  gone_at_ms: message.goneAtMs ?? null,
  more: toJson(message.more),
})

export const toFile = (row: Omit<Selectable<Schema['chat_files']>, 'sealed_key'>): ChatFile => ({
  ...present<Pick<ChatFile, 'messageNumber'>>({ messageNumber: toNumber(row.message_number) }),
  id: row.id as ChatFileId,
  companyId: row.company_id as CompanyId,
  conversationId: row.conversation_id as ConversationId,
  uploaderId: row.uploader_id as UserId,
  sizeBytes: Number(row.size_bytes),
  atMs: Number(row.at_ms),
  more: fromJson<ChatFile['more']>(row.more),
})

export const fromFile = (file: ChatFile, sealedKey: string): Insertable<Schema['chat_files']> => ({
  id: file.id,
  company_id: file.companyId,
  conversation_id: file.conversationId,
  message_number: file.messageNumber ?? null,
  uploader_id: file.uploaderId,
  size_bytes: file.sizeBytes,
  at_ms: file.atMs,
  sealed_key: sealedKey,
  more: toJson(file.more),
})

export const toDelivery = (row: Selectable<Schema['chat_deliveries']>): ChatDelivery => ({
  deviceId: row.device_id as DeviceId,
  companyId: row.company_id as CompanyId,
  conversationId: row.conversation_id as ConversationId,
  number: Number(row.number),
  atMs: Number(row.at_ms),
})

export const fromDelivery = (delivery: ChatDelivery): Insertable<Schema['chat_deliveries']> => ({
  device_id: delivery.deviceId,
  conversation_id: delivery.conversationId,
  number: delivery.number,
  company_id: delivery.companyId,
  at_ms: delivery.atMs,
})
