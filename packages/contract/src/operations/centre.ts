import type { RefusalKind } from '@vaxel/base'
import Type, { type TSchema } from 'typebox'
import {
  CentreChangedSince,
  CentreNothingToPublish,
  CentreNotSound,
  CentreQueueNotPublished,
  CentreTooMany,
} from '../centre-errors.ts'
import { Conflict, NumberForEmergencies, StillInUse } from '../errors.ts'
import {
  AgentChange,
  CentreAgent,
  CentreAlarm,
  CentreDocument,
  CentreMailbox,
  CentreQueue,
  CentreReason,
  CentreSchedule,
  CentreScreenPop,
  CentreSkill,
  CentreTemplate,
  CentreWebsite,
  CentreWrapUpCode,
  SentCentre,
} from '../objects/centre.ts'
import {
  CentreDifferences,
  CentreDraftView,
  CentreFindings,
  centreSectionWords,
  CentreVersionView,
} from '../objects/centre-view.ts'
import { Closed, Id, NumberText, OneOf, Text, Time } from '../objects/common.ts'
import { MailSecretName, MailSecrets } from '../objects/mail-channel.ts'
import { operation } from '../operation.ts'

const tag = 'contact centre'
const path = '/api/v1/centre'
const access = 'administrator' as const
const bodyLimitBytes = 16 * 1024 * 1024

const thingId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z_.:-]+$', description: 'The thing.' })
const language = {
  language: Type.Optional(OneOf(['en', 'sv', 'fr'], 'Of sentences; by default that of whoever asks.')),
}
const revision = Type.Integer({
  minimum: 0,
  description: 'As you read it: a later change of somebody else is not overwritten.',
})
const note = Type.Optional(Text(500, 'What was changed and why, for those who read the versions later.'))
const version = Type.String({ pattern: '^[1-9][0-9]{0,8}$', maxLength: 9, description: 'Number of the version.' })

export const readCentre = operation({
  id: 'readCentre',
  method: 'GET',
  path,
  tag,
  summary: 'The contact centre as it is published',
  access: 'supervisor',
  reply: Closed(
    {
      version: Type.Integer({ minimum: 0, description: '0: nothing is published yet.' }),
      publishedAt: Type.Optional(Time('When.')),
      centre: CentreDocument,
    },
    { title: 'PublishedCentre' },
  ),
})

export const readCentreDraft = operation({
  id: 'readCentreDraft',
  method: 'GET',
  path: `${path}/draft`,
  tag,
  summary: 'The contact centre as it is being changed, what is different and what is the matter',
  description: 'As it is published while nobody changes anything.',
  access: 'supervisor',
  query: language,
  reply: CentreDraftView,
})

export const putCentreDraft = operation({
  id: 'putCentreDraft',
  method: 'PUT',
  path: `${path}/draft`,
  tag,
  summary: 'Keep a whole draft, sound or not; nobody who waits or works notices',
  access,
  query: language,
  body: Closed({ revision, centre: SentCentre }),
  bodyLimitBytes,
  reply: CentreDraftView,
  errors: [CentreChangedSince],
})

export const dropCentreDraft = operation({
  id: 'dropCentreDraft',
  method: 'DELETE',
  path: `${path}/draft`,
  tag,
  summary: 'Throw the draft away: it is as published again',
  access,
  query: { ...language, revision },
  status: 200,
  reply: CentreDraftView,
  errors: [CentreChangedSince],
})

/** Keeps one thing of the draft. */
const putThing = <B extends TSchema>(name: string, section: string, word: string, schema: B, errors: RefusalKind[]) =>
  operation({
    id: `putCentre${name}`,
    method: 'PUT',
    path: `${path}/draft/${section}/{id}`,
    tag,
    summary: `Keep ${word} in the draft`,
    access,
    params: { id: thingId },
    query: language,
    body: Closed({ revision, value: schema }),
    reply: CentreDraftView,
    errors: [CentreChangedSince, ...errors],
  })

