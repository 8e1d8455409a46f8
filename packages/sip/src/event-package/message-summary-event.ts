import type { EventPackage } from './event-package.ts'

/** Voice messages of a mailbox. */
export interface MailboxSummary {
  /** The mailbox's address of record. */
  readonly account: string
  readonly newMessages: number
  readonly oldMessages: number
}

const encoder = new TextEncoder()

/** The message-summary event package (RFC 3842): whether messages wait. */
export function makeMessageSummaryPackage(source: (resource: string) => MailboxSummary | undefined): EventPackage {
  return {
    name: 'message-summary',
    contentTypes: ['application/simple-message-summary'],
    defaultExpiresSeconds: 3600,
    minExpiresSeconds: 60,
    maxExpiresSeconds: 7200,
    body(resource, { contentType }) {
      const summary = source(resource)
      return summary && { contentType, bytes: encoder.encode(writeMessageSummary(summary)) }
    },
  }
}

/** RFC 3842 §5.2. */
export function writeMessageSummary({ account, newMessages, oldMessages }: MailboxSummary): string {
  const waiting = newMessages > 0 ? 'yes' : 'no'
  return `Messages-Waiting: ${waiting}\r\nMessage-Account: ${account}\r\nVoice-Message: ${newMessages}/${oldMessages}\r\n`
}
