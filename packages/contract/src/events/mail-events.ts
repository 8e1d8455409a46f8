import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const data = Type.Object({
  mail: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  tries: Type.Number(),
  fault: Type.Optional(Type.String({ description: 'What the last try came to.' })),
})

/** What becomes of mails that go out. */
export const mailEvents: readonly EventKind[] = [
  { kind: 'mail.delivered', summary: 'The mail server took a mail.', audience: 'administrator', data },
  {
    kind: 'mail.held',
    summary: 'Nobody knows whether a mail was delivered; it waits for a person.',
    audience: 'administrator',
    data,
  },
  { kind: 'mail.failed', summary: 'A mail was refused, or tried for four days.', audience: 'administrator', data },
]
