import Type from 'typebox'
import { Closed } from '../objects/common.ts'
import { operation } from '../operation.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })

const ErasedTraces = Closed(
  {
    calls: count('Calls they took part in, with their story.'),
    recordings: count('Recordings of those calls.'),
    voiceMessages: count('Messages they left.'),
    visits: count('Visits of queues in which they are nobody from then on, and remarks about them.'),
    mails: count('Conversations by mail.'),
    chats: count('Chats of websites.'),
  },
  { title: 'ErasedTraces' },
)

const KeptTraces = Closed(
  {
    calls: count('They go on, or have a recording that is kept.'),
    recordings: count('Somebody holds them, or they run.'),
    visits: count('They wait or are worked on.'),
    mails: count('They are open, or an answer is on its way.'),
    chats: count('They go on.'),
  },
  { title: 'KeptTraces' },
)

export const erasePerson = operation({
  id: 'erasePerson',
  method: 'POST',
  path: '/api/v1/erasures',
  tag: 'erasures',
  summary: 'Erase what is kept of one person who is not of the company, for good, or look what that would be',
  description:
    'Goes through calls, recordings, messages in mailboxes, queues, mails and chats of websites. Contacts stay, and so do people of the company, who are removed as users. With `next` in the reply it was too much for one request: ask again with it.',
  access: 'administrator',
  proof: 'in browsers',
  body: Closed({
    numbers: Type.Array(Type.String({ minLength: 3, maxLength: 40 }), {
      maxItems: 20,
      description: 'Telephone numbers, national or international.',
    }),
    addresses: Type.Array(Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' }), {
      maxItems: 20,
      description: 'Mail addresses.',
    }),
    isTrial: Type.Boolean({ description: 'Only counts.' }),
    after: Type.Optional(Type.String({ maxLength: 100, description: '`next` of the reply before.' })),
  }),
  reply: Closed({
    erased: ErasedTraces,
    kept: KeptTraces,
    next: Type.Optional(Type.String({ description: 'There is more: ask again with it as `after`.' })),
  }),
})
