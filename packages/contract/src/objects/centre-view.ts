import Type from 'typebox'
import { CentreDocument } from './centre.ts'
import { Closed, OneOf, Time } from './common.ts'

export const centreSectionWords = [
  'queues',
  'agents',
  'skills',
  'schedules',
  'reasons',
  'wrapUpCodes',
  'templates',
  'alarms',
  'mailboxes',
  'websites',
] as const

const Section = OneOf([...centreSectionWords, 'screenPop'], 'Where it is.')

/** The most that one reply tells of findings and differences; more are counted. */
export const mostTold = 500

/** Something that is the matter. */
export const CentreFindingView = Closed(
  {
    severity: OneOf(['error', 'warning'], 'A centre with an error is not published.'),
    code: Type.String({ description: 'Stable.' }),
    section: Type.Optional(Section),
    id: Type.Optional(Type.String({ description: 'The thing.' })),
    at: Type.Optional(Type.String({ description: 'Where in the thing, as a JSON pointer: `/reading/moveTo`.' })),
    text: Type.String({ description: 'What it is and what to do, in the language that was asked for.' }),
  },
  { title: 'CentreFinding' },
)

/** What is different in one thing. */
export const CentreDifferenceView = Closed(
  {
    section: Section,
    id: Type.String(),
    change: OneOf(['added', 'removed', 'changed'], 'What became of it.'),
    text: Type.String({ description: 'In the language that was asked for.' }),
    fields: Type.Array(
      Closed({ label: Type.String(), before: Type.Optional(Type.String()), after: Type.Optional(Type.String()) }),
    ),
  },
  { title: 'CentreDifference' },
)

export const CentreFindings = Closed({
  items: Type.Array(CentreFindingView, { maxItems: mostTold, description: 'Errors first.' }),
  errors: Type.Integer({ minimum: 0, description: 'How many in all.' }),
  warnings: Type.Integer({ minimum: 0, description: 'How many in all.' }),
})

export const CentreDifferences = Closed({
  items: Type.Array(CentreDifferenceView, { maxItems: mostTold }),
  total: Type.Integer({ minimum: 0, description: 'How many in all.' }),
})

const version = Type.Integer({ minimum: 0, description: 'What is published; 0: nothing yet.' })

/** A centre as it is published, and as it is being changed. */
export const CentreDraftView = Closed(
  {
    version,
    publishedAt: Type.Optional(Time('When that was published.')),
    publishedBy: Type.Optional(Type.String({ description: 'Who, by name.' })),
    hasDraft: Type.Boolean({ description: 'Something is changed and not published.' }),
    revision: Type.Integer({ minimum: 0, description: 'Grows with each change; sent back with the next one.' }),
    changedAt: Type.Optional(Time('When the draft was changed last.')),
    changedBy: Type.Optional(Type.String({ description: 'Who, by name.' })),
    centre: CentreDocument,
    findings: CentreFindings,
    changes: CentreDifferences,
    conflicts: Type.Array(
      Closed({ section: Section, id: Type.String(), name: Type.String({ description: 'What people call it.' }) }),
      {
        maxItems: mostTold,
        description:
          'What somebody published meanwhile otherwise than it is here. As long as it stays, the draft wins.',
      },
    ),
    numbers: Type.Array(Closed({ number: Type.String(), queueId: Type.String() }), {
      maxItems: 10_000,
      description: 'That lead to queues.',
    }),
  },
  { title: 'CentreDraft' },
)

/** A publication. */
export const CentreVersionView = Closed(
  {
    version: Type.Integer({ minimum: 1 }),
    publishedAt: Time('When.'),
    publishedBy: Type.Optional(Type.String({ description: 'Who, by name.' })),
    note: Type.Optional(Type.String({ description: 'What they wrote to it.' })),
    queues: Type.Integer({ description: 'How many.' }),
    agents: Type.Integer({ description: 'How many.' }),
    channels: Type.Integer({ description: 'How many mailboxes and websites.' }),
    isLive: Type.Boolean(),
  },
  { title: 'CentreVersion' },
)
