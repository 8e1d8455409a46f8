import Type from 'typebox'
import { Closed, Time } from './common.ts'

/** What is true now and is not kept, as the event stream tells it to those who asked for notices. */
export const Notice = Closed(
  {
    notice: Type.String({ description: 'Its kind.' }),
    at: Time('When it was told.'),
    data: Type.Record(Type.String(), Type.Unknown(), { description: 'As its kind says.' }),
  },
  { title: 'Notice' },
)
