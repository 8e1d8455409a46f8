import Type from 'typebox'
import { Closed, Id, Time } from './common.ts'

export const EmergencyCall = Closed(
  {
    callId: Id('The call.'),
    at: Time('When it was made.'),
    dialled: Type.String({ description: 'The emergency number.' }),
    caller: Closed({
      userId: Type.Optional(Id('Who called.')),
      name: Type.Optional(Type.String()),
      number: Type.String({ description: 'Extension or number of whoever called.' }),
    }),
    device: Type.Optional(Type.String({ description: 'Name of the telephone.' })),
    site: Type.Optional(
      Closed(
        { id: Id('The site.'), name: Type.String() },
        { description: 'Where the telephone is, as far as the networks of the sites tell.' },
      ),
    ),
    location: Type.Optional(Type.String({ description: 'Where the directory says that whoever called works.' })),
    address: Type.Optional(Type.String({ description: 'Network address of the telephone.' })),
    isRefused: Type.Optional(Type.Boolean({ description: 'No trunk could take it: nobody was reached.' })),
    seen: Type.Optional(
      Closed(
        { at: Time('When.'), userId: Id('Who.'), name: Type.String() },
        { description: 'Who of the staff has said that they take care of it.' },
      ),
    ),
  },
  { title: 'EmergencyCall' },
)
