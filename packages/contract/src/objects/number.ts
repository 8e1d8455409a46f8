import Type from 'typebox'
import { Closed, Id, NumberText, OneOf, Text } from './common.ts'

export const NumberTarget = Type.Union(
  [
    Closed({ kind: Type.Literal('user'), userId: Id('A user of the company.') }),
    Closed({
      kind: Type.Literal('group'),
      name: Text(100, 'What people call the group.'),
      userIds: Type.Array(Id('A user of the company.'), { minItems: 1, maxItems: 200 }),
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
