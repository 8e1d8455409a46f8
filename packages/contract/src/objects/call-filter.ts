import Type from 'typebox'
import { Id, OneOf, Time } from './common.ts'

/** What history can be narrowed to. */
export const callFilter = {
  from: Type.Optional(Time('Only calls that began then or later.')),
  to: Type.Optional(Time('Only calls that began earlier.')),
  userId: Type.Optional(Id('Only calls of this user.')),
  number: Type.Optional(
    Type.String({ minLength: 1, maxLength: 32, description: 'Caller, called or dialled number, exactly.' }),
  ),
  text: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'Part of a number or name of either side.' }),
  ),
  direction: Type.Optional(OneOf(['internal', 'inbound', 'outbound'], 'Seen from the company.')),
  outcome: Type.Optional(
    OneOf(['answered', 'unanswered', 'missed'], '`missed`: nobody answered, and you did not make the call.'),
  ),
}