export const putCentreQueue = putThing('Queue', 'queues', 'a queue', CentreQueue, [CentreTooMany])
export const putCentreAgent = putThing('Agent', 'agents', 'an agent', CentreAgent, [CentreTooMany])
export const putCentreSkill = putThing('Skill', 'skills', 'a skill', CentreSkill, [CentreTooMany])
export const putCentreSchedule = putThing('Schedule', 'schedules', 'hours', CentreSchedule, [CentreTooMany])
export const putCentreReason = putThing('Reason', 'reasons', 'a reason for not being ready', CentreReason, [
  CentreTooMany,
])
export const putCentreWrapUpCode = putThing('WrapUpCode', 'wrapUpCodes', 'a wrap-up code', CentreWrapUpCode, [
  CentreTooMany,
])
export const putCentreTemplate = putThing('Template', 'templates', 'a text', CentreTemplate, [CentreTooMany])
export const putCentreAlarm = putThing('Alarm', 'alarms', 'an alarm', CentreAlarm, [CentreTooMany])

export const putCentreMailbox = putThing('Mailbox', 'mailboxes', 'a mailbox', CentreMailbox, [CentreTooMany])
export const putCentreWebsite = putThing('Website', 'websites', 'a website with a chat', CentreWebsite, [CentreTooMany])

export const putMailboxSecrets = operation({
  id: 'putMailboxSecrets',
  method: 'PUT',
  path: `${path}/draft/mailboxes/{id}/secrets`,
  tag,
  summary: 'Give a mailbox of the draft its password or tokens; they are sealed and never read again',
  description:
    'They are for the servers and logins that the mailbox has in the draft, and hold from its publication on; at once where it is published with the same. What is not named stays.',
  access,
  params: { id: thingId },
  body: Closed({ secrets: MailSecrets }),
  reply: Closed(
    {
      secretsSet: Type.Array(MailSecretName, { description: 'Which it has now.' }),
      holds: OneOf(['now', 'whenPublished'], 'From when.'),
    },
    { title: 'MailboxSecretsKept' },
  ),
})

export const putCentreScreenPop = operation({
  id: 'putCentreScreenPop',
  method: 'PUT',
  path: `${path}/draft/screenPop`,
  tag,
  summary: 'Say in the draft what is opened with a call, or nothing (`null`)',
  access,
  query: language,
  body: Closed({ revision, value: Type.Union([CentreScreenPop, Type.Null()]) }),
  reply: CentreDraftView,
  errors: [CentreChangedSince],
})

export const removeCentreThing = operation({
  id: 'removeCentreThing',
  method: 'DELETE',
  path: `${path}/draft/{section}/{id}`,
  tag,
  summary: 'Take something out of the draft, that nothing else needs',
  description: 'Agents lose a skill, a queue or hours with it, a queue a code; alarms of a queue go with it.',
  access,
  params: { section: OneOf([...centreSectionWords], 'Where it is.'), id: thingId },
  query: { ...language, revision },
  status: 200,
  reply: CentreDraftView,
  errors: [CentreChangedSince, StillInUse],
})

export const changeCentreAgents = operation({
  id: 'changeCentreAgents',
  method: 'POST',
  path: `${path}/draft/agent-changes`,
  tag,
  summary: 'Change many agents of the draft at once; who is none becomes one',
  access,
  query: language,
  body: Closed({
    revision,
    userIds: Type.Array(Id('A user of the company.'), { minItems: 1, maxItems: 10_000 }),
    change: Type.Optional(AgentChange),
    remove: Type.Optional(Type.Boolean({ description: 'They are agents no longer.' })),
  }),
  bodyLimitBytes,
  reply: CentreDraftView,
  errors: [CentreChangedSince, CentreTooMany],
})

export const checkCentre = operation({
  id: 'checkCentre',
  method: 'POST',
  path: `${path}/checks`,
  tag,
  summary: 'What is the matter with a contact centre',
  description: 'With the one that is sent, else with the draft.',
  access: 'supervisor',
  query: language,
  body: Closed({ centre: Type.Optional(SentCentre) }),
  bodyLimitBytes,
  reply: CentreFindings,
})

