import type { MailboxList } from './mailboxes.ts'

/** What the screens of this feature share for as long as somebody is logged in. */
export const voicemailServices: { mailboxes: MailboxList | undefined } = { mailboxes: undefined }
