import Type from 'typebox'
import type { EventKind } from './event-kind.ts'
import type { NoticeKind } from './notice-kind.ts'

const about = { message: Type.String(), box: Type.String({ description: 'The mailbox.' }) }
const by = Type.String({ description: 'The user, or the telephone from which somebody came in by PIN.' })
const changed = Type.Object({ ...about, by })
const kept = Type.Object({
  ...about,
  name: Type.String({ description: 'Whose mailbox.' }),
  number: Type.String(),
  durationMs: Type.Number(),
  userId: Type.Optional(Type.String()),
  forwarded: Type.Optional(Type.String({ description: 'The message of which it is a copy.' })),
})
const audience = 'administrator'

/** What becomes of messages; never what is in them. */
export const voicemailEvents: readonly EventKind[] = [
  { kind: 'voicemail.received', summary: 'A caller left a message.', audience: 'participants', data: kept },
  { kind: 'voicemail.forwarded', summary: 'A message was put into another mailbox too.', audience, data: kept },
  { kind: 'voicemail.saved', summary: 'A message was heard.', audience, data: changed },
  { kind: 'voicemail.renewed', summary: 'A message was marked as new again.', audience, data: changed },
  { kind: 'voicemail.deleted', summary: 'A message was deleted; it can be taken back.', audience, data: changed },
  { kind: 'voicemail.restored', summary: 'A deleted message was taken back.', audience, data: changed },
  {
    kind: 'voicemail.erased',
    summary: 'A message is gone for good, with its sound.',
    audience,
    data: Type.Object({ ...about, why: Type.String({ description: '`deleted` or `too-old`.' }) }),
  },
  {
    kind: 'voicemail.pinChanged',
    summary: 'The PIN of a mailbox was set or taken away.',
    audience,
    data: Type.Object({ box: about.box, by, isSet: Type.Boolean() }),
  },
  {
    kind: 'voicemail.greetingChanged',
    summary: 'A greeting was recorded, uploaded or taken away.',
    audience,
    data: Type.Object({ box: about.box, by, greeting: Type.String(), isSet: Type.Boolean() }),
  },
  {
    kind: 'voicemail.settingsChanged',
    summary: 'The settings of a mailbox were changed.',
    audience,
    data: Type.Object({ box: about.box, by, fields: Type.Array(Type.String()) }),
  },
  {
    kind: 'voicemail.mailboxCreated',
    summary: 'A shared mailbox was made.',
    audience,
    data: Type.Object({ box: about.box, by, name: Type.String() }),
  },
  {
    kind: 'voicemail.mailboxRemoved',
    summary: 'A shared mailbox was removed with its messages.',
    audience,
    data: Type.Object({ box: about.box, by, name: Type.String() }),
  },
]

/** What is told at once to the people of a mailbox. */
export const voicemailNotices: readonly NoticeKind[] = [
  {
    kind: 'voicemail.changed',
    summary: 'Something in a mailbox of yours is not as it was.',
    data: Type.Object({ boxId: Type.String(), newMessages: Type.Number(), savedMessages: Type.Number() }),
  },
]
