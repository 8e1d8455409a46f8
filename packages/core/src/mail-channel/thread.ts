import type { MailAccountId, MailConversation, ReadMail } from '../ports/mail-channel.ts'

/** What is asked of the store to find the conversation of a mail, in this order. */
export interface ThreadWish {
  /** Tokens of our own Message-IDs among what it refers to, nearest first. */
  readonly tokens: readonly string[]
  /** Message-IDs it refers to, nearest last, as References has them (RFC 5322 §3.6.4). */
  readonly messageIds: readonly string[]
}

const mostReferences = 100
const ownId = /^<([0-9a-z]{20,40})\.([0-9a-z]{16,40})@/

/** The Message-ID of what goes out: the mail's identifier, and the token of its conversation, which nobody else knows. */
export const ownMessageId = (mailId: string, token: string, host: string): string => `<${mailId}.${token}@${host}>`

/** The token in a Message-ID of ours. */
export const tokenOf = (messageId: string): string | undefined => ownId.exec(messageId)?.[2]

/**
 * Where to look for the conversation of a mail. By references alone: a subject never joins two mails, since customers write "Invoice"
 * and "Re: Invoice" all day. Bounces refer to what they return.
 */
export function threadWish(mail: Pick<ReadMail, 'references' | 'inReplyTo' | 'returned'>): ThreadWish {
  // In-Reply-To names the parent when References was cut or is not there.
  const ids = [...mail.references, ...mail.inReplyTo, ...mail.returned].slice(-mostReferences)
  const messageIds = [...new Set(ids)]
  const tokens = messageIds.map(tokenOf).filter((token): token is string => token !== undefined)
  return { tokens: [...new Set(tokens.reverse())], messageIds }
}

/** What the store is asked. */
export interface ThreadReader {
  byToken(accountId: MailAccountId, token: string): Promise<MailConversation | undefined>
  byMessageIds(accountId: MailAccountId, ids: readonly string[]): Promise<MailConversation | undefined>
}

/** The conversation of a mail; undefined: it begins one. */
export async function findThread(
  reader: ThreadReader,
  accountId: MailAccountId,
  mail: Pick<ReadMail, 'references' | 'inReplyTo' | 'returned'>,
): Promise<MailConversation | undefined> {
  const wish = threadWish(mail)
  for (const token of wish.tokens) {
    const found = await reader.byToken(accountId, token)
    if (found) return found
  }
  return wish.messageIds.length === 0 ? undefined : reader.byMessageIds(accountId, wish.messageIds)
}
