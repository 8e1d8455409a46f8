import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const about = {
  conversation: Type.String(),
  account: Type.String({ description: 'The mailbox.' }),
}
const by = Type.Optional(Type.String({ description: 'The user.' }))
const mail = Type.Object({ ...about, mail: Type.String(), by })
const changed = Type.Object({ ...about, by })
const account = Type.Object({ account: about.account, name: Type.String(), by })
const audience = 'supervisor'

/** What becomes of conversations by mail; never what is in them. */
export const mailChannelEvents: readonly EventKind[] = [
  {
    kind: 'mailChannel.received',
    summary: 'A mail came and is kept.',
    audience,
    data: Type.Object({
      ...about,
      mail: Type.String(),
      nature: Type.String(),
      isSpam: Type.Boolean(),
      isRead: Type.Boolean(),
    }),
  },
  { kind: 'mailChannel.repeated', summary: 'A mail came that is kept already.', audience, data: mail },
  { kind: 'mailChannel.answered', summary: 'An answer was written, and goes out.', audience, data: mail },
  { kind: 'mailChannel.autoReplied', summary: 'The autoresponder wrote.', audience, data: mail },
  { kind: 'mailChannel.forwarded', summary: 'A mail was sent on.', audience, data: mail },
  { kind: 'mailChannel.noted', summary: 'A note was written.', audience, data: mail },
  { kind: 'mailChannel.closed', summary: 'A conversation was closed without an answer.', audience, data: changed },
  { kind: 'mailChannel.reopened', summary: 'A conversation was opened again.', audience, data: changed },
  { kind: 'mailChannel.spamMarked', summary: 'A conversation was put into the spam folder.', audience, data: changed },
  {
    kind: 'mailChannel.spamUnmarked',
    summary: 'A conversation was taken out of the spam folder.',
    audience,
    data: changed,
  },
  {
    kind: 'mailChannel.moved',
    summary: 'A conversation waits in another queue.',
    audience,
    data: Type.Object({ ...about, by, queue: Type.String() }),
  },
  {
    kind: 'mailChannel.deliveryDecided',
    summary: 'A person decided about a mail of which nobody knew whether it was delivered.',
    audience,
    data: Type.Object({ ...about, mail: Type.String(), by: Type.String(), decision: Type.String() }),
  },
  {
    kind: 'mailChannel.accountCreated',
    summary: 'A mailbox is read from now on.',
    audience: 'administrator',
    data: account,
  },
  {
    kind: 'mailChannel.accountChanged',
    summary: 'Settings of a mailbox were changed.',
    audience: 'administrator',
    data: Type.Object({
      account: about.account,
      name: Type.String(),
      by: Type.Optional(Type.String()),
      fields: Type.Array(Type.String()),
    }),
  },
  {
    kind: 'mailChannel.accountRemoved',
    summary: 'A mailbox is not read any more; its conversations stay.',
    audience: 'administrator',
    data: account,
  },
  {
    kind: 'mailChannel.accountDeleted',
    summary: 'A mailbox was deleted with its conversations.',
    audience: 'administrator',
    data: account,
  },
  {
    kind: 'mailChannel.secretsKept',
    summary: 'A mailbox of the draft got secrets, which hold with its publication.',
    audience: 'administrator',
    data: account,
  },
]

/** What is told at once to whoever may read the mailbox. */
export const mailChannelNotices: readonly NoticeKind[] = [
  {
    kind: 'mailChannel.changed',
    summary: 'A conversation of a mailbox of yours is not as it was.',
    data: Type.Object({ conversation: Type.String(), account: Type.String() }),
  },
  {
    kind: 'mailChannel.watched',
    summary: 'Who looks at a conversation that you look at, too.',
    data: Type.Object({
      conversation: Type.String(),
      watchers: Type.Array(Type.Object({ userId: Type.String(), name: Type.String(), doing: Type.String() })),
    }),
  },
  {
    kind: 'mailChannel.health',
    summary: 'Reading a mailbox began, failed, or works again; for administrators.',
    data: Type.Object({ account: Type.String(), state: Type.String(), trouble: Type.Optional(Type.String()) }),
  },
]