const side = (description: string) =>
  Type.Optional(Type.String({ pattern: '^(draft|published|[1-9][0-9]{0,8})$', maxLength: 9, description }))

export const compareCentres = operation({
  id: 'compareCentres',
  method: 'GET',
  path: `${path}/differences`,
  tag,
  summary: 'What is different between two versions, or the draft',
  access: 'supervisor',
  query: {
    ...language,
    from: side('`published` if absent, `draft`, or the number of a version.'),
    to: side('`draft` if absent, `published`, or the number of a version.'),
  },
  reply: CentreDifferences,
})

export const publishCentre = operation({
  id: 'publishCentre',
  method: 'POST',
  path: `${path}/publications`,
  tag,
  summary: 'Publish the draft: it holds at once, and nobody who waits or talks is dropped',
  access,
  query: language,
  body: Closed({ revision, note }),
  reply: CentreDraftView,
  errors: [CentreChangedSince, CentreNotSound, CentreNothingToPublish],
})

export const listCentreVersions = operation({
  id: 'listCentreVersions',
  method: 'GET',
  path: `${path}/versions`,
  tag,
  summary: 'What was published, latest first',
  access: 'supervisor',
  query: {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '20 by default.' })),
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only older ones than this version.' })),
  },
  reply: Closed({
    items: Type.Array(CentreVersionView, { maxItems: 100 }),
    next: Type.Optional(Type.Integer({ description: 'Send as `before` for the next page.' })),
  }),
})

export const readCentreVersion = operation({
  id: 'readCentreVersion',
  method: 'GET',
  path: `${path}/versions/{version}`,
  tag,
  summary: 'A version as it was published',
  access: 'supervisor',
  params: { version },
  reply: Closed({ version: CentreVersionView, centre: CentreDocument }),
})

export const restoreCentreVersion = operation({
  id: 'restoreCentreVersion',
  method: 'POST',
  path: `${path}/versions/{version}/restorations`,
  tag,
  summary: 'Publish an earlier version anew: what was done since is undone',
  description: 'An open draft stays, with what this changes put into it.',
  access,
  params: { version },
  query: language,
  body: Closed({ note }),
  reply: CentreDraftView,
  errors: [CentreNotSound, CentreNothingToPublish],
})

export const makeCentreQueue = operation({
  id: 'makeCentreQueue',
  method: 'POST',
  path: `${path}/queues`,
  tag,
  summary: 'Make a queue that works: a name, a number, and people; published at once',
  description:
    'As delivered in everything else: calls and call-backs, longest idle first, 80 % within 20 s, a wrap-up of 30 s. The first queue of a company also makes usual reasons and wrap-up codes.',
  access,
  query: language,
  body: Closed({
    name: Text(80, 'What people call it.'),
    number: Type.Optional(NumberText('Leads to it; made if it is not there.')),
    userIds: Type.Array(Id('A user of the company.'), { maxItems: 200, description: 'Its agents.' }),
    hours: OneOf(['always', 'weekdays'], '`weekdays`: Monday to Friday, 8 to 17, but for public holidays.'),
  }),
  status: 201,
  reply: Closed({ queueId: Id('The new queue.'), view: CentreDraftView }),
  errors: [CentreNotSound, CentreTooMany, Conflict, NumberForEmergencies],
})

export const giveQueueNumber = operation({
  id: 'giveQueueNumber',
  method: 'PUT',
  path: `${path}/queues/{queueId}/numbers/{number}`,
  tag,
  summary: 'Let a number lead to a published queue; it is made if it is not there',
  access,
  params: { queueId: Id('The queue.'), number: NumberText('The number.') },
  query: language,
  reply: CentreDraftView,
  errors: [CentreQueueNotPublished, Conflict, NumberForEmergencies],
})
