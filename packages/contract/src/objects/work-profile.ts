import Type from 'typebox'
import { Closed, Id, OneOf, Text, Time } from './common.ts'
import { CallerList, To } from './handling-rule.ts'

export const WorkProfile = Closed(
  {
    id: Text(32, 'Chosen by whoever makes it.'),
    name: Text(60, 'What you call it.'),
    place: OneOf(['office', 'home', 'mobile', 'other'], 'Where you work then.'),
    deviceIds: Type.Optional(
      Type.Array(Id('A device of yours.'), {
        minItems: 1,
        maxItems: 20,
        description: 'Only these ring; when none of them is registered, all do.',
      }),
    ),
    forward: Type.Optional(
      Closed(
        {
          moment: OneOf(['always', 'noAnswer', 'unreachable'], 'When calls go on.'),
          to: To,
          afterSeconds: Type.Optional(
            Type.Integer({ minimum: 5, maximum: 600, description: 'How long devices ring before, for `noAnswer`.' }),
          ),
        },
        { description: 'Takes the place of your own rule for the same moment.' },
      ),
    ),
  },
  { title: 'WorkProfile', description: 'Where somebody works, and how calls find them there.' },
)

export const ActiveProfile = Closed({
  id: Text(32, 'Which one.'),
  until: Type.Optional(Time('It holds until then; absent: until another one is chosen.')),
})

export const WorkProfiles = Closed(
  {
    list: Type.Array(WorkProfile, { maxItems: 12 }),
    active: Type.Optional(ActiveProfile),
  },
  { title: 'WorkProfiles' },
)

export const AssistantFilter = Closed(
  {
    isOn: Type.Boolean(),
    assistants: Type.Array(Id('A user of the company.'), { maxItems: 10 }),
    mode: OneOf(
      ['first', 'only', 'together'],
      'Assistants ring before the person, instead of the person, or together with the person.',
    ),
    seconds: Type.Integer({ minimum: 5, maximum: 600, description: 'How long the assistants ring.' }),
    allowed: CallerList,
  },
  { title: 'AssistantFilter', description: "Somebody's calls go to their assistants first, or only." },
)

export const ShortDial = Closed(
  {
    code: Type.String({ maxLength: 2, pattern: '^\\d{1,2}$', description: 'What is dialled after `*0`.' }),
    to: To,
    name: Type.Optional(Text(100, 'Whom it reaches.')),
  },
  { title: 'ShortDial' },
)
