import Type from 'typebox'
import { Closed, Id, Time } from './common.ts'

/** One entry of the ledger, as the event stream and the timeline of a call show it. */
export const Event = Closed(
  {
    number: Type.Integer({ description: 'Counts up without gaps in the order of commit, over all companies.' }),
    kind: Type.String({ description: 'What happened; see the list of event kinds.' }),
    at: Time('When it happened.'),
    companyId: Id('Whose it is.'),
    callId: Type.Optional(Id('The call that it is about.')),
    data: Type.Record(Type.String(), Type.Unknown(), { description: 'By kind.' }),
  },
  { title: 'Event' },
)
