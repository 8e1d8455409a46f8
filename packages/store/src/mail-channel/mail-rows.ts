import type { CompanyId } from '@vaxel/base'
import type {
  AnswerDelivery,
  ChannelMail,
  ChannelMailId,
  MailAccount,
  MailAccountId,
  MailConversation,
  MailConversationId,
  MailConversationState,
} from '@vaxel/core'
import type { Insertable, Selectable } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

export function toAccount(row: Selectable<Schema['mail_accounts']>): MailAccount {
  return {
    id: row.id as MailAccountId,
    companyId: row.company_id as CompanyId,
    ...fromJson<Omit<MailAccount, 'id' | 'companyId'>>(row.more),
  }
}

export function conversationRow(conversation: MailConversation): Insertable<Schema['mail_conversations']> {
  const { id, companyId, accountId, state, token, lastAtMs, ...more } = conversation
  return {
    id,
    company_id: companyId,
    account_id: accountId,
    state,
    customer: conversation.customer.address.toLowerCase(),
    token,
    last_at_ms: lastAtMs,
    more: toJson(more),
  }
}

export function toConversation(row: Selectable<Schema['mail_conversations']>): MailConversation {
  return {
    id: row.id as MailConversationId,
    companyId: row.company_id as CompanyId,
    accountId: row.account_id as MailAccountId,
    state: row.state as MailConversationState,
    token: row.token,
    lastAtMs: Number(row.last_at_ms),
    ...fromJson<Omit<MailConversation, 'id' | 'companyId' | 'accountId' | 'state' | 'token' | 'lastAtMs'>>(row.more),
  }
}

export function mailRow(mail: ChannelMail, autoTo?: string): Insertable<Schema['channel_mails']> {
  const { id, companyId, accountId, conversationId, kind, atMs, messageId, delivery, ...more } = mail
  return {
    id,
    company_id: companyId,
    account_id: accountId,
    conversation_id: conversationId,
    kind,
    at_ms: atMs,
    message_id: messageId ?? null,
    delivery: delivery ?? null,
    auto_to: autoTo ?? null,
    more: toJson(more),
  }
}

export function toChannelMail(row: Selectable<Schema['channel_mails']>): ChannelMail {
  return {
    id: row.id as ChannelMailId,
    companyId: row.company_id as CompanyId,
    accountId: row.account_id as MailAccountId,
    conversationId: row.conversation_id as MailConversationId,
    kind: row.kind as ChannelMail['kind'],
    atMs: Number(row.at_ms),
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.delivery === null ? {} : { delivery: row.delivery as AnswerDelivery }),
    ...fromJson<Omit<ChannelMail, 'id' | 'companyId' | 'accountId' | 'conversationId' | 'kind' | 'atMs'>>(row.more),
  }
}

/** Every file of a mail. */
export const filesOf = ({ source, body, parts }: ChannelMail): readonly string[] =>
  [...(source ? [source] : []), body, ...parts].map(({ file }) => file)
