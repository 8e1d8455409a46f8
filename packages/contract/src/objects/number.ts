import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text } from './common.ts'

const Dialled = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s<>]+$', description })
const members = Type.Array(Id('A user of the company.'), { minItems: 1, maxItems: 200 })
const Overflow = Closed(
  {
    busy: Type.Optional(Dialled('Where to when nobody is free or everybody declines, as one would dial it.')),
    noAnswer: Type.Optional(Dialled('Where to when nobody has answered in time.')),
  },
  { description: "Where calls go that nobody takes; a number outside is called on the company's account." },
)
const Seconds = (description: string, minimum = 5) => Type.Integer({ minimum, maximum: 3600, description })

export const NumberTarget = Type.Union(
  [
    Closed({ kind: Type.Literal('user'), userId: Id('A user of the company.') }),
    Closed({
      kind: Type.Literal('group'),
      name: Text(100, 'What people call the group.'),
      userIds: members,
      mode: Type.Optional(
        OneOf(
          ['all', 'inOrder', 'longestIdle', 'random'],
          'All at once, or one after another: in this order, who has not talked longest first, or by lot.',
        ),
      ),
      memberSeconds: Type.Optional(Seconds('How long each rings, one after another; 20 if absent.')),
      longestWaitSeconds: Type.Optional(Seconds('The longest that a call rings in the group.')),
      ringsBusy: Type.Optional(
        Type.Boolean({ description: 'Members on the phone ring too, if they take second calls.' }),
      ),
      hidesName: Type.Optional(
        Type.Boolean({ description: "Members do not see the group's name before the caller's." }),
      ),
      overflow: Type.Optional(Overflow),
    }),
    Closed({
      kind: Type.Literal('shared'),
      name: Text(100, 'What people call the line.'),
      userIds: members,
      ringSeconds: Type.Optional(Seconds('How long all devices ring; 60 if absent.')),
      takesSecondCall: Type.Optional(
        Type.Boolean({
          description: 'A further call rings while somebody talks on the line; else it is busy for all.',
        }),
      ),
      callsOutAs: Type.Optional(
        OneOf(
          ['member', 'choice', 'line'],
          "Whose number calls out show. member: the caller's own (if absent). choice: the line's where the telephone names it in From or P-Preferred-Identity. line: always the line's. Emergency calls show the caller's own.",
        ),
      ),
      overflow: Type.Optional(Overflow),
    }),
    Closed({
      kind: Type.Literal('short'),
      to: Dialled('What the short dial stands for, as one would dial it.'),
      name: Type.Optional(Text(100, 'Whom it reaches.')),
    }),
    Closed({
      kind: Type.Literal('service'),
      service: OneOf(['echo', 'conference', 'voicemail', 'queue', 'flow', 'feature'], 'A service of the platform.'),
      id: Type.Optional(Text(64, 'Which rule, conference room or queue, where there are several.')),
    }),
  ],
  { title: 'NumberTarget', description: 'What the number reaches.' },
)

export const PhoneNumber = Closed(
  {
    number: NumberText('Extension (`201`) or direct number in E.164 (`+46846500401`).'),
    companyId: Id('Whose it is.'),
    target: NumberTarget,
  },
  { title: 'PhoneNumber' },
)
