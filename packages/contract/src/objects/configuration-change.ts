import Type from 'typebox'
import { Closed, Id, OneOf, Time } from './common.ts'

/** Everything that somebody changed at once. */
export const ConfigurationChangeSet = Closed(
  {
    number: Type.Integer({ description: 'Of its first event in the ledger; names it.' }),
    at: Time('When it was done.'),
    by: Closed({
      kind: OneOf(['user', 'system'], 'A person, or the platform itself (set-up, demo, import).'),
      userId: Type.Optional(Id('Who.')),
      name: Type.String({ description: 'As the person is called now, or what of the platform it was.' }),
    }),
    address: Type.Optional(Type.String({ description: 'Where the request came from.' })),
    undoes: Type.Optional(Type.Integer({ description: 'The change that this took back.' })),
    canUndo: Type.Boolean({ description: 'Whether it is of a kind that can be taken back.' }),
    changes: Type.Array(
      Closed({
        object: Type.String({ description: 'company, domain, user, device, number, trunk, password, operator …' }),
        id: Type.String(),
        name: Type.String({ description: 'What people call it.' }),
        what: OneOf(['made', 'changed', 'removed'], 'What was done to it.'),
        fields: Type.Array(
          Closed({
            name: Type.String({ description: 'Path of the field: `limits.callsAtOnce`.' }),
            before: Type.Optional(Type.Unknown({ description: 'Absent when it was not there.' })),
            after: Type.Optional(Type.Unknown({ description: 'Absent when it is not there any more.' })),
          }),
          { description: 'What differs; secrets are named and never told.' },
        ),
      }),
    ),
  },
  { title: 'ConfigurationChangeSet' },
)
