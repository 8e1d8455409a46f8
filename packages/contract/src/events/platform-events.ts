import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const binding = {
  addressOfRecord: Type.String(),
  contact: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  deviceId: Type.Optional(Type.String()),
}

/** What happens to registrations, configuration and logins. */
export const platformEvents: readonly EventKind[] = [
  {
    kind: 'registrar.bound',
    summary: 'A device registered a contact that was not there before.',
    audience: 'supervisor',
    data: Type.Object(binding),
  },
  {
    kind: 'registrar.unbound',
    summary: 'A contact is gone: unregistered, expired, replaced or removed.',
    audience: 'supervisor',
    data: Type.Object({ ...binding, reason: Type.Optional(Type.String()) }),
  },
  {
    kind: 'configuration.changed',
    summary: 'Somebody changed the configuration: who, what, before and after. Secrets are named, never told.',
    audience: 'administrator',
    data: Type.Object({
      by: Type.String({ description: '`user:<id>`, `setup`, `demo` …' }),
      address: Type.Optional(Type.String()),
      set: Type.Optional(Type.String({ description: 'The same for everything that was changed at once.' })),
      undoes: Type.Optional(Type.Number({ description: 'Number of the first event of what this took back.' })),
      object: Type.String({ description: 'company, domain, user, device, number, trunk, password or operator' }),
      id: Type.String(),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  },
  {
    kind: 'callHandling.changed',
    summary: 'Somebody changed where the calls of a user go.',
    audience: 'participants',
    data: Type.Object({
      userId: Type.String({ description: 'Whose calls.' }),
      by: Type.String({ description: '`user:<id>`' }),
      address: Type.Optional(Type.String()),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  },
  {
    kind: 'calls.erased',
    summary: 'Calls went from the history, for good, because the company keeps them for some days only.',
    audience: 'administrator',
    data: Type.Object({
      calls: Type.Number({ description: 'How many.' }),
      beforeMs: Type.Number({ description: 'They began and ended before.' }),
      days: Type.Number({ description: 'How long calls are kept.' }),
    }),
  },
  {
    kind: 'person.erased',
    summary: 'What was kept of one person who is not of the company was erased, for good, on demand.',
    audience: 'administrator',
    data: Type.Object({
      by: Type.String({ description: 'Who did it.' }),
      calls: Type.Number({ description: 'How many calls; the others alike.' }),
      recordings: Type.Number(),
      voiceMessages: Type.Number(),
      visits: Type.Number({ description: 'Visits of queues, and remarks.' }),
      mails: Type.Number({ description: 'Conversations.' }),
      chats: Type.Number({ description: 'Of websites.' }),
    }),
  },
  {
    kind: 'customers.erased',
    summary: 'It was forgotten who the customers of queues were, because the company keeps that for some days only.',
    audience: 'administrator',
    data: Type.Object({
      customers: Type.Number({ description: 'How many visits and remarks.' }),
      beforeMs: Type.Number({ description: 'They were over before.' }),
      days: Type.Number({ description: 'How long it is kept.' }),
    }),
  },
  {
    kind: 'mails.erased',
    summary: 'Conversations by mail were erased, for good, because the company keeps them for some days only.',
    audience: 'administrator',
    data: Type.Object({
      mails: Type.Number({ description: 'How many conversations.' }),
      beforeMs: Type.Number({ description: 'Their last mails were older.' }),
      days: Type.Number({ description: 'How long they are kept.' }),
    }),
  },
  {
    kind: 'call.shared',
    summary: 'Somebody made a link that shows the story of a call without login.',
    audience: 'supervisor',
    data: Type.Object({
      share: Type.String(),
      userId: Type.String(),
      expiresAtMs: Type.Number(),
      hidesNumbers: Type.Boolean(),
    }),
  },
  {
    kind: 'call.shareEnded',
    summary: 'Somebody took a link to a call back.',
    audience: 'supervisor',
    data: Type.Object({ share: Type.String(), userId: Type.String() }),
  },
  {
    kind: 'call.shareOpened',
    summary: 'Somebody opened a link to a call.',
    audience: 'supervisor',
    data: Type.Object({ share: Type.String(), address: Type.String() }),
  },
  {
    kind: 'session.created',
    summary: 'Somebody logged in.',
    audience: 'administrator',
    data: Type.Object({
      sessionId: Type.String(),
      userId: Type.String(),
      address: Type.Optional(Type.String()),
      agent: Type.Optional(Type.String()),
      means: Type.Optional(
        Type.Array(Type.String(), { description: 'password, code, recovery-code, passkey, sso or set-up' }),
      ),
    }),
  },
  {
    kind: 'session.ended',
    summary: 'A login ended.',
    audience: 'administrator',
    data: Type.Object({ sessionId: Type.String(), userId: Type.String(), reason: Type.String() }),
  },
  {
    kind: 'security.lockedOut',
    summary:
      'Somebody guessed SIP passwords: an address, or an account from wherever its password is not known, gets no answers for a while.',
    audience: 'administrator',
    data: Type.Object({
      reason: Type.String({ description: '`address` or `account`' }),
      address: Type.String({ description: 'IPv4 address or IPv6 /64 of the last wrong answer' }),
      domain: Type.String(),
      username: Type.String({ description: 'As the last wrong answer had it; it need not exist' }),
      count: Type.Number({ description: 'Wrong answers since the lock-out before' }),
      untilMs: Type.Number(),
    }),
  },
]
